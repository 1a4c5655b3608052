#pragma once

#include "pes/certificate.hpp"
#include "pes/export.hpp"
#include "pes/named_file.hpp"
#include "pes/pes_aller.hpp"
#include "pes/port/signer.hpp"
#include "pes/time.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pes {

/// Name of the only profile written (signature §2).
inline constexpr std::string_view xades_profile = "xades-env-1.2.2-sha256";

enum class SignatureMode { bordereau, root };

/// The DGFiP's signature policies for Hélios (signature §3).
enum class SignaturePolicy { of_2011, of_2018 };
inline constexpr std::string_view oid_of_2011 = "1.2.250.1.131.1.5.18.21.1.4";
inline constexpr std::string_view oid_of_2018 = "1.2.250.1.131.1.5.18.21.1.7";

/// Where the digests inside the signed properties stand: XAdES's own namespace, as Libersign
/// writes them, or that of XML signatures, as ETSI's schema wants them (signature §13, 2).
enum class DigestNamespace { xades, dsig };

/// What a person may set of the signed properties (signature §3). Blanks around the
/// values are trimmed when written.
struct SignatureProperties {
  std::string role = "Ordonnateur";
  std::string city;
  std::string postal_code;
  std::string country = "France";
  SignaturePolicy policy = SignaturePolicy::of_2018;
  DigestNamespace digest_namespace = DigestNamespace::xades;
  port::DigestAlgorithm certificate_digest = port::DigestAlgorithm::sha256;
  bool operator==(const SignatureProperties&) const = default;
};

struct SigningRequest {
  NamedFile input;
  /// Written whole or not at all; must be in a directory that can be written, and may
  /// not exist yet.
  std::filesystem::path output;
  SignatureProperties properties;
  Instant signing_time;
  /// What to sign; nothing: the field's rule (signature §1). The root of a flow whose
  /// Bordereaux are signed is signed only when asked for here (§7).
  std::optional<SignatureMode> mode;
  /// Changes InfoDematerialisee to 1 in place, that value and nothing else, before
  /// digesting; otherwise another value is refused.
  bool set_dematerialisee = false;
  /// Called before each signature: rank from 1, total, signed Id.
  std::function<void(std::size_t, std::size_t, std::string_view)> progress;
};

struct SigningOutcome {
  SignatureMode mode = SignatureMode::bordereau;
  std::vector<std::string> signed_ids;
  std::vector<Finding> warnings;  // encoding, C1 bytes…
};

/// Signs a PES Aller into `output`: the bytes of the input with the signatures inserted,
/// and nothing else changed. The result is verified from the bytes written before it gets its name.
/// Throws input_* (no Id, duplicated Id, already signed, not dematerialised…), key_*, pin_*.
PES_EXPORT SigningOutcome sign_pes_aller(const SigningRequest& request, port::Signer& signer);

/// True when `output` is the input signed already as the request asks: valid, with nothing left to
/// sign, and the very bytes that the input would get but for the signatures. Throws as
/// `sign_pes_aller` for an input that cannot be signed.
PES_EXPORT bool is_signed_before(const SigningRequest& request);

/// A private key and certificate in files. The password is asked for only when the file
/// needs one.
struct KeyFiles {
  std::filesystem::path key;          // PKCS#12, or PEM private key
  std::filesystem::path certificate;  // PEM; empty with PKCS#12 or when the key's file has it
};

/// A secret text: wiped when it goes, never printed, never copied.
class PES_EXPORT Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) noexcept;
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();
  [[nodiscard]] const std::string& reveal() const noexcept { return value_; }

 private:
  std::string value_;
};

/// Throws key_missing, key_mismatch, key_unsupported (not RSA, algorithm of the container
/// not available), pin_wrong (wrong password).
PES_EXPORT std::unique_ptr<port::Signer> open_signer(const KeyFiles& files,
                                                     const std::function<Secret()>& password);

/// The certificates that `pes keys list` shows, without asking any password: a PEM
/// certificate, or those of a PKCS#12 whose certificates are not encrypted; nullopt when a
/// password would be needed.
PES_EXPORT std::optional<Certificate> peek_certificate(const KeyFiles& files);

/// Refuses what must not sign (signature §12): expired, not yet valid, a keyUsage without
/// nonRepudiation unless overridden, a key that is not RSA or is too short.
PES_EXPORT void require_may_sign(const Certificate& certificate, Instant now, bool any_usage);

}  // namespace pes
