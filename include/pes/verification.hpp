#pragma once

#include "pes/certificate.hpp"
#include "pes/export.hpp"
#include "pes/pes_aller.hpp"
#include "pes/signature.hpp"
#include "pes/time.hpp"
#include "pes/trust.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pes {

/// Main status of a validation (ETSI EN 319 102-1 §5.1.3).
enum class Indication { total_passed, indeterminate, total_failed };

/// Why it is not total_passed (ETSI EN 319 102-1 §5.1.3, table 6).
enum class SubIndication {
  none,
  format_failure,
  hash_failure,
  sig_crypto_failure,
  revoked,
  expired,
  not_yet_valid,
  sig_constraints_failure,
  chain_constraints_failure,
  certificate_chain_general_failure,
  crypto_constraints_failure,
  policy_processing_error,
  signature_policy_not_available,
  no_signing_certificate_found,
  no_certificate_chain_found,
  out_of_bounds_no_poe,
  try_later,
  signed_data_not_found,
};

/// As ETSI writes them: `TOTAL-PASSED`, `HASH_FAILURE`; empty for none.
PES_EXPORT std::string_view id(Indication indication);
PES_EXPORT std::string_view id(SubIndication reason);

/// What the standard concludes. A sub-indication belongs to one indication (ETSI EN 319 102-1
/// §5.1.3, tables 5 and 6), so the pair is made from it.
class PES_EXPORT Verdict {
 public:
  /// TOTAL-PASSED.
  Verdict() = default;
  /// TOTAL-FAILED for what a signature can never be cleared of, else INDETERMINATE. None is
  /// TOTAL-FAILED: a rule of the PES that the standard has no word for was broken.
  explicit Verdict(SubIndication reason);

  [[nodiscard]] Indication indication() const noexcept { return indication_; }
  [[nodiscard]] SubIndication reason() const noexcept { return reason_; }
  bool operator==(const Verdict&) const = default;

 private:
  Indication indication_ = Indication::total_passed;
  SubIndication reason_ = SubIndication::none;
};

/// Whose rules decide (signature §8, §9).
enum class Profile {
  helios,  // every check of class V is mandatory, coverage too
  s2low,   // what the TdT would say
  etsi,    // EN 319 102-1 basic validation, which knows nothing of PES
};

/// When certificates and revocations are judged.
struct JudgingTime {
  enum class Source { signing_time, now, instant };
  Source source = Source::signing_time;
  Instant instant{};  // of Source::instant
};

/// The row of signature §8 that a check comes from, and how it went.
struct Check {
  enum class Result { passed, failed, indeterminate, warning, not_run };
  int number = 0;    // 1 to 25
  std::string code;  // stable: "references.digest", "certificate.dates"…
  Result result = Result::passed;
  SubIndication reason = SubIndication::none;  // when it failed, could not conclude or was not run
  std::string message;                         // for a person; empty when passed and nothing to say
};

/// A check failed: whatever the standard calls it, the profile refuses.
[[nodiscard]] PES_EXPORT bool is_refused(const std::vector<Check>& checks);

struct SignatureReport {
  std::string signature_id;
  SignatureMode mode = SignatureMode::bordereau;
  std::string signed_element;          // local name; empty when it covers nothing
  std::string signed_id;               // Id of the signed element
  std::uint64_t line = 0, column = 0;  // of the ds:Signature
  std::optional<Certificate> signer;
  /// From the signer's authority to the one that is trusted; empty when there is no path.
  std::vector<Certificate> authorities;
  /// Of the signer and of each authority but the last, in that order.
  std::vector<Revocation> revocations;
  std::string signing_time;  // as it stands
  std::optional<Instant> signed_at;
  /// When its certificate was judged, and whose word that time is.
  std::optional<Instant> judged_at;
  JudgingTime::Source judged_by = JudgingTime::Source::signing_time;
  std::string role;  // as claimed; several are separated by a comma
  std::string city, postal_code, country;
  std::string policy;                                 // OID
  std::string signature_algorithm, digest_algorithm;  // URIs
  std::string xades;                                  // "1.1.1", "1.2.2", "1.3.2"
  std::vector<Check> checks;
  Verdict verdict;
  /// Nothing that the profile demands is missing: the verdict is total_passed, or only lacks the
  /// authorities to trust that nobody named.
  bool valid = false;
};

/// What the signatures cover of a flow (check 24).
struct Coverage {
  bool root = false;           // a signature covers the whole
  std::size_t bordereaux = 0;  // how many there are
  std::size_t covered = 0;     // of which by the root's signature or their own
};

struct VerifyReport {
  std::vector<SignatureReport> signatures;
  std::vector<Check> checks;  // of the file: 1 to 4, 24, 25
  Coverage coverage;
  Verdict verdict;
  /// Every signature is valid and what the profile demands of the file holds.
  bool valid = false;
  PesAller flow;
};

struct VerifyOptions {
  ReadLimits limits;
  /// « Now », for a SigningTime in the future.
  Instant now;
  Profile profile = Profile::helios;
  /// Raises the warnings that signature §8 marks for strict mode, and demands a trusted chain.
  bool strict = false;
  JudgingTime at;
  /// Whom to trust, while the call lasts; null: nobody was named, and no signature is
  /// total_passed.
  const TrustStore* trust = nullptr;
  /// Folder of the official schemas, as for `schema_faults`; empty: check 2 looks at the root only.
  std::filesystem::path schemas;
};

/// All checks of signature §8. A file without any signature is a report that is not valid.
/// Throws as read_pes_aller does for what cannot be read at all: that is a failure of checks 1
/// or 2; throws config_invalid for schemas that cannot be loaded. May be called from several
/// threads at once.
PES_EXPORT VerifyReport verify_pes_aller(const NamedFile& file, const VerifyOptions& options);

}  // namespace pes
