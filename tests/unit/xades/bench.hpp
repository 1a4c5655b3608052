#pragma once

#include "pes/signature.hpp"
#include "pes/verification.hpp"
#include "support/scratch.hpp"

#include <openssl/x509.h>

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pes::test {

/// The clock of these tests: 2026-01-05T13:45:00Z.
extern const Instant signing_instant;

/// What a test wants of a flow. An Id may be empty: no attribute.
struct FlowWish {
  std::string encoding = "ISO-8859-1";
  std::string root_id = "R1";
  std::vector<std::string> depenses{"B1"};
  std::vector<std::string> recettes;
  std::string demat = R"(<InfoDematerialisee V="1"/>)";
  std::string objet = "Fournitures d'\xE9t\xE9, 1 &#8364;";  // bytes of that encoding
  std::string pj = "<PES_PJ><EnTetePES_PJ><IdVer V=\"1\"/></EnTetePES_PJ></PES_PJ>";
};
std::string flow(const FlowWish& wish = {});

/// Changes the first occurrence; fails the test when there is none.
std::string replaced(std::string text, std::string_view from, std::string_view to);
/// The text from `begin` to the end of `end`, both included.
std::string between(const std::string& text, std::string_view begin, std::string_view end);
std::string with_crlf(std::string_view text);
std::string read_bytes(const std::filesystem::path& file);

/// The key and certificate of these tests, open.
port::Signer& test_signer();
/// One that signs with that key in the name of that certificate.
std::unique_ptr<port::Signer> signer_of(X509& certificate, EVP_PKEY& key);

/// A folder with a flow, and what is made of it.
class Bench {
 public:
  explicit Bench(std::string_view text) { put(text); }

  void put(std::string_view text) const;
  [[nodiscard]] std::filesystem::path input() const { return scratch_.path() / "aller.xml"; }
  [[nodiscard]] std::filesystem::path output() const { return scratch_.path() / "signe.xml"; }
  [[nodiscard]] SigningRequest request() const;
  /// Names in the folder other than the input's.
  [[nodiscard]] std::set<std::string> others() const;

 private:
  Scratch scratch_;
};

/// The flow, signed.
std::string signed_flow(const FlowWish& wish = {}, port::Signer& signer = test_signer());
/// The rules of these tests: those of Hélios, at their clock.
VerifyOptions usual_rules();
/// The flow whose Bordereaux are signed, then its root over them.
std::string signed_over_bordereaux();
/// The report on a text.
VerifyReport verified(std::string_view text, const VerifyOptions& options = usual_rules());
/// The check of that number, of the file or of its first signature; fails without.
const Check& check_of(const VerifyReport& report, int number);
/// Numbers of the checks with that result, of the file and of its signatures: "13 24".
std::string numbers(const VerifyReport& report, Check::Result result);
bool contains(const VerifyReport& report, Check::Result result, int number);
/// Numbers of the checks that failed.
std::string failures(std::string_view text);

/// Exclusive canonical form of the first element of that local name, by libxml2.
std::string canonical(const std::string& text, std::string_view name);

/// Signs SignedInfo anew, as whoever holds the key can after having changed it.
std::string signed_again(const std::string& text, port::Signer& signer = test_signer(),
                         port::DigestAlgorithm algorithm = port::DigestAlgorithm::sha256);
/// Recomputes the digest of SignedProperties, and signs anew.
std::string with_properties_signed_again(const std::string& text,
                                         port::Signer& signer = test_signer());
/// The flow of test_signer, as if that signer, of the same issuer and serial number, had signed it.
std::string signed_instead_by(port::Signer& signer, const std::string& text);

}  // namespace pes::test
