// The xmlsec1 command judges what we sign: another implementation of XML signature.

#include "crypto/digest.hpp"
#include "pes/error.hpp"
#include "support/encoding.hpp"
#include "unit/crypto/test_keys.hpp"
#include "unit/xades/bench.hpp"
#include "unit/xml/reference_canonical.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>

using namespace pes;
using namespace pes::test;

namespace {

int run(const std::string& command) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread runs in this test.
  return std::system((command + " >/dev/null 2>&1").c_str());
}

bool has_xmlsec() {
  if (run("xmlsec1 --version") == 0) return true;
  std::cout << "SKIPPED: there is no xmlsec1 command\n";
  return false;
}

/// @param element local name of the signed element
bool xmlsec_accepts(const std::string& text, const std::string& element,
                    const std::string& signature) {
  const Bench bench(text);
  return run("xmlsec1 --verify --insecure --enabled-key-data x509 --id-attr:Id " + element +
             " --node-xpath \"//*[local-name()='Signature'][@Id='" + signature + "']\" '" +
             bench.input().native() + "'") == 0;
}

bool we_accept(const std::string& text) {
  try {
    return verified(text).valid;
  } catch (const Error&) {
    return false;
  }
}

constexpr const char* root_name = "http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller:PES_Aller";

struct Stretch {
  std::size_t begin, end;
};

/// Where every byte is signed: content, signed properties, SignedInfo and its value, less the last
/// characters of the latter whose spare bits base64 ignores.
std::vector<Stretch> signed_stretches(const std::string& text, std::string_view content_start) {
  const auto stretch = [&](std::string_view from, std::string_view to, std::size_t less) {
    const std::size_t begin = text.find(from);
    const std::size_t end = text.find(to, begin);
    REQUIRE(end != std::string::npos);
    return Stretch{begin + from.size(), end - less};
  };
  return {stretch(content_start, "<ds:Signature ", 0),
          stretch("<ds:SignedInfo>", "</ds:SignedInfo>", 0),
          stretch("_SV\">", "</ds:SignatureValue>", 4),
          stretch("<xad:SignedSignatureProperties>", "</xad:SignedSignatureProperties>", 0)};
}

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Comments are not part of what is signed.
std::string signed_without_comment(const FlowWish& wish) {
  return replaced(signed_flow(wish), "<!-- commentaire -->", "");
}

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("xmlsec1 accepts our signatures") {
  if (!has_xmlsec()) return;

  SUBCASE("on each Bordereau") {
    const std::string text = signed_flow({.depenses = {"B1", "B2"}, .recettes = {"B3"}});
    for (const std::string id : {"B1", "B2", "B3"}) {
      CHECK(xmlsec_accepts(text, "Bordereau", id + "_SIG_1"));
    }
  }
  SUBCASE("on the root") {
    const std::string text = signed_flow({.depenses = {""}, .recettes = {""}});
    CHECK(xmlsec_accepts(text, root_name, "R1_SIG_1"));
  }
  SUBCASE("with CR LF, accents in every place, UTF-8") {
    const Bench bench(with_crlf(flow({.encoding = "UTF-8", .objet = "Été à 3 €"})));
    SigningRequest request = bench.request();
    request.properties = {"Élue déléguée <1 €>", "Sète", "34200", "France"};
    sign_pes_aller(request, test_signer());
    CHECK(xmlsec_accepts(read_bytes(bench.output()), "Bordereau", "B1_SIG_1"));
  }
  SUBCASE("where a prefix used in the Bordereau is declared above it") {
    const std::string bare = replaced(flow(), "<Exer ", "<Exer xsi:nil=\"false\" ");
    const Bench bench(replaced(
        bare, " xmlns:xad", " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xad"));
    sign_pes_aller(bench.request(), test_signer());
    CHECK(xmlsec_accepts(read_bytes(bench.output()), "Bordereau", "B1_SIG_1"));
  }
  SUBCASE("once InfoDematerialisee was changed") {
    const Bench bench(
        flow({.depenses = {""}, .demat = "<InfoDematerialisee V=\"0\"></InfoDematerialisee>"}));
    SigningRequest request = bench.request();
    request.set_dematerialisee = true;
    sign_pes_aller(request, test_signer());
    CHECK(xmlsec_accepts(read_bytes(bench.output()), root_name, "R1_SIG_1"));
  }
  SUBCASE("on a Bordereau with CDATA, entities, tabs in attributes and instructions") {
    const std::string bare = flow({.objet = "&lt;a&gt;\t&#9;&#10;&#xE9;&quot;&amp;"});
    const Bench bench(
        replaced(bare, "<Piece>", "<Piece><?pi  data ?><x>a<![CDATA[<b>&]]>&#13;\r\nc</x>"));
    sign_pes_aller(bench.request(), test_signer());
    CHECK(xmlsec_accepts(read_bytes(bench.output()), "Bordereau", "B1_SIG_1"));
  }
}

