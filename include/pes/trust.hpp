#pragma once

#include "pes/certificate.hpp"
#include "pes/export.hpp"
#include "pes/time.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pes {

/// One request to whoever publishes revocations: OCSP (RFC 6960) when there is a body, the
/// download of a CRL (RFC 5280) otherwise.
struct RevocationRequest {
  std::string url;
  std::string body;
};
/// What came of it.
struct RevocationAnswer {
  std::optional<std::string> content;
  std::string failure;  // why none came, for a person
};
/// Called from several threads at once.
using FetchRevocation = std::function<RevocationAnswer(const RevocationRequest&)>;

/// Who was asked about a certificate, and what came of it.
struct RevocationInquiry {
  std::string source;   // "OCSP", "CRL"; empty when the certificate names nobody to ask
  std::string url;      // empty as well
  std::string trouble;  // why the answer tells nothing, for a person; empty when it told
};

/// What is known of the revocation of one certificate at a time.
struct Revocation {
  enum class Status {
    good,
    revoked,
    revoked_later,  // after the time it is judged at
    unknown,
  };
  Status status = Status::unknown;
  std::optional<Instant> since;
  std::string source;                        // "CRL", "OCSP"; empty when unknown
  std::vector<RevocationInquiry> inquiries;  // over the network, in their order
};

/// Where the certificates of authorities that are trusted stand. Paths are files (PEM bundles,
/// DER) or folders of such files, OpenSSL's hashed ones included.
struct TrustSources {
  std::vector<std::filesystem::path> authorities;
  std::vector<std::filesystem::path> crls;
  /// Folder of the imported trusted lists; may be empty or missing.
  std::filesystem::path lists;
  /// Asked for revocations that are not at hand; empty: nothing leaves the machine.
  FetchRevocation fetch;
  /// Folder where downloaded CRLs are kept, for `crls` of later stores; empty: nowhere.
  std::filesystem::path crl_cache;
};

/// Authorities that are trusted, lists of revoked certificates, and what trusted lists say of
/// authorities. It never changes, so several threads may use it at once.
class PES_EXPORT TrustStore {
 public:
  /// Takes certificates of authorities only: another one that stands in a folder would make its
  /// own holder trusted. Throws file_unknown, io_failed, config_invalid for a file that is
  /// neither certificates nor CRL.
  explicit TrustStore(const TrustSources& sources);
  TrustStore(TrustStore&&) noexcept;
  TrustStore& operator=(TrustStore&&) noexcept;
  TrustStore(const TrustStore&) = delete;
  TrustStore& operator=(const TrustStore&) = delete;
  ~TrustStore();

  /// How many authorities it has.
  [[nodiscard]] std::size_t size() const noexcept;

  struct Impl;
  [[nodiscard]] const Impl& impl() const noexcept { return *impl_; }

 private:
  std::unique_ptr<const Impl> impl_;
};

/// A trusted list of the European Union (ETSI TS 119 612), as it was imported.
struct TrustedList {
  std::filesystem::path file;
  std::string territory;  // "FR"
  std::string scheme_operator;
  std::string sequence_number;
  std::optional<Instant> issued, next_update;
  /// Services that issue qualified certificates for signatures, now or in the past.
  std::size_t services = 0;
  std::size_t granted = 0;  // of which now
};

/// What is known of a list's own signature.
struct ListSignature {
  enum class State {
    absent,       // the list is not signed
    uncheckable,  // by an algorithm or in a form that is not read here
    sound,        // it matches the list and the certificate that it carries
  };
  State state = State::absent;
  std::optional<Certificate> signer;
};

struct ListImport {
  TrustedList list;
  ListSignature signature;
};

struct ListImportRequest {
  std::filesystem::path file;
  std::string name;              // of the file, in messages
  std::filesystem::path folder;  // where it is kept
  /// DER or PEM certificate of the scheme operator; empty: any.
  std::filesystem::path signer;
  Instant now;
};

/// Keeps a trusted list in a folder, in the place of an earlier one of the same territory. Its
/// signature is checked against the certificate that it carries, which proves that it is whole;
/// that this certificate is the operator's is only known when `signer` names it.
/// Throws input_invalid for what is no trusted list, one whose signature does not match it, one
/// older than the one there, or, with `signer`, one that is not soundly signed by it.
PES_EXPORT ListImport import_trusted_list(const ListImportRequest& request);

/// The lists of a folder, by territory; none when there is no such folder.
PES_EXPORT std::vector<TrustedList> trusted_lists(const std::filesystem::path& folder, Instant now);

/// Asks over HTTP or HTTPS, without following redirections, in bounded time and size.
/// @param trace told what is asked; may be empty
PES_EXPORT FetchRevocation make_revocation_client(std::function<void(const std::string&)> trace);

}  // namespace pes
