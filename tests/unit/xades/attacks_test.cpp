#include "crypto/certificate.hpp"
#include "crypto/digest.hpp"
#include "pes/error.hpp"
#include "support/encoding.hpp"
#include "unit/crypto/test_keys.hpp"
#include "unit/xades/bench.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace pes;
using namespace pes::test;

namespace {

constexpr const char* exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";

/// Why a text is not even read.
ErrorCode refusal_of(std::string_view text) {
  try {
    verified(text);
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

std::string signature_in(const std::string& text) {
  return between(text, "<ds:Signature ", "</ds:Signature>");
}

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("a flow without signature is not valid, and says so") {
  const VerifyReport report = verified(flow());

  CHECK_FALSE(report.valid);
  CHECK(report.signatures.empty());
  CHECK(numbers(report, Check::Result::failed) == "24");
}

TEST_CASE("content that was edited is refused by its digest") {
  CHECK(failures(replaced(signed_flow(), "V='832'", "V='833'")) == "13 24");
}

TEST_CASE("a role that was edited is refused by the digest of the properties") {
  CHECK(failures(replaced(signed_flow(), "Ordonnateur", "Maire")) == "13 24");
}

TEST_CASE("a digest that was recomputed is refused by the signature value") {
  const std::string text = replaced(signed_flow(), "V='832'", "V='833'");
  const std::string right = replaced(flow(), "V='832'", "V='833'");
  const Bench bench(right);
  sign_pes_aller(bench.request(), test_signer());
  const std::string other = read_bytes(bench.output());
  const auto digest = [](const std::string& of) {
    return between(of, "<ds:DigestValue>", "</ds:DigestValue>");
  };

  CHECK(failures(replaced(text, digest(text), digest(other))) == "15 24");
}

TEST_CASE("one line feed before the signature belongs to the content") {
  CHECK(failures(replaced(signed_flow(), "<ds:Signature ", "\n<ds:Signature ")) == "13 24");
}

TEST_CASE("what canonicalization drops may change") {
  const std::string text = signed_flow();

  CHECK(verified(replaced(text, "commentaire", "autre commentaire")).valid);
  CHECK(verified(replaced(text, "<Piece>", "<Piece><!-- x -->")).valid);
  CHECK(verified(replaced(text, "<Exer V=\"2026\"/>", "<Exer V='2026'></Exer>")).valid);
  CHECK(verified(with_crlf(text)).valid);
  CHECK(verified(replaced(text, "<IdPost V=\"034000\"/>", "<IdPost V=\"034001\"/>")).valid);
}

TEST_CASE("an unsigned Bordereau added beside signed ones is refused by the coverage") {
  const std::string text = signed_flow();

  CHECK(failures(replaced(text, "  <Bordereau Id=\"B1\">",
                          "  <Bordereau Id=\"B9\"><Piece/></Bordereau><Bordereau Id=\"B1\">")) ==
        "24");
}

TEST_CASE("a Bordereau out of its place is counted by the coverage, and told") {
  const std::string text = signed_flow();
  const std::string stray = "<Bordereau Id=\"B9\"><Piece/></Bordereau>";
  const auto elsewhere = [&](std::string_view before) {
    return verified(replaced(text, before, stray + std::string(before)));
  };

  SUBCASE("at the top") {
    const VerifyReport report = elsewhere("<PES_PJ>");
    CHECK(numbers(report, Check::Result::failed) == "24");
    CHECK(check_of(report, 24).message.find("outside of PES_DepenseAller") != std::string::npos);
    CHECK(check_of(report, 2).result == Check::Result::warning);
    CHECK(report.coverage.bordereaux == 2);
    CHECK(report.coverage.covered == 1);
  }
  SUBCASE("in another element") {
    CHECK(numbers(elsewhere("<EnTetePES_PJ>"), Check::Result::failed) == "24");
    CHECK(numbers(elsewhere("<IdVer V=\"1\"/><InfoDematerialisee"), Check::Result::failed) == "24");
  }
  SUBCASE("in a block that has the name of its own and is another") {
    const std::string block = "<PES_DepenseAller>" + stray + "</PES_DepenseAller>";
    CHECK(failures(replaced(text, "<PES_PJ>", "<PES_PJ>" + block)) == "24");
  }
  SUBCASE("where a signature leaves it out, and is not looked at either") {
    const std::string unsigned_properties =
        "<xad:UnsignedProperties>" + stray + "</xad:UnsignedProperties>";
    CHECK(failures(replaced(text, "</xad:QualifyingProperties>",
                            unsigned_properties + "</xad:QualifyingProperties>")) == "24");
  }
  SUBCASE("in a signed Bordereau, or under a signed root, it is covered") {
    const std::string nested = replaced(flow(), "<BlocBordereau>", "<BlocBordereau>" + stray);
    const Bench bench(nested);
    sign_pes_aller(bench.request(), test_signer());
    const VerifyReport inside = verify_pes_aller(bench.output(), usual_rules());
    CHECK(inside.valid);
    CHECK(numbers(inside, Check::Result::warning) == "2");
    CHECK(inside.coverage.covered == 2);
    CHECK(numbers(verified(replaced(signed_flow({.depenses = {""}}), "<Piece>", "<Piece>" + stray)),
                  Check::Result::failed) == "13 24");
  }
}

TEST_CASE("with the root signed, a Bordereau needs no signature of its own") {
  const VerifyReport report = verified(signed_flow({.depenses = {"B1", ""}, .recettes = {"B3"}}));

  CHECK(report.valid);
  CHECK(numbers(report, Check::Result::failed).empty());
}

TEST_CASE("a signed Bordereau moved away, its signature left in a forged one, is refused") {
  const std::string text = signed_flow();
  const std::string bordereau = between(text, "<Bordereau ", "</Bordereau>");
  const std::string original = replaced(bordereau, signature_in(text), "");
  const std::string forged = replaced(replaced(bordereau, "Id=\"B1\"", "Id=\"B9\""), "832", "833");

  SUBCASE("under PES_PJ") {
    const std::string moved =
        replaced(replaced(text, bordereau, forged), "<PES_PJ>", "<PES_PJ>" + original);
    CHECK(failures(moved) == "11 24");
  }
  SUBCASE("with the forged one under the same Id") {
    const std::string same_id = replaced(bordereau, "832", "833");
    const std::string moved =
        replaced(replaced(text, bordereau, same_id), "<PES_PJ>", "<PES_PJ>" + original);
    CHECK(failures(moved) == "3 11 24");
  }
  SUBCASE("with its own signature, a forged one in its place") {
    const std::string bare = replaced(forged, signature_in(text), "");
    const std::string moved =
        replaced(replaced(text, bordereau, bare), "<PES_PJ>", "<PES_PJ>" + bordereau);
    CHECK(failures(moved) == "4 11 24");
  }
}

TEST_CASE("an Id that stands twice is refused, case of the attribute's name included") {
  CHECK(failures(replaced(signed_flow(), "<Enveloppe>", "<Enveloppe Id=\"B1\">")) == "3 11 24");
  CHECK(failures(replaced(signed_flow(), "<Enveloppe>", "<Enveloppe ID=\"B1\">")) == "3 11 24");
  CHECK(failures(replaced(signed_flow(), "<Enveloppe>", "<Enveloppe id=\"B1\">")) == "3 11 24");
  CHECK(failures(replaced(signed_flow(), "<Enveloppe>", "<Enveloppe iD=\"B1\">")) == "3 11 24");
  CHECK(failures(replaced(signed_flow(), "<Enveloppe>", "<Enveloppe xml:id=\"B1\">")) == "3 11 24");
  CHECK(failures(replaced(signed_flow(), "<Enveloppe>", "<Enveloppe Id=\"x y\">")) == "3");
}

TEST_CASE("a second signature in an element is refused") {
  const std::string text = signed_flow();
  const std::string other = signature_in(signed_flow({.depenses = {"C1"}}));

  const std::string twice = replaced(text, "</Bordereau>", other + "</Bordereau>");

  CHECK(failures(twice) == "4 11 13 24");
}

TEST_CASE("two signatures of one content, each sound alone, are sound nowhere together") {
  const std::string first = signed_flow();
  const std::string second = signature_in(signed_flow());

  const std::string twice = replaced(first, "</Bordereau>", second + "</Bordereau>");

  for (const Profile profile : {Profile::helios, Profile::s2low, Profile::etsi}) {
    VerifyOptions rules = usual_rules();
    rules.profile = profile;
    const VerifyReport report = verified(twice, rules);
    CHECK_FALSE(report.valid);
    REQUIRE(report.signatures.size() >= 2);
    CHECK_FALSE(report.signatures[0].valid);
    CHECK_FALSE(report.signatures[1].valid);
    CHECK(contains(report, Check::Result::failed, 13));
  }
}

TEST_CASE("a signature that is not the last child is refused, though what it signs be whole") {
  const std::string text = signed_flow();
  const std::string signature = signature_in(text);

  CHECK(failures(replaced(replaced(text, signature, ""), "<Piece>", signature + "<Piece>")) == "4");
}

TEST_CASE("transforms that could drop the content are refused even when well signed") {
  const std::string text = signed_flow();
  const std::string second =
      std::string("<ds:Transform Algorithm=\"") + exclusive + "\"/></ds:Transforms>";

  SUBCASE("XPath") {
    const std::string xpath =
        "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\">"
        "<ds:XPath>false()</ds:XPath></ds:Transform>";
    CHECK(failures(signed_again(replaced(text, second, xpath + second))) == "10 24");
  }
  SUBCASE("XSLT") {
    const std::string xslt =
        "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/>";
    CHECK(failures(signed_again(replaced(text, second, xslt + second))) == "10 24");
  }
  SUBCASE("an XSLT that yields the same whatever the content") {
    const std::string constant =
        "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\">"
        "<xsl:stylesheet xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" version=\"1.0\">"
        "<xsl:template match=\"/\"><constant/></xsl:template></xsl:stylesheet></ds:Transform>";
    const std::string reference = between(text, "<ds:Reference URI", "</ds:Reference>");
    const std::string digest = between(reference, "<ds:DigestValue>", "</ds:DigestValue>");
    const std::string of_constant =
        base64(crypto::digest(port::DigestAlgorithm::sha256, "<constant></constant>"));
    const std::string forged =
        replaced(text, reference,
                 replaced(replaced(reference, second, constant + second), digest,
                          "<ds:DigestValue>" + of_constant + "</ds:DigestValue>"));

    CHECK(failures(signed_again(forged)) == "10 24");
    CHECK(failures(replaced(signed_again(forged), "V='832'", "V='833'")) == "10 24");
  }
  SUBCASE("parameters of the canonicalization") {
    const std::string inclusive =
        std::string("<ds:Transform Algorithm=\"") + exclusive +
        "\"><ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\" "
        "PrefixList=\"xad\"/></ds:Transform></ds:Transforms>";
    CHECK(failures(signed_again(replaced(text, second, inclusive))) == "10 24");
  }
  SUBCASE("no transform at all") {
    const std::string all = between(text, "<ds:Transforms>", "</ds:Transforms>");
    CHECK(failures(signed_again(replaced(text, all, ""))) == "10 24");
  }
}

TEST_CASE("the enveloped transform on the properties is refused with an explanation") {
  const std::string text = signed_flow();
  const std::string reference = between(text, "<ds:Reference Type", "</ds:Reference>");
  const std::string with_both =
      replaced(reference, "<ds:Transforms>",
               "<ds:Transforms><ds:Transform "
               "Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>");

  const VerifyReport report = verified(signed_again(replaced(text, reference, with_both)));

  CHECK(numbers(report, Check::Result::failed) == "10 24");
  const auto& checks = report.signatures.front().checks;
  const auto row = std::find_if(checks.begin(), checks.end(),
                                [](const Check& check) { return check.number == 10; });
  CHECK(row->message.find("xmlsec") != std::string::npos);
}

TEST_CASE("a signature of something else than its element is refused even when well signed") {
  const std::string text = signed_flow();

  SUBCASE("no reference to the content") {
    const std::string content = between(text, "<ds:Reference URI", "</ds:Reference>");
    CHECK(failures(signed_again(replaced(text, content, ""))) == "8 24");
  }
  SUBCASE("a harmless object") {
    const std::string pointing = replaced(text, "URI=\"#B1\"", "URI=\"#O1\"");
    const std::string object = replaced(pointing, "<ds:Object>", "<ds:Object Id=\"O1\">");
    CHECK(failures(signed_again(object)) == "11 24");
  }
  SUBCASE("a third reference") {
    const std::string content = between(text, "<ds:Reference URI", "</ds:Reference>");
    CHECK(failures(signed_again(replaced(text, content, content + content))) == "8 24");
  }
  SUBCASE("another element of the flow") {
    const std::string other =
        replaced(signed_flow({.depenses = {"B1", "B2"}}), "URI=\"#B1\"", "URI=\"#B2\"");
    CHECK(failures(signed_again(other)) == "11 24");
  }
  SUBCASE("the root, from a Bordereau, by its Id or by the empty address") {
    CHECK(failures(signed_again(replaced(text, "URI=\"#B1\"", "URI=\"#R1\""))) == "11 24");
    CHECK(failures(signed_again(replaced(text, "URI=\"#B1\"", "URI=\"\""))) == "8 24");
  }
  SUBCASE("an outside address, or an expression") {
    CHECK(failures(signed_again(replaced(text, "URI=\"#B1\"", "URI=\"http://x/y.xml\""))) ==
          "8 24");
    CHECK(failures(signed_again(replaced(text, "URI=\"#B1\"", "URI=\"#xpointer(id('B1'))\""))) ==
          "8 24");
  }
  SUBCASE("the properties of another signature") {
    const std::string both = signed_flow({.depenses = {"B1", "B2"}});
    CHECK(failures(signed_again(replaced(both, "URI=\"#B1_SIG_1_SP\"", "URI=\"#B2_SIG_1_SP\""))) ==
          "12 24");
  }
  SUBCASE("properties under an unknown type") {
    CHECK(failures(signed_again(replaced(text, "v1.2.2#SignedProperties\" URI",
                                         "v9#SignedProperties\" URI"))) == "12 24");
  }
}

TEST_CASE("the root may be named by the empty address, with a remark") {
  const std::string text = signed_flow({.depenses = {""}});

  const VerifyReport report = verified(signed_again(replaced(text, "URI=\"#R1\"", "URI=\"\"")));

  CHECK(report.valid);
  CHECK(numbers(report, Check::Result::warning) == "8");
}

TEST_CASE("the content is wanted first, with a remark, since S²LOW looks no further") {
  const std::string text = signed_flow();
  const std::string first = between(text, "<ds:Reference URI", "</ds:Reference>");
  const std::string second = between(text, "<ds:Reference Type", "</ds:Reference>");

  const VerifyReport report =
      verified(signed_again(replaced(text, first + second, second + first)));

  CHECK(report.valid);
  CHECK(numbers(report, Check::Result::warning) == "8");
}

TEST_CASE("algorithms out of the closed lists are refused") {
  const std::string text = signed_flow();

  SUBCASE("HMAC") {
    CHECK(failures(signed_again(
              replaced(text, "xmldsig-more#rsa-sha256", "xmldsig-more#hmac-sha256"))) == "7 24");
  }
  SUBCASE("a length for the value") {
    CHECK(
        failures(signed_again(replaced(text, "#rsa-sha256\"/>",
                                       "#rsa-sha256\"><ds:HMACOutputLength>0</ds:HMACOutputLength>"
                                       "</ds:SignatureMethod>"))) == "7 24");
  }
  SUBCASE("MD5") {
    CHECK(failures(signed_again(
              replaced(text, "2001/04/xmlenc#sha256", "2001/04/xmldsig-more#md5"))) == "9 24");
  }
  SUBCASE("inclusive canonicalization") {
    CHECK(failures(signed_again(
              replaced(text, std::string("<ds:CanonicalizationMethod Algorithm=\"") + exclusive,
                       "<ds:CanonicalizationMethod "
                       "Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315"))) == "6 24");
  }
}

TEST_CASE("the other digests of the list are recomputed") {
  const std::string text = signed_flow();
  const std::string bare = flow();
  const std::string reference = between(text, "<ds:Reference URI", "</ds:Reference>");
  std::string method;
  auto algorithm = port::DigestAlgorithm::sha384;
  SUBCASE("SHA-384") { method = "http://www.w3.org/2001/04/xmldsig-more#sha384"; }
  SUBCASE("SHA-512") {
    method = "http://www.w3.org/2001/04/xmlenc#sha512";
    algorithm = port::DigestAlgorithm::sha512;
  }
  const Bytes digest = crypto::digest(algorithm, canonical(bare, "Bordereau"));
  const std::string old = between(reference, "<ds:DigestMethod", "</ds:DigestValue>");
  const std::string other = "<ds:DigestMethod Algorithm=\"" + method + "\"/><ds:DigestValue>" +
                            base64(digest) + "</ds:DigestValue>";
  const std::string forged = replaced(text, reference, replaced(reference, old, other));

  CHECK(verified(signed_again(forged)).valid);
  CHECK(failures(replaced(signed_again(forged), "V='832'", "V='833'")) == "13 24");
}

TEST_CASE("a public key that is not the certificate's is refused") {
  const std::string text = signed_flow();
  const crypto::Pkey attacker = make_rsa_key();
  const auto certificate = crypto::describe(*make_certificate(*attacker));
  const auto key = crypto::rsa_public_key(certificate);
  const auto own = crypto::rsa_public_key(test_signer().certificate());
  const auto with_key = [&](const crypto::RsaPublicKey& one) {
    return replaced(text, "<ds:KeyInfo>",
                    "<ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>" + base64(one.modulus) +
                        "</ds:Modulus><ds:Exponent>" + base64(one.exponent) +
                        "</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>");
  };

  CHECK(failures(with_key(*key)) == "14 24");
  CHECK(verified(with_key(*own)).valid);
  // Who forges everything signs it too: a verifier that takes the key from there is satisfied.
  const auto forger = signer_of(*make_certificate(*attacker), *attacker);
  CHECK(failures(signed_again(with_key(*key), *forger)) == "14 15 24");
}

TEST_CASE("another certificate in the signature is refused") {
  const std::string text = signed_flow();
  const std::string own = base64(test_signer().certificate().der, 76);
  const auto base64_of = [](const crypto::X509Certificate& certificate) {
    return base64(crypto::describe(*certificate).der, 76);
  };

  SUBCASE("of another key") {
    const crypto::Pkey attacker = make_rsa_key();
    CHECK(failures(replaced(text, own, base64_of(make_certificate(*attacker)))) == "15 16 24");
  }
  SUBCASE("of the same key") {
    const auto twin = make_certificate(shared_key(), {.subject = {{"CN", "Un autre"}}});
    CHECK(failures(replaced(text, own, base64_of(twin))) == "16 24");
  }
  SUBCASE("none") {
    const std::string data = between(text, "<ds:X509Data>", "</ds:X509Data>");
    CHECK(failures(replaced(text, data, "<ds:X509Data/>")) == "14 24");
  }
  SUBCASE("no certificate at all") { CHECK(failures(replaced(text, own, "AAAA")) == "14 24"); }
}

TEST_CASE("of several certificates the one that the properties name is taken") {
  const std::string text = signed_flow();
  const crypto::Pkey other = make_rsa_key();
  const std::string another = "<ds:X509Certificate>" +
                              base64(crypto::describe(*make_certificate(*other)).der) +
                              "</ds:X509Certificate>";

  const VerifyReport after =
      verified(replaced(text, "</ds:X509Certificate>", "</ds:X509Certificate>" + another));
  const VerifyReport before =
      verified(replaced(text, "<ds:X509Certificate>", another + "<ds:X509Certificate>"));

  CHECK(after.valid);
  CHECK(numbers(after, Check::Result::warning).empty());
  CHECK(before.valid);
  CHECK(numbers(before, Check::Result::warning) == "14");
  CHECK(before.signatures.front().signer->sha256 == test_signer().certificate().sha256);
}

TEST_CASE("the certificate that the properties name is compared number and issuer too") {
  const std::string text = signed_flow();
  const auto edited = [&](std::string_view from, std::string_view to) {
    return verified(with_properties_signed_again(replaced(text, from, to)));
  };

  CHECK(numbers(edited("42725997494397486730", "52725997494397486730"), Check::Result::failed) ==
        "16 24");
  const VerifyReport other_issuer = edited("CN=AC &#201;lus", "CN=AC");
  CHECK(other_issuer.valid);
  CHECK(numbers(other_issuer, Check::Result::warning) == "16");
  const VerifyReport blanks = edited("&#201;lus,O=", "&#201;lus, O=");
  CHECK(numbers(blanks, Check::Result::warning).empty());
}

TEST_CASE("properties that name two certificates name none") {
  const std::string text = signed_flow();
  const std::string own = between(text, "<xad:Cert>", "</xad:Cert>");
  const std::string twice = with_properties_signed_again(replaced(text, own, own + own));

  CHECK(failures(twice) == "16 24");
}

TEST_CASE("digests of the properties are read in either namespace") {
  const std::string text = signed_flow();
  const std::string in_xad = between(text, "<xad:CertDigest>", "</xad:CertDigest>");
  std::string in_ds = replaced(in_xad, "<xad:DigestMethod", "<ds:DigestMethod");
  in_ds = replaced(replaced(in_ds, "<xad:DigestValue", "<ds:DigestValue"), "</xad:DigestValue",
                   "</ds:DigestValue");

  CHECK(verified(with_properties_signed_again(replaced(text, in_xad, in_ds))).valid);
}

TEST_CASE("a signing time is judged") {
  const auto with_time = [&](std::string_view time) {
    return verified(
        with_properties_signed_again(replaced(signed_flow(), "2026-01-05T13:45:00Z", time)));
  };

  CHECK(numbers(with_time("demain"), Check::Result::failed) == "17 24");
  CHECK(numbers(with_time("2026-01-07T13:45:00Z"), Check::Result::failed) == "17 24");
  CHECK(numbers(with_time("2026-01-05T15:45:00Z"), Check::Result::warning) == "17");
  CHECK(numbers(with_time("2026-01-05T14:45:00+01:00"), Check::Result::warning) == "17");
  CHECK(numbers(with_time("2023-12-31T23:59:59Z"), Check::Result::failed) == "21 24");
  CHECK(numbers(with_time("2026-01-05T13:45:00</xad:SigningTime><xad:SigningTime>2026"),
                Check::Result::failed) == "17 24");
}

TEST_CASE("policy and role are remarks") {
  const auto edited = [&](std::string_view from, std::string_view to) {
    return verified(with_properties_signed_again(replaced(signed_flow(), from, to)));
  };

  const VerifyReport other_policy = edited("18.21.1.7", "18.21.1.8");
  CHECK(other_policy.valid);
  CHECK(numbers(other_policy, Check::Result::warning) == "18");
  CHECK(numbers(edited("roF9+cfRHNP", "AAA9+cfRHNP"), Check::Result::warning) == "18");
  CHECK(numbers(edited("f0u5E=", "f0u5E"), Check::Result::warning).empty());
  CHECK(numbers(edited("Ordonnateur", " "), Check::Result::warning) == "19");
}

TEST_CASE("a signature of another shape is refused") {
  const std::string text = signed_flow();
  const std::string object = between(text, "<ds:Object>", "</ds:Object>");

  SUBCASE("without Id") { CHECK(failures(replaced(text, " Id=\"B1_SIG_1\"", "")) == "5 24"); }
  SUBCASE("with the properties of another signature") {
    CHECK(failures(replaced(text, "Target=\"#B1_SIG_1\"", "Target=\"#B2_SIG_1\"")) == "5 24");
  }
  SUBCASE("with a second object") {
    CHECK(failures(replaced(text, object, object + "<ds:Object>x</ds:Object>")) == "5 24");
  }
  SUBCASE("with properties shown in another place") {
    const std::string shown =
        "<ds:KeyInfo><x><xad:SignedProperties "
        "xmlns:xad=\"http://uri.etsi.org/01903/v1.3.2#\"/></x>";
    CHECK(failures(replaced(text, "<ds:KeyInfo>", shown)) == "5 24");
  }
  SUBCASE("with a manifest") {
    CHECK(failures(replaced(text, "<ds:KeyInfo>", "<ds:KeyInfo><ds:Manifest/>")) == "5 24");
  }
  SUBCASE("with properties that stand elsewhere") {
    const std::string reference =
        "<xad:QualifyingPropertiesReference xmlns:xad=\"http://uri.etsi.org/01903/v1.2.2#\" "
        "URI=\"http://127.0.0.1:9/proprietes.xml\"/>";
    CHECK(failures(replaced(text, "</ds:Object>", reference + "</ds:Object>")) == "5 24");
    CHECK(failures(replaced(text, "<ds:KeyInfo>", "<ds:KeyInfo>" + reference)) == "5 24");
  }
  SUBCASE("too large to be looked into") {
    const std::string blanks(1'100'000, ' ');
    CHECK(failures(replaced(text, "</ds:SignatureValue>", blanks + "</ds:SignatureValue>")) ==
          "5 24");
  }
  SUBCASE("the Target may lack its #") {
    CHECK(verified(replaced(text, "Target=\"#B1_SIG_1\"", "Target=\"B1_SIG_1\"")).valid);
  }
  SUBCASE("unsigned properties are a remark") {
    const VerifyReport report =
        verified(replaced(text, "</xad:QualifyingProperties>",
                          "<xad:UnsignedProperties/></xad:QualifyingProperties>"));
    CHECK(report.valid);
    CHECK(numbers(report, Check::Result::warning) == "5");
  }
}

TEST_CASE("a DOCTYPE is refused before anything else") {
  const auto code_with = [](std::string_view prolog) {
    return refusal_of(replaced(signed_flow(), "<!-- produit pour un essai -->", prolog));
  };

  CHECK(code_with("<!DOCTYPE n:PES_Aller [<!ENTITY e \"x\">]>") == ErrorCode::input_doctype);
  CHECK(code_with("<!DOCTYPE n:PES_Aller [<!ATTLIST Exer V CDATA \"2027\">]>") ==
        ErrorCode::input_doctype);
  CHECK(code_with("<!DOCTYPE n:PES_Aller SYSTEM \"http://example.org/x.dtd\">") ==
        ErrorCode::input_doctype);
}

TEST_CASE("another document, and one out of bounds, is refused before anything else") {
  const std::string text = signed_flow();
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "<a>";
  for (int i = 0; i < 300; ++i) deep += "</a>";

  CHECK(refusal_of(replaced(text, "Rev0/aller", "Rev0/autre")) == ErrorCode::input_not_pes);
  CHECK(refusal_of(replaced(text, "<Enveloppe>", deep + "<Enveloppe>")) ==
        ErrorCode::input_too_large);
  CHECK(refusal_of(replaced(text, "</Enveloppe>", "</Envelope>")) == ErrorCode::input_not_xml);
}

TEST_CASE("text is read as canonicalization has it: a comment cuts nothing") {
  const std::string text = signed_flow();

  const VerifyReport report = verified(replaced(text, "Ordonnateur", "Ordonn<!-- x -->ateur"));
  const VerifyReport hidden =
      verified(replaced(text, "2026-01-05T13:45:00Z", "2026-01-05<!-- y -->T13:45:00Z"));

  CHECK(report.valid);
  CHECK(report.signatures.at(0).role == "Ordonnateur");
  CHECK(hidden.signatures.at(0).signing_time == "2026-01-05T13:45:00Z");
}

TEST_CASE("re-indentation is refused by the digest of the content") {
  CHECK(failures(replaced(signed_flow(), "   <BlocBordereau>", "\t<BlocBordereau>")) == "13 24");
}

TEST_CASE("a canonicalization of SignedInfo that keeps more namespaces is refused") {
  const std::string method = std::string("<ds:CanonicalizationMethod Algorithm=\"") + exclusive;
  const std::string more = method + "\"><ec:InclusiveNamespaces xmlns:ec=\"" + exclusive +
                           "\" PrefixList=\"xad\"/></ds:CanonicalizationMethod>";

  CHECK(failures(signed_again(replaced(signed_flow(), method + "\"/>", more))) == "6 24");
}

TEST_CASE("a namespace that has no canonical form is refused") {
  SUBCASE("in what is signed: there is nothing to digest") {
    const std::string text = replaced(signed_flow(), "<BlocBordereau>",
                                      "<BlocBordereau xmlns:r=\"relative\" r:a=\"b\">");

    CHECK_THROWS_AS(verified(text), Error);
  }
  SUBCASE("in the signed properties") {
    const std::string text = replaced(signed_flow(), "<xad:SigningTime>",
                                      "<xad:SigningTime xmlns:r=\"relative\" r:a=\"b\">");

    CHECK_THROWS_AS(verified(text), Error);
  }
  SUBCASE("beside what is signed: xmlsec has no canonical form of such a document") {
    CHECK_THROWS_AS(verified(replaced(signed_flow(), "<Enveloppe>", "<Enveloppe xmlns:r=\"r\">")),
                    Error);
  }
}

TEST_CASE("a signed flow whose InfoDematerialisee is 0 is valid, with a remark") {
  const VerifyReport report =
      verified(replaced(signed_flow(), "InfoDematerialisee V=\"1\"", "InfoDematerialisee V=\"0\""));

  CHECK(report.valid);
  CHECK(numbers(report, Check::Result::warning) == "25");
}

TEST_CASE("signatures on Bordereaux and on the root are both judged") {
  const std::string both = signed_over_bordereaux();

  CHECK(verified(both).valid);
  const VerifyReport edited = verified(replaced(both, "034000", "034001"));
  REQUIRE(edited.signatures.size() == 2);
  CHECK(edited.signatures[0].valid);
  CHECK(edited.signatures[0].mode == SignatureMode::bordereau);
  CHECK_FALSE(edited.signatures[1].valid);
  CHECK(edited.signatures[1].mode == SignatureMode::root);
  CHECK_FALSE(edited.valid);
}

TEST_SUITE_END();
