#include "crypto/certificate.hpp"
#include "crypto/digest.hpp"
#include "pes/error.hpp"
#include "pes/signature.hpp"
#include "support/encoding.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"
#include "unit/crypto/test_keys.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <memory>
#include <optional>

using namespace pes;
using namespace pes::test;

namespace {

constexpr const char* password = "Mot de passe é 1";

Secret no_password() { throw std::logic_error("the password was asked for"); }
Secret right_password() { return Secret(password); }
Secret wrong_password() { return Secret("autre"); }

/// A file in a folder of its own.
class KeyFile {
 public:
  explicit KeyFile(std::string_view bytes) { write_file(path(), bytes); }
  [[nodiscard]] std::filesystem::path path() const { return scratch_.path() / "cle"; }

 private:
  Scratch scratch_;
};

std::optional<ErrorCode> failure(const KeyFiles& files, const std::function<Secret()>& ask) {
  try {
    open_signer(files, ask);
    return std::nullopt;
  } catch (const Error& error) {
    CHECK(error.message().find(password) == std::string::npos);
    CHECK(error.cause().find(password) == std::string::npos);
    return error.code();
  }
}

bool signs(port::Signer& signer) {
  const Bytes digest = crypto::digest(port::DigestAlgorithm::sha256, "bordereau");
  const Bytes value = signer.sign(port::DigestAlgorithm::sha256, digest);
  return crypto::verifies(signer.certificate(), port::DigestAlgorithm::sha256, digest, value);
}

/// OpenSSL looks for its providers in another folder.
class WithoutLegacyProvider {
 public:
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread runs in this test.
  WithoutLegacyProvider() { ::setenv("OPENSSL_MODULES", scratch_.path().c_str(), 1); }
  WithoutLegacyProvider(const WithoutLegacyProvider&) = delete;
  WithoutLegacyProvider& operator=(const WithoutLegacyProvider&) = delete;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): idem
  ~WithoutLegacyProvider() { ::unsetenv("OPENSSL_MODULES"); }

 private:
  Scratch scratch_;
};

}  // namespace

TEST_SUITE_BEGIN("crypto");

TEST_CASE("a PEM key and its certificate sign, without any password") {
  const auto certificate = make_certificate(shared_key());
  const KeyFile key(pem(shared_key()));
  const KeyFile own(pem(*certificate));

  const auto signer = open_signer({key.path(), own.path()}, no_password);

  CHECK(signer->certificate().subject_cn == "Amélie MARTIN");
  CHECK(signs(*signer));
}

TEST_CASE("the signature is what OpenSSL verifies over the message itself") {
  const auto certificate = make_certificate(shared_key());
  const KeyFile key(pem(shared_key()) + pem(*certificate));
  const auto signer = open_signer({key.path(), {}}, no_password);

  const Bytes value = signer->sign(port::DigestAlgorithm::sha256,
                                   crypto::digest(port::DigestAlgorithm::sha256, "bordereau"));

  const Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  REQUIRE(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, &shared_key()) == 1);
  const auto* const octets = reinterpret_cast<const unsigned char*>(value.data());
  const std::string_view message = "bordereau";
  CHECK(EVP_DigestVerify(context.get(), octets, value.size(),
                         reinterpret_cast<const unsigned char*>(message.data()),
                         message.size()) == 1);
}

TEST_CASE("a digest of another size is not signed") {
  const auto certificate = make_certificate(shared_key());
  const KeyFile key(pem(shared_key()) + pem(*certificate));
  const auto signer = open_signer({key.path(), {}}, no_password);

  CHECK_THROWS_AS(signer->sign(port::DigestAlgorithm::sha256, Bytes(20)), Error);
}

TEST_CASE("an encrypted PEM key takes its password, and tells a wrong one") {
  const auto certificate = make_certificate(shared_key());
  std::string encrypted;
  SUBCASE("AES") { encrypted = pem(shared_key(), password); }
  SUBCASE("RC2, which only OpenSSL's legacy provider knows") {
    encrypted = pem_with_rc2(shared_key(), password);
  }
  SUBCASE("the form before PKCS#8") { encrypted = traditional_pem(shared_key(), password); }
  SUBCASE("that form with DES, which only OpenSSL's legacy provider knows") {
    encrypted = traditional_pem_with_des(shared_key(), password);
  }
  const KeyFile key(encrypted + pem(*certificate));

  CHECK(signs(*open_signer({key.path(), {}}, right_password)));
  CHECK(failure({key.path(), {}}, wrong_password) == ErrorCode::pin_wrong);
  CHECK(failure({key.path(), {}}, [] { return Secret(); }) == ErrorCode::pin_wrong);
}

TEST_CASE("a PKCS#12 takes its password, and tells a wrong one") {
  const auto certificate = make_certificate(shared_key());
  auto encryption = Pkcs12Encryption::modern;
  SUBCASE("AES") {}
  SUBCASE("RC2, which only OpenSSL's legacy provider knows") { encryption = Pkcs12Encryption::rc2; }
  const KeyFile key(pkcs12(shared_key(), *certificate, {}, password, encryption));

  CHECK(signs(*open_signer({key.path(), {}}, right_password)));
  CHECK(failure({key.path(), {}}, wrong_password) == ErrorCode::pin_wrong);
}

TEST_CASE("the signer outlives the file it was read from") {
  const auto certificate = make_certificate(shared_key());
  std::unique_ptr<port::Signer> signer;
  {
    const KeyFile key(pkcs12(shared_key(), *certificate, {}, password, Pkcs12Encryption::rc2));
    signer = open_signer({key.path(), {}}, right_password);
  }

  CHECK(signs(*signer));
}

