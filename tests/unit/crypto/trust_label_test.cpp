#include "crypto/certificate.hpp"
#include "crypto/pem_file.hpp"
#include "pes/certificate.hpp"
#include "support/file.hpp"
#include "support/shared.hpp"
#include "unit/crypto/test_keys.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pes;
using namespace pes::test;

namespace {

constexpr const char* policies = "certificatePolicies";
constexpr const char* statements = "1.3.6.1.5.5.7.1.3";

TrustLabel label_with(const std::string& extension, const std::string& value) {
  return trust_label(
      crypto::describe(*make_certificate(shared_key(), {.extensions = {{extension, value}}})));
}

TrustLabel label_of_issuer(const std::string& organization) {
  return trust_label(crypto::describe(*make_certificate(
      shared_key(), {.issuer = {{"C", "FR"}, {"O", organization}, {"CN", "AC"}}})));
}

TrustLabel label_of_sample(const std::string& name) {
  const auto file = shared() / "samples/signed/certs" / name;
  return trust_label(crypto::certificates_in_pem(Secret(read_file(file, 1U << 20U))).at(0));
}

}  // namespace

TEST_SUITE_BEGIN("crypto");

TEST_CASE("a certificate that claims to be qualified, or follows the RGS, is RGS") {
  CHECK(label_with(policies, "1.2.3.4,0.4.0.194112.1.2") == TrustLabel::rgs);
  CHECK(label_with(policies, "0.4.0.1456.1.1") == TrustLabel::rgs);
  CHECK(label_with(policies, "1.2.250.1.137.2.2.1.2.2.5") == TrustLabel::rgs);
  CHECK(label_with(statements, "DER:300A3008060604008E460101") == TrustLabel::rgs);
}

TEST_CASE("another policy, another statement or none is no RGS") {
  CHECK(label_with(policies, "1.2.250.1.131.1.5.18.20.1.5.2") == TrustLabel::none);
  CHECK(label_with(policies, "0.4.0.194112.1.1") == TrustLabel::none);
  CHECK(label_with(statements, "DER:300A3008060604008E460104") == TrustLabel::none);
  CHECK(label_with(statements, "DER:3000") == TrustLabel::none);
  CHECK(label_with(statements, "DER:0500") == TrustLabel::none);
  CHECK(label_with(statements, "DER:3003020105") == TrustLabel::none);
  CHECK(trust_label(Certificate{}) == TrustLabel::none);
}

TEST_CASE("the organisation of the issuer makes it Adullact") {
  CHECK(label_of_issuer("Association ADULLACT") == TrustLabel::adullact);
  CHECK(label_of_issuer("Sigmalis") == TrustLabel::none);
}

TEST_CASE("certificates seen in the field have the badge of their authority") {
  if (!has_shared()) return;

  CHECK(label_of_sample("leaf-pastell-SHA256_bordereau.pem") == TrustLabel::adullact);
  CHECK(label_of_sample("leaf-stela-test-perime-04-04-2016.pem") == TrustLabel::none);
  CHECK(word(TrustLabel::adullact) == "Adullact");
  CHECK(word(TrustLabel::rgs) == "RGS");
  CHECK(word(TrustLabel::none).empty());
}

TEST_SUITE_END();
