#include "unit/crypto/test_keys.hpp"
#include "unit/xades/bench.hpp"

#include <doctest/doctest.h>

// What other signing programs may write: keys and algorithms, and properties left out.

using namespace pes;
using namespace pes::test;

namespace {

VerifyOptions strictly() {
  VerifyOptions options = usual_rules();
  options.strict = true;
  return options;
}

std::string edited(std::string_view from, std::string_view to) {
  return with_properties_signed_again(replaced(signed_flow(), from, to));
}

/// Without the first element of that name, tags included.
std::string without(const std::string& text, const std::string& name) {
  return replaced(text, between(text, "<" + name + ">", "</" + name + ">"), "");
}

std::string with_key_info(std::string_view more) {
  return replaced(signed_flow(), "<ds:KeyInfo>", "<ds:KeyInfo>" + std::string(more));
}

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("RSA with the longer digests of SHA-2 is as good, strictly too") {
  std::string uri;
  auto algorithm = port::DigestAlgorithm::sha384;
  SUBCASE("SHA-384") { uri = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384"; }
  SUBCASE("SHA-512") {
    uri = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512";
    algorithm = port::DigestAlgorithm::sha512;
  }
  const std::string text =
      replaced(signed_flow(), "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", uri);

  const VerifyReport report = verified(signed_again(text, test_signer(), algorithm));
  CHECK(report.valid);
  CHECK(report.signatures.at(0).signature_algorithm == uri);
  CHECK(numbers(report, Check::Result::warning).empty());
  CHECK(check_of(verified(signed_again(text, test_signer(), algorithm), strictly()), 7).result ==
        Check::Result::passed);
  // The value of another digest than the one that is named.
  CHECK(failures(signed_again(text)) == "15 24");
}

TEST_CASE("a key of 1024 bits is weak, and a doubt in strict mode once it was out of date") {
  const crypto::Pkey small = make_rsa_key(1024);
  const auto signer = signer_of(*make_certificate(*small), *small);
  const std::string today = signed_instead_by(*signer, signed_flow());

  const VerifyReport usual = verified(today);
  CHECK(usual.valid);
  CHECK(numbers(usual, Check::Result::warning) == "7");
  CHECK(check_of(usual, 7).message.find("1024") != std::string::npos);
  CHECK(check_of(verified(today, strictly()), 7).result == Check::Result::indeterminate);
  CHECK(check_of(verified(today, strictly()), 7).reason ==
        SubIndication::crypto_constraints_failure);
}

TEST_CASE("comments of SignedInfo are kept when the canonicalization says so") {
  const std::string method =
      "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#";
  const std::string text = replaced(signed_flow(), method, method + "WithComments");
  const auto commented = [](const std::string& flow) {
    return replaced(flow, "<ds:SignatureMethod", "<!-- x --><ds:SignatureMethod");
  };

  const VerifyReport report = verified(signed_again(text));
  CHECK(report.valid);
  CHECK(numbers(report, Check::Result::warning) == "6");
  CHECK(failures(commented(signed_again(text))) == "15 24");
  CHECK(verified(commented(signed_flow())).valid);
}

TEST_CASE("what names a key otherwise than by a certificate is left aside") {
  const std::string retrieval =
      "<ds:RetrievalMethod URI=\"http://127.0.0.1:9/cle\" "
      "Type=\"http://www.w3.org/2000/09/xmldsig#X509Data\"/>";
  const std::string certificate = between(signed_flow(), "<ds:X509Data>", "</ds:X509Data>");

  for (const std::string& other : {std::string("<ds:KeyName>Amelie</ds:KeyName>"), retrieval}) {
    const VerifyReport beside = verified(with_key_info(other));
    CHECK(beside.valid);
    CHECK(numbers(beside, Check::Result::warning).empty());
    CHECK(failures(replaced(with_key_info(other), certificate, "")) == "14 24");
  }
}

TEST_CASE("a policy that is absent or implied is a remark, and refused in strict mode") {
  const std::string policy =
      between(signed_flow(), "<xad:SignaturePolicyIdentifier>", "</xad:SignaturePolicyIdentifier>");
  std::string instead;
  SUBCASE("absent") {}
  SUBCASE("implied") {
    instead =
        "<xad:SignaturePolicyIdentifier><xad:SignaturePolicyImplied/>"
        "</xad:SignaturePolicyIdentifier>";
  }
  const std::string text = edited(policy, instead);

  const VerifyReport usual = verified(text);
  CHECK(usual.valid);
  CHECK(numbers(usual, Check::Result::warning) == "18");
  CHECK(usual.signatures.at(0).policy.empty());
  CHECK(check_of(verified(text, strictly()), 18).result == Check::Result::failed);
  CHECK(check_of(verified(text, strictly()), 18).reason ==
        SubIndication::signature_policy_not_available);
}

TEST_CASE("a signature that says no role, or no place, is valid; the role is missed") {
  const std::string text = signed_flow();

  const VerifyReport no_role =
      verified(with_properties_signed_again(without(text, "xad:SignerRole")));
  CHECK(no_role.valid);
  CHECK(numbers(no_role, Check::Result::warning) == "19");
  CHECK(no_role.signatures.at(0).role.empty());
  const VerifyReport no_place =
      verified(with_properties_signed_again(without(text, "xad:SignatureProductionPlace")));
  CHECK(no_place.valid);
  CHECK(numbers(no_place, Check::Result::warning).empty());
}

TEST_CASE("a flow transcoded into UTF-16 keeps its signature, though the TdT takes none such") {
  // Its characters have the numbers of its bytes.
  const std::string latin1 = replaced(signed_flow(), "\"ISO-8859-1\"", "\"UTF-16\"");
  std::string wide = "\xFF\xFE";
  for (const char c : latin1) wide += {c, '\0'};

  const VerifyReport report = verified(wide);
  CHECK(report.valid);
  CHECK(numbers(report, Check::Result::warning) == "1");
  CHECK(report.signatures.at(0).city == "Sète");
  CHECK(report.signatures.at(0).signer->sha256 == test_signer().certificate().sha256);
  const std::size_t place = wide.find(std::string("8\0003\0002\0", 6));
  std::string edited = wide;
  edited[place] = '9';
  CHECK(failures(edited) == "13 24");
}

TEST_CASE("several roles are all told, and remarked") {
  const VerifyReport in_one_list = verified(
      edited("</xad:ClaimedRole>", "</xad:ClaimedRole><xad:ClaimedRole>Maire</xad:ClaimedRole>"));
  CHECK(in_one_list.valid);
  CHECK(numbers(in_one_list, Check::Result::warning) == "19");
  CHECK(in_one_list.signatures.at(0).role == "Ordonnateur, Maire");
  CHECK(check_of(in_one_list, 19).message.find("2 roles") != std::string::npos);

  const std::string element = between(signed_flow(), "<xad:SignerRole>", "</xad:SignerRole>");
  const VerifyReport in_two = verified(edited(element, element + element));
  CHECK(in_two.signatures.at(0).role == "Ordonnateur, Ordonnateur");
  CHECK(numbers(in_two, Check::Result::warning) == "19");
}

TEST_SUITE_END();