TEST_CASE("an algorithm that is not available is not taken for a wrong password") {
  const auto certificate = make_certificate(shared_key());
  std::string file;
  SUBCASE("PKCS#12") {
    file = pkcs12(shared_key(), *certificate, {}, password, Pkcs12Encryption::rc2);
  }
  SUBCASE("PEM") { file = traditional_pem_with_des(shared_key(), password) + pem(*certificate); }
  const KeyFile key(file);
  const WithoutLegacyProvider without;

  try {
    open_signer({key.path(), {}}, right_password);
    FAIL("RC2 was read without the legacy provider");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::key_unsupported);
    CHECK(error.message().find("RC2") != std::string::npos);
    CHECK(error.hint().find("legacy") != std::string::npos);
  }
}

TEST_CASE("a PKCS#12 without password does not ask for one") {
  const auto certificate = make_certificate(shared_key());
  const KeyFile key(pkcs12(shared_key(), *certificate, {}, "", Pkcs12Encryption::modern));

  CHECK(signs(*open_signer({key.path(), {}}, no_password)));
}

TEST_CASE("the key's own certificate is chosen, not the first") {
  const crypto::Pkey authority_key = make_rsa_key();
  const auto authority =
      make_certificate(*authority_key, {.subject = {{"CN", "AC"}}, .is_authority = true});
  const auto own = make_certificate(shared_key());

  SUBCASE("in a PKCS#12") {
    const KeyFile key(
        pkcs12(shared_key(), *own, {authority.get()}, password, Pkcs12Encryption::modern));
    const auto signer = open_signer({key.path(), {}}, right_password);
    CHECK(signer->certificate().subject_cn == "Amélie MARTIN");
  }
  SUBCASE("in a PEM file") {
    const KeyFile key(pem(*authority) + pem(*own) + pem(shared_key()));
    const auto signer = open_signer({key.path(), {}}, no_password);
    CHECK(signer->certificate().subject_cn == "Amélie MARTIN");
  }
  SUBCASE("the renewed one, when the key was kept") {
    const auto renewed = make_certificate(
        shared_key(), {.not_after = std::chrono::sys_days(std::chrono::year(2037) / 1 / 1)});
    const KeyFile key(pem(*renewed) + pem(*own) + pem(shared_key()));
    const auto signer = open_signer({key.path(), {}}, no_password);
    CHECK(signer->certificate().not_after ==
          std::chrono::sys_days(std::chrono::year(2037) / 1 / 1));
  }
}

TEST_CASE("what cannot sign is refused for its own reason") {
  const auto certificate = make_certificate(shared_key());
  const crypto::Pkey other_key = make_rsa_key();

  SUBCASE("no file") {
    CHECK(failure({"/nowhere/cle.p12", {}}, no_password) == ErrorCode::key_missing);
  }
  SUBCASE("no certificate file") {
    const KeyFile key(pem(shared_key()));
    CHECK(failure({key.path(), "/nowhere/cert.pem"}, no_password) == ErrorCode::key_missing);
  }
  SUBCASE("no certificate in the file") {
    const KeyFile key(pem(shared_key()));
    CHECK(failure({key.path(), {}}, no_password) == ErrorCode::key_missing);
  }
  SUBCASE("no private key in the file") {
    const KeyFile key(pem(*certificate));
    CHECK(failure({key.path(), {}}, no_password) == ErrorCode::key_missing);
  }
  SUBCASE("the certificate of another key") {
    const KeyFile key(pem(*other_key) + pem(*certificate));
    CHECK(failure({key.path(), {}}, no_password) == ErrorCode::key_mismatch);
  }
  SUBCASE("an elliptic curve key") {
    const crypto::Pkey elliptic = make_ec_key();
    const auto its_certificate = make_certificate(*elliptic);
    const KeyFile key(pem(*elliptic) + pem(*its_certificate));
    CHECK(failure({key.path(), {}}, no_password) == ErrorCode::key_unsupported);
  }
  SUBCASE("something else") {
    const KeyFile key("0, 1 and 2");
    CHECK(failure({key.path(), {}}, no_password) == ErrorCode::key_unsupported);
  }
  SUBCASE("a damaged PEM key") {
    const KeyFile key("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    CHECK(failure({key.path(), {}}, no_password) == ErrorCode::key_unsupported);
  }
}

TEST_CASE("a certificate is shown without any password, when it can be") {
  const crypto::Pkey authority_key = make_rsa_key();
  const auto authority =
      make_certificate(*authority_key, {.subject = {{"CN", "AC"}}, .is_authority = true});
  const auto own = make_certificate(shared_key());
  const auto shown = [](std::string_view bytes) {
    const KeyFile file(bytes);
    const auto certificate = peek_certificate({file.path(), {}});
    return certificate ? certificate->subject_cn : "";
  };

  const KeyFile alone(pem(*authority) + pem(*own));
  CHECK(peek_certificate({.key = {}, .certificate = alone.path()})->subject_cn == "Amélie MARTIN");
  CHECK(refusal([&] {
          (void)peek_certificate({alone.path(), {}});
        }).code() == ErrorCode::key_missing);
  CHECK(shown(pem(*authority) + pem(*own) + pem(shared_key())) == "Amélie MARTIN");
  CHECK(shown(pem(shared_key(), password) + pem(*own)) == "Amélie MARTIN");
  CHECK(shown(pkcs12(shared_key(), *own, {authority.get()}, password,
                     Pkcs12Encryption::certificates_in_clear)) == "Amélie MARTIN");
  CHECK(shown(pkcs12(shared_key(), *own, {}, "", Pkcs12Encryption::modern)) == "Amélie MARTIN");
  CHECK(shown(pkcs12(shared_key(), *own, {}, password, Pkcs12Encryption::modern)).empty());
}

TEST_SUITE_END();
