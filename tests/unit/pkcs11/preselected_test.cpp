#include "crypto/certificate.hpp"
#include "pes/token.hpp"
#include "support/refusal.hpp"
#include "unit/crypto/test_keys.hpp"

#include <doctest/doctest.h>

using namespace pes;
using namespace pes::test;

namespace {

const TokenPlace any{.uri = "pkcs11:", .module = {}, .certificate = {}};
const Instant now = std::chrono::sys_days(std::chrono::year(2026) / 1 / 5);

TokenKey key_with(const std::string& uri, const std::string& usage) {
  CertificateWish wish;
  wish.key_usage = usage;
  return {uri, "mairie", crypto::describe(*make_certificate(shared_key(), wish))};
}

}  // namespace

TEST_SUITE_BEGIN("pkcs11");

TEST_CASE("of an authentication and a signature certificate, the latter is preselected") {
  const std::vector<TokenKey> keys{key_with("pkcs11:id=%01", "critical,digitalSignature"),
                                   key_with("pkcs11:id=%02", "critical,nonRepudiation")};

  CHECK(preselected(keys, any, now).uri == "pkcs11:id=%02");
}

TEST_CASE("with several that can sign, the person is told to name one") {
  const std::vector<TokenKey> keys{key_with("pkcs11:id=%01", "critical,nonRepudiation"),
                                   key_with("pkcs11:id=%02", "critical,nonRepudiation")};

  const Error error = refusal([&] { (void)preselected(keys, any, now); });

  CHECK(error.code() == ErrorCode::answer_needed);
  CHECK(error.hint().find("'pkcs11:id=%02'") != std::string::npos);
}

TEST_CASE("without any certificate the message is that of Libersign") {
  const Error error = refusal([] { (void)preselected({}, any, now); });

  CHECK(error.code() == ErrorCode::key_missing);
  CHECK(error.message() == "Aucun certificat de signature détecté");
}

TEST_CASE("a URI that nothing fits is told") {
  const TokenPlace place{.uri = "pkcs11:id=%09", .module = {}, .certificate = {}};

  const Error error = refusal([&] { (void)preselected({}, place, now); });

  CHECK(error.code() == ErrorCode::key_missing);
  CHECK(error.message() == "no certificate on a token fits pkcs11:id=%09");
}

TEST_CASE("the only certificate is taken even if it may not sign, so that its fault is told") {
  const std::vector<TokenKey> keys{key_with("pkcs11:id=%01", "critical,digitalSignature")};

  CHECK(preselected(keys, any, now).uri == "pkcs11:id=%01");
}

TEST_SUITE_END();