TEST_CASE("one byte changed in what is signed is refused by us wherever it is") {
  std::string text;
  std::string_view start;
  SUBCASE("in a Bordereau") {
    text = signed_without_comment({});
    start = "<Bordereau Id=\"B1\">";
  }
  SUBCASE("in the root") {
    text = signed_without_comment({.depenses = {""}});
    start = "Id=\"R1\">";
  }
  REQUIRE(we_accept(text));

  std::size_t tried = 0;
  for (const Stretch& stretch : signed_stretches(text, start)) {
    for (std::size_t i = stretch.begin; i < stretch.end; i += 13) {
      if (!is_letter_or_digit(text[i])) continue;
      std::string changed = text;
      changed[i] = changed[i] == '7' ? '3' : '7';
      CAPTURE(i);
      CHECK_FALSE(we_accept(changed));
      ++tried;
    }
  }
  CHECK(tried > 100);
}

TEST_CASE("one byte changed in what is signed is refused by xmlsec1 as well") {
  if (!has_xmlsec()) return;
  const std::string text = signed_without_comment({});

  std::size_t tried = 0;
  for (const Stretch& stretch : signed_stretches(text, "<Bordereau Id=\"B1\">")) {
    for (std::size_t i = stretch.begin; i < stretch.end; i += 97) {
      if (!is_letter_or_digit(text[i])) continue;
      std::string changed = text;
      changed[i] = changed[i] == '7' ? '3' : '7';
      CAPTURE(i);
      CHECK_FALSE(we_accept(changed));
      CHECK_FALSE(xmlsec_accepts(changed, "Bordereau", "B1_SIG_1"));
      ++tried;
    }
  }
  CHECK(tried > 10);
}

TEST_CASE("xmlsec1 and we agree on a line feed before the signature, and on a comment") {
  if (!has_xmlsec()) return;
  const std::string text = signed_flow();
  const std::string line_feed = replaced(text, "<ds:Signature ", "\n<ds:Signature ");
  const std::string comment = replaced(text, "<Piece>", "<Piece><!-- x -->");

  CHECK_FALSE(xmlsec_accepts(line_feed, "Bordereau", "B1_SIG_1"));
  CHECK_FALSE(we_accept(line_feed));
  CHECK(xmlsec_accepts(comment, "Bordereau", "B1_SIG_1"));
  CHECK(we_accept(comment));
}

TEST_CASE("a text of 12 MB is signed with the digest that libxml2 finds") {
  // xmlsec1 has no option for texts of more than 10 MB, so the referee is libxml2's own
  // canonicalization of the whole tree.
  constexpr std::size_t size = 12'000'000;
  std::string text = flow({.depenses = {""}});
  text = replaced(text, "</PES_PJ>", "<Fichier>" + std::string(size, 'A') + "</Fichier></PES_PJ>");
  const Bench bench(text);
  const std::string expected = base64(
      crypto::digest(port::DigestAlgorithm::sha256, test::reference_canonical_form(text).value()));

  sign_pes_aller(bench.request(), test_signer());

  const std::string signed_text = read_bytes(bench.output());
  CHECK(signed_text.find("<ds:DigestValue>" + expected + "</ds:DigestValue>") != std::string::npos);
  CHECK(verified(signed_text).valid);
}

TEST_SUITE_END();
