#include "helios/reading.hpp"
#include "pes/error.hpp"
#include "support/encoding.hpp"
#include "support/shared.hpp"
#include "unit/xades/bench.hpp"

#include <doctest/doctest.h>

#include <tuple>

using namespace pes;
using namespace pes::test;

namespace {

/// The text without what was inserted, which is returned in the second place.
std::pair<std::string, std::vector<std::string>> without_signatures(std::string text) {
  std::vector<std::string> signatures;
  while (text.find("<ds:Signature ") != std::string::npos) {
    signatures.push_back(between(text, "<ds:Signature ", "</ds:Signature>"));
    text = replaced(text, signatures.back(), "");
  }
  return {text, signatures};
}

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("every Bordereau with an Id gets its signature, and no other byte changes") {
  const FlowWish wish{.depenses = {"B1", "B2"}, .recettes = {"B3"}};
  std::string text = flow(wish);
  SUBCASE("LF, ISO-8859-1") {}
  SUBCASE("CR LF") { text = with_crlf(text); }
  SUBCASE("no final line feed") { text.pop_back(); }
  const Bench bench(text);

  const SigningOutcome outcome = sign_pes_aller(bench.request(), test_signer());

  const auto [rest, signatures] = without_signatures(read_bytes(bench.output()));
  CHECK(rest == text);
  CHECK(signatures.size() == 3);
  CHECK(outcome.mode == SignatureMode::bordereau);
  CHECK(outcome.signed_ids == std::vector<std::string>{"B1", "B2", "B3"});
  CHECK(outcome.warnings.empty());
  CHECK(read_bytes(bench.input()) == text);
  CHECK(verified(read_bytes(bench.output())).valid);
}

TEST_CASE("a signature stands right before the end tag of its Bordereau") {
  const std::string text = signed_flow();

  CHECK(text.find("</Piece>\n  <ds:Signature ") != std::string::npos);
  CHECK(text.find("</ds:Signature></Bordereau>") != std::string::npos);
}

TEST_CASE("without an Id on every Bordereau the whole flow is signed") {
  const Bench bench(flow({.depenses = {"B1", ""}}));

  const SigningOutcome outcome = sign_pes_aller(bench.request(), test_signer());

  const std::string text = read_bytes(bench.output());
  CHECK(outcome.mode == SignatureMode::root);
  CHECK(outcome.signed_ids == std::vector<std::string>{"R1"});
  CHECK(text.find("</PES_PJ>\n<ds:Signature ") != std::string::npos);
  CHECK(text.find("</ds:Signature></n:PES_Aller>") != std::string::npos);
  const VerifyReport report = verified(text);
  CHECK(report.valid);
  REQUIRE(report.signatures.size() == 1);
  CHECK(report.signatures.front().mode == SignatureMode::root);
  CHECK(report.signatures.front().signed_id == "R1");
}

TEST_CASE("a large flow is signed in its places, wherever they were expected") {
  const std::string large = "<Fichier>" + std::string(3'000'000, 'A') + "</Fichier>";
  const std::string whole = replaced(flow({.depenses = {""}}), "</PES_PJ>", large + "</PES_PJ>");
  const std::string parts =
      replaced(flow({.depenses = {"B1", "B2"}}), "<Piece>", "<Piece>" + large);
  std::string text;
  SUBCASE("the whole") { text = whole; }
  SUBCASE("the whole, and an end tag in a comment behind") {
    text = whole + "<!-- </n:PES_Aller> -->\n";
  }
  SUBCASE("the whole, and a Bordereau with an Id in a comment before") {
    text = replaced(whole, "<Bordereau", "<!-- <Bordereau Id=\"X\"> --><Bordereau");
  }
  SUBCASE("Bordereaux") { text = parts; }
  SUBCASE("Bordereaux, and one without an Id in a comment before") {
    text = replaced(parts, "<Bordereau", "<!-- <Bordereau> --><Bordereau");
  }
  const Bench bench(text);

  sign_pes_aller(bench.request(), test_signer());

  const auto [rest, signatures] = without_signatures(read_bytes(bench.output()));
  CHECK(rest == text);
  CHECK(verified(read_bytes(bench.output())).valid);
}

TEST_CASE("the signature follows the profile to the letter") {
  const Certificate& certificate = test_signer().certificate();
  const std::string signature = between(signed_flow(), "<ds:Signature ", "</ds:Signature>");
  const std::string expected_start =
      "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" Id=\"B1_SIG_1\">"
      "<ds:SignedInfo>"
      "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>"
      "<ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/>"
      "<ds:Reference URI=\"#B1\"><ds:Transforms>"
      "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>"
      "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/></ds:Transforms>"
      "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue>";
  const std::string expected_second =
      "</ds:DigestValue></ds:Reference>"
      "<ds:Reference Type=\"http://uri.etsi.org/01903/v1.2.2#SignedProperties\" "
      "URI=\"#B1_SIG_1_SP\"><ds:Transforms>"
      "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/></ds:Transforms>"
      "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue>";
  const std::string expected_properties =
      "<ds:Object><xad:QualifyingProperties xmlns:xad=\"http://uri.etsi.org/01903/v1.2.2#\" "
      "Target=\"#B1_SIG_1\"><xad:SignedProperties Id=\"B1_SIG_1_SP\">"
      "<xad:SignedSignatureProperties><xad:SigningTime>2026-01-05T13:45:00Z</xad:SigningTime>"
      "<xad:SigningCertificate><xad:Cert><xad:CertDigest>"
      "<xad:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>"
      "<xad:DigestValue>";
  const std::string expected_end =
      "</xad:DigestValue></xad:CertDigest><xad:IssuerSerial>"
      "<ds:X509IssuerName>CN=AC &#201;lus,O=Autorit&#233;\\, de test,C=FR</ds:X509IssuerName>"
      "<ds:X509SerialNumber>427259974943974867302612086964623560387531063155"
      "</ds:X509SerialNumber></xad:IssuerSerial></xad:Cert></xad:SigningCertificate>"
      "<xad:SignaturePolicyIdentifier><xad:SignaturePolicyId><xad:SigPolicyId>"
      "<xad:Identifier>urn:oid:1.2.250.1.131.1.5.18.21.1.7</xad:Identifier>"
      "<xad:Description>Politique de signature Helios de la DGFiP</xad:Description>"
      "</xad:SigPolicyId><xad:SigPolicyHash>"
      "<xad:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>"
      "<xad:DigestValue>roF9+cfRHNPtVJolhdqfIqGMVuUXX8aR4rpiquf0u5E=</xad:DigestValue>"
      "</xad:SigPolicyHash><xad:SigPolicyQualifiers><xad:SigPolicyQualifier><xad:SPURI>"
      "https://www.collectivites-locales.gouv.fr/files/files/finances_locales/"
      "dematerialisation/ps_helios_dgfip.pdf</xad:SPURI></xad:SigPolicyQualifier>"
      "</xad:SigPolicyQualifiers></xad:SignaturePolicyId></xad:SignaturePolicyIdentifier>"
      "<xad:SignatureProductionPlace><xad:City>S&#232;te</xad:City>"
      "<xad:PostalCode>34200</xad:PostalCode><xad:CountryName>France</xad:CountryName>"
      "</xad:SignatureProductionPlace><xad:SignerRole><xad:ClaimedRoles>"
      "<xad:ClaimedRole>Ordonnateur</xad:ClaimedRole></xad:ClaimedRoles></xad:SignerRole>"
      "</xad:SignedSignatureProperties></xad:SignedProperties></xad:QualifyingProperties>"
      "</ds:Object></ds:Signature>";

  CHECK(signature.starts_with(expected_start));
  CHECK(signature.find(expected_second) != std::string::npos);
  CHECK(signature.find("<ds:SignatureValue Id=\"B1_SIG_1_SV\">") != std::string::npos);
  CHECK(signature.find("</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>" +
                       base64(certificate.der, 76) +
                       "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>" + expected_properties) !=
        std::string::npos);
  CHECK(signature.ends_with(expected_end));
  const std::string value = between(signature, "_SV\">", "</ds:SignatureValue>");
  CHECK(value.find('\n') == std::string("_SV\">").size() + 76);
}

TEST_CASE("the inserted text is ASCII whatever the role, the place and the Id") {
  Bench bench(flow({.depenses = {"B\xC9"}}));
  SigningRequest request = bench.request();
  request.properties = {"  Ordonnateur <délégué> & \"adjoint\" à 1 €  ", " L'Haÿ ", " 94240 ", ""};

  sign_pes_aller(request, test_signer());

  const std::string text = read_bytes(bench.output());
  const std::string signature = between(text, "<ds:Signature ", "</ds:Signature>");
  for (const char c : signature) REQUIRE(static_cast<unsigned char>(c) < 0x80);
  const VerifyReport report = verified(text);
  CHECK(report.valid);
  REQUIRE(report.signatures.size() == 1);
  const SignatureReport& one = report.signatures.front();
  CHECK(one.role == "Ordonnateur <délégué> & \"adjoint\" à 1 €");
  CHECK(one.city == "L'Haÿ");
  CHECK(one.postal_code == "94240");
  CHECK(one.country.empty());
  CHECK(one.signed_id == "BÉ");
}

TEST_CASE("the report of a fresh signature says all that was signed") {
  const VerifyReport report = verified(signed_flow());

  REQUIRE(report.signatures.size() == 1);
  const SignatureReport& one = report.signatures.front();
  CHECK(one.valid);
  CHECK(one.signature_id == "B1_SIG_1");
  CHECK(one.signed_id == "B1");
  CHECK(one.signing_time == "2026-01-05T13:45:00Z");
  CHECK(one.signed_at == signing_instant);
  CHECK(one.role == "Ordonnateur");
  CHECK(one.policy == "1.2.250.1.131.1.5.18.21.1.7");
  CHECK(one.signature_algorithm == "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
  CHECK(one.digest_algorithm == "http://www.w3.org/2001/04/xmlenc#sha256");
  CHECK(one.xades == "1.2.2");
  REQUIRE(one.signer.has_value());
  CHECK(one.signer->subject_cn == "Amélie MARTIN");
  CHECK(numbers(report, Check::Result::failed).empty());
  CHECK(numbers(report, Check::Result::warning).empty());
  CHECK(numbers(report, Check::Result::not_run) == "20 23");
}

TEST_CASE("each signature is announced before it is made") {
  const Bench bench(flow({.depenses = {"B1", "B2"}}));
  SigningRequest request = bench.request();
  std::vector<std::tuple<std::size_t, std::size_t, std::string>> calls;
  request.progress = [&](std::size_t rank, std::size_t total, std::string_view id) {
    calls.emplace_back(rank, total, id);
  };

  sign_pes_aller(request, test_signer());

  CHECK(calls == decltype(calls){{1, 2, "B1"}, {2, 2, "B2"}});
}

TEST_CASE("only the Bordereaux without a signature are signed") {
  const std::string first = signed_flow();
  const std::string second = flow({.depenses = {"B1", "B2"}});
  const std::string signature = between(first, "<ds:Signature ", "</ds:Signature>");
  const Bench bench(replaced(second, "</Bordereau>", signature + "</Bordereau>"));

  const SigningOutcome outcome = sign_pes_aller(bench.request(), test_signer());

  CHECK(outcome.signed_ids == std::vector<std::string>{"B2"});
  CHECK(outcome.warnings.empty());
  const auto [rest, signatures] = without_signatures(read_bytes(bench.output()));
  CHECK(rest == second);
  REQUIRE(signatures.size() == 2);
  CHECK(signatures[0] == signature);
  CHECK(verified(read_bytes(bench.output())).valid);
}

TEST_CASE("a signature that was there and is not valid is told") {
  const std::string signature = between(signed_flow(), "<ds:Signature ", "</ds:Signature>");
  const std::string text = replaced(flow({.depenses = {"B1", "B2"}}), "</Bordereau>",
                                    replaced(signature, "Ordonnateur", "Maire") + "</Bordereau>");
  const Bench bench(text);

  const SigningOutcome outcome = sign_pes_aller(bench.request(), test_signer());

  REQUIRE(outcome.warnings.size() == 1);
  CHECK(outcome.warnings.front().code == "signature.invalid");
  CHECK(outcome.warnings.front().message.find("B1") != std::string::npos);
}

TEST_CASE("InfoDematerialisee is set to 1 on demand, before digesting, and nothing else") {
  const std::string demat = "<InfoDematerialisee V = '0' />";
  const std::string changed = "<InfoDematerialisee V = '1' />";
  const FlowWish wish{.depenses = {""}, .recettes = {""}, .demat = demat};
  const Bench bench(flow(wish));
  SigningRequest request = bench.request();
  request.set_dematerialisee = true;

  const SigningOutcome outcome = sign_pes_aller(request, test_signer());

  CHECK(outcome.mode == SignatureMode::root);
  const auto [rest, signatures] = without_signatures(read_bytes(bench.output()));
  CHECK(rest == flow({.depenses = {""}, .recettes = {""}, .demat = changed}));
  CHECK(verified(read_bytes(bench.output())).valid);
}

TEST_CASE("a value of another length than 1 is replaced as well") {
  const FlowWish wish{.demat = "<InfoDematerialisee V=\"false\"/>"};
  const Bench bench(flow(wish));
  SigningRequest request = bench.request();
  request.set_dematerialisee = true;

  sign_pes_aller(request, test_signer());

  const auto [rest, signatures] = without_signatures(read_bytes(bench.output()));
  CHECK(rest == flow());
  CHECK(verified(read_bytes(bench.output())).valid);
}

TEST_CASE("the input may be its own output") {
  const Bench bench(flow());
  SigningRequest request = bench.request();
  request.output = request.input.path;

  sign_pes_aller(request, test_signer());

  CHECK(verified(read_bytes(bench.input())).valid);
  CHECK(bench.others().empty());
}

TEST_CASE("what the TdT will refuse in the encoding is a warning") {
  SUBCASE("UTF-8") {
    const Bench bench(flow({.encoding = "UTF-8", .objet = "été"}));
    const SigningOutcome outcome = sign_pes_aller(bench.request(), test_signer());
    REQUIRE(outcome.warnings.size() == 1);
    CHECK(outcome.warnings.front().code == "encoding.not-latin1");
    CHECK(outcome.warnings.front().severity == Severity::warning);
    CHECK(verified(read_bytes(bench.output())).valid);
  }
  SUBCASE("Windows-1252 said to be ISO-8859-1") {
    const Bench bench(flow({.objet = "l\x92\xE9t\xE9"}));
    const SigningOutcome outcome = sign_pes_aller(bench.request(), test_signer());
    REQUIRE(outcome.warnings.size() == 1);
    CHECK(outcome.warnings.front().code == "encoding.c1");
    CHECK(verified(read_bytes(bench.output())).valid);
  }
}

TEST_CASE("the digest is the one that Libersign was given for a real flow") {
  if (!has_shared()) return;
  const auto folder = shared() / "samples/signed/libersign-injection";
  const std::string text = read_bytes(folder / "HELIOS_SIMU_ALR2_1529593767_1834011863.xml");
  const Bench bench(text);
  SigningRequest request = bench.request();
  request.set_dematerialisee = true;

  sign_pes_aller(request, test_signer());

  CHECK(
      read_bytes(bench.output())
          .find("<ds:DigestValue>dovf/kQSqohYT8iQPhk/D9LCkwGJjp3kD1GfAx++sCE=</ds:DigestValue>") !=
      std::string::npos);
}

TEST_SUITE_END();
