#include "helios/reading.hpp"

#include "crypto/digest.hpp"
#include "helios/flow_reader.hpp"
#include "pes/error.hpp"
#include "support/encoding.hpp"
#include "support/file.hpp"
#include "support/refusal.hpp"
#include "support/shared.hpp"
#include "unit/helios/documents.hpp"
#include "unit/xml/memory_source.hpp"
#include "unit/xml/reference_canonical.hpp"

#include <doctest/doctest.h>
#include <pugixml.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace pes::helios {

namespace {

using port::DigestAlgorithm;

const std::vector<DigestAlgorithm> sha256 = {DigestAlgorithm::sha256};
const std::vector<DigestAlgorithm> all_digests = {DigestAlgorithm::sha1, DigestAlgorithm::sha256,
                                                  DigestAlgorithm::sha384, DigestAlgorithm::sha512};

/// Of the root and of each Bordereau.
DigestPlan of_all(const std::vector<DigestAlgorithm>& algorithms) {
  return {algorithms, algorithms};
}

Reading read(const std::string& text, std::size_t piece_size = 65536,
             const std::vector<DigestAlgorithm>& digests = sha256) {
  const auto open = [&] { return std::make_unique<test::MemorySource>(text, piece_size); };
  return read_flow(open, {}, of_all(digests));
}

std::filesystem::path sample(const char* name) { return test::shared() / "samples" / name; }

std::vector<std::filesystem::path> readable_samples() {
  std::vector<std::filesystem::path> paths;
  for (const char* folder :
       {"pes", "signed/bordereau", "signed/root", "signed/libersign-injection", "tdt"}) {
    for (const auto& entry : std::filesystem::directory_iterator(sample(folder))) {
      if (entry.path().extension() != ".xml") continue;
      try {
        read_pes_aller(entry.path());
        paths.push_back(entry.path());
      } catch (const Error&) {  // another message, or the malformed one
      }
    }
  }
  return paths;
}

std::string sliced(const std::string& text, const ByteRange& range) {
  return text.substr(range.begin, range.end - range.begin);
}

/// All of a Reading, so that two can be compared.
std::string description(const Reading& reading) {
  std::ostringstream out;
  const PesAller& flow = reading.flow;
  out << flow.root_id << '|' << flow.encoding << '|' << flow.latin1_in_first_50 << '|' << flow.size
      << '|' << flow.version << '|' << flow.nom_fic << '|' << flow.libelle_col_bud << '|'
      << flow.domains() << '|' << flow.signatures << '|' << flow.root_is_signed << '|'
      << flow.c1_bytes << '|' << reading.ascii_compatible << '\n';
  for (const auto* list : {&flow.exercices, &flow.id_bords, &flow.id_pces, &flow.natures,
                           &flow.fonctions, &flow.id_pjs}) {
    for (const std::string& value : *list) out << value << ',';
    out << '\n';
  }
  for (const Bordereau& each : flow.bordereaux) {
    out << each.id << '|' << each.exer << '|' << each.id_bord << '|' << each.mt_bord_ht << '|'
        << each.pieces << '|' << each.lignes << '|' << each.is_signed << '|' << each.line << '\n';
  }
  for (const SignableElement& each : reading.elements) {
    out << static_cast<int>(each.kind) << '|' << each.id << '|' << each.at.line << ':'
        << each.at.column << '|' << each.end_tag.value_or(0) << '|' << each.canonical_bytes;
    for (const auto& [algorithm, digest] : each.digests) {
      out << '|' << static_cast<int>(algorithm) << '=' << hex(digest);
    }
    out << '\n';
  }
  for (const SignatureElement& each : reading.signatures) {
    out << each.bytes.begin << '-' << each.bytes.end << '|' << each.at.line << ':' << each.at.column
        << '|' << each.parent.value_or(999) << '|' << each.last_child << '|' << each.wrapped
        << '\n';
  }
  for (const IdAttribute& each : reading.ids) {
    out << each.name << '=' << each.value << '@' << each.at.line << ':' << each.at.column << '\n';
  }
  for (const DematValue& each : reading.demat) {
    out << static_cast<int>(each.domain) << '|' << each.value << '|' << each.bytes.begin << '-'
        << each.bytes.end << '\n';
  }
  return out.str();
}

/// The first DigestValue of a signature and its algorithm: those of the signed element.
struct SignedDigest {
  DigestAlgorithm algorithm;
  std::string value;
};

SignedDigest signed_digest(const SignatureElement& signature) {
  pugi::xml_document document;
  REQUIRE(document.load_buffer(signature.wrapped.data(), signature.wrapped.size()));
  const pugi::xml_node reference = document.select_node("//*[local-name()='Reference']").node();
  const std::string method =
      reference.select_node("*[local-name()='DigestMethod']").node().attribute("Algorithm").value();
  return {method.ends_with("#sha1") ? DigestAlgorithm::sha1 : DigestAlgorithm::sha256,
          reference.select_node("*[local-name()='DigestValue']").node().text().get()};
}

bool matches(const Reading& reading, const SignatureElement& signature) {
  const SignedDigest expected = signed_digest(signature);
  return base64(reading.elements.at(signature.parent.value()).digests.at(expected.algorithm)) ==
         expected.value;
}

std::string signature_of(std::string_view content) {
  return "<ds:Signature>" + std::string(content) + "</ds:Signature>";
}

std::string utf16(std::string_view ascii) {
  std::string wide = "\xFF\xFE";
  for (const char c : ascii) {
    wide += c;
    wide += '\0';
  }
  return wide;
}

}  // namespace

TEST_SUITE("helios") {
  TEST_CASE("the digests of the unsigned Libersign input are the published ones") {
    if (!test::has_shared()) return;
    const Reading reading =
        read_flow(sample("signed/libersign-injection/HELIOS_SIMU_ALR2_1529593767_1834011863.xml"),
                  {}, of_all(sha256));

    REQUIRE(reading.elements.size() == 2);
    const SignableElement& root = reading.elements[0];
    const SignableElement& bordereau = reading.elements[1];
    CHECK(root.kind == SignableElement::Kind::root);
    CHECK(root.id == "ID153504434");
    CHECK(root.canonical_bytes == 2778);
    CHECK(base64(root.digests.at(DigestAlgorithm::sha256)) ==
          "Odd1h5/kbswU7XqVaavWCuJkOCmoZ4AWZEoqe6C3vWI=");
    CHECK(bordereau.kind == SignableElement::Kind::depense);
    CHECK(bordereau.id == "BORD822933");
    CHECK(bordereau.canonical_bytes == 1715);
    CHECK(base64(bordereau.digests.at(DigestAlgorithm::sha256)) ==
          "dovf/kQSqohYT8iQPhk/D9LCkwGJjp3kD1GfAx++sCE=");
  }

  TEST_CASE("what a signature covers has the digest that it states, unless it was altered") {
    if (!test::has_shared()) return;
    struct Expected {
      const char* name;
      bool intact;
    };
    for (const Expected& expected : std::vector<Expected>{
             {"signed/bordereau/pastell-fichier_signe.xml", true},
             {"signed/bordereau/pastell-fichier_signe-older.xml", true},
             {"signed/bordereau/pastell-SHA256_bordereau.xml", true},
             {"signed/bordereau/pastell-PESALR2_171227_2045.xml", true},
             {"signed/bordereau/stela-PESALR2_190328_001.xml", true},
             {"signed/bordereau/stela-test-perime-04-04-2016.xml", true},
             {"signed/root/s2low-HELIOS_SIMU_ALR2_1445334258_694103934.xml", true},
             {"signed/root/s2low-HELIOS_SIMU_ALR2_bad_signature.xml", false},
             {"pes/aller-dep-signed-stray-pj.xml", true},
             {"tdt/pastell_pes_aller_signe_bordereau.xml", true},
             {"tdt/derived_pes_aller_signe_bordereau_altere.xml", false},
         }) {
      CAPTURE(std::string(expected.name));
      const Reading reading = read_flow(sample(expected.name), {}, of_all(all_digests));
      REQUIRE(reading.signatures.size() == 1);
      CHECK(reading.signatures[0].last_child);
      CHECK(matches(reading, reading.signatures[0]) == expected.intact);
    }
  }

  TEST_CASE("offsets cut the file where they say") {
    if (!test::has_shared()) return;
    for (const std::filesystem::path& path : readable_samples()) {
      CAPTURE(path.native());
      const std::string text = read_file(path, 10'000'000);
      const Reading reading = read_flow(path, {}, {});

      CHECK(reading.flow.size == text.size());
      for (const SignableElement& element : reading.elements) {
        const std::string name =
            element.kind == SignableElement::Kind::root ? "</n:PES_Aller" : "</Bordereau";
        REQUIRE(element.end_tag);
        CHECK(text.substr(*element.end_tag, name.size()) == name);
      }
      for (const SignatureElement& signature : reading.signatures) {
        const std::string raw = sliced(text, signature.bytes);
        CHECK(raw.starts_with("<ds:Signature"));
        CHECK(raw.ends_with("</ds:Signature>"));
        CHECK(signature.wrapped.ends_with(raw + "</w>"));
      }
      for (const DematValue& demat : reading.demat) CHECK(sliced(text, demat.bytes) == demat.value);
    }
  }

  TEST_CASE("a reading is the same however the file is cut") {
    if (!test::has_shared()) return;
    for (const std::filesystem::path& path : readable_samples()) {
      const std::string text = read_file(path, 10'000'000);
      if (text.size() > 300'000) continue;
      CAPTURE(path.native());
      const std::string whole = description(read(text));
      for (const std::size_t size : {1U, 2U, 3U, 7U}) {
        CAPTURE(size);
        CHECK((description(read(text, size)) == whole));
      }
    }
  }

  TEST_CASE("a wrapped signature has the canonical form that it has in its document") {
    if (!test::has_shared()) return;
    for (const std::filesystem::path& path : readable_samples()) {
      const std::string text = read_file(path, 10'000'000);
      if (text.size() > 300'000) continue;
      CAPTURE(path.native());
      const auto in_document = test::reference_canonical_forms(text).value();
      for (const SignatureElement& signature : read(text).signatures) {
        const auto alone = test::reference_canonical_forms(signature.wrapped).value();
        CHECK(alone.size() > 10);
        CHECK(std::search(in_document.begin(), in_document.end(), alone.begin() + 1, alone.end()) !=
              in_document.end());
      }
    }
  }

  TEST_CASE("the wrapper declares what the signature needs from above") {
    const std::string text = test::flow_of(
        "<PES_DepenseAller xmlns:q='urn:a?b&amp;c' xmlns:\xE9='urn:e'>"
        "<Bordereau xmlns:p='urn:hidden'><x xmlns:p='urn:closed'/>"
        "<ds:Signature xmlns:p='urn:own'><ds:a p:b='1'/><q:c \xE9:d='2'>\xE9&lt;</q:c>"
        "</ds:Signature></Bordereau></PES_DepenseAller>");
    const Reading reading = read(text);

    REQUIRE(reading.signatures.size() == 1);
    const auto alone = test::reference_canonical_forms(reading.signatures[0].wrapped);
    const auto in_document = test::reference_canonical_forms(text);
    REQUIRE(alone);
    REQUIRE(in_document);
    CHECK(std::search(in_document->begin(), in_document->end(), alone->begin() + 1, alone->end()) !=
          in_document->end());
    CHECK(reading.signatures[0].wrapped.find("urn:closed") == std::string::npos);
  }

  TEST_CASE("the wrapper escapes the names of namespaces") {
    const Reading reading =
        read(test::flow_of("<x xmlns:q='&lt;\"&amp;\xE9&#x20AC;&#9;&#x1F600;>'>" +
                           signature_of("") + "</x>"),
             65536, {});
    const std::string& wrapped = reading.signatures.at(0).wrapped;
    pugi::xml_document document;
    REQUIRE(document.load_buffer(wrapped.data(), wrapped.size()));

    CHECK(std::string(document.document_element().attribute("xmlns:q").value()) == "<\"&é€\t😀>");
  }

  TEST_CASE("a default namespace above the signature is in the wrapper") {
    const std::string text = test::flow_of(
        "<x xmlns='urn:default'><Signature xmlns='http://www.w3.org/2000/09/xmldsig#'>"
        "<y xmlns='urn:z'/></Signature><ds:Signature><inner/></ds:Signature></x>");
    const Reading reading = read(text);

    REQUIRE(reading.signatures.size() == 2);
    for (const SignatureElement& signature : reading.signatures) {
      CHECK_FALSE(signature.parent);
      CHECK(signature.wrapped.find(" xmlns=\"urn:default\"") != std::string::npos);
    }
    const auto alone = test::reference_canonical_forms(reading.signatures[1].wrapped).value();
    CHECK(alone.back() == "<inner xmlns=\"urn:default\"></inner>");
  }

  TEST_CASE("each canonical form leaves out its own signature only") {
    const std::string pieces = "<BlocBordereau><IdBord V='1'/></BlocBordereau><Piece/>";
    const std::string inner = signature_of("<a/>");
    const std::string outer = signature_of("<b/>");
    const auto flow = [&](const std::string& in_bordereau, const std::string& in_root) {
      return test::flow_of("<PES_DepenseAller><Bordereau Id='B'>" + pieces + in_bordereau +
                               "</Bordereau></PES_DepenseAller>" + in_root,
                           "Id='R'");
    };
    const auto digest = [](const Reading& reading, std::size_t rank) {
      return hex(reading.elements.at(rank).digests.at(DigestAlgorithm::sha256));
    };
    const Reading bare = read(flow("", ""));
    const Reading in_bordereau = read(flow(inner, ""));
    const Reading in_both = read(flow(inner, outer));

    CHECK(digest(in_bordereau, 1) == digest(bare, 1));
    CHECK(digest(in_bordereau, 0) != digest(bare, 0));
    CHECK(digest(in_both, 0) == digest(in_bordereau, 0));
    CHECK(digest(in_both, 1) == digest(bare, 1));
  }

  TEST_CASE("a signature deeper than a child is part of the canonical form") {
    const Reading with =
        read(test::flow_of("<PES_DepenseAller><Bordereau><Piece>" + signature_of("") +
                           "</Piece></Bordereau></PES_DepenseAller>"));
    const Reading without =
        read(test::flow_of("<PES_DepenseAller><Bordereau><Piece></Piece></Bordereau>"
                           "</PES_DepenseAller>"));

    CHECK(with.elements[1].digests != without.elements[1].digests);
  }

  TEST_CASE("a bordereau is canonicalised in its document, not alone") {
    const std::string text = test::flow_of(
        "<PES_DepenseAller><Bordereau Id='B'><x xsi:nil='true' V='1'/></Bordereau>"
        "</PES_DepenseAller>",
        "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'");
    const Reading reading = read(text);
    const std::string expected = test::reference_canonical_forms(text)->at(2);

    CHECK(expected.find("xmlns:xsi=") != std::string::npos);
    CHECK(reading.elements[1].canonical_bytes == expected.size());
    CHECK(reading.elements[1].digests.at(DigestAlgorithm::sha256) ==
          crypto::digest(DigestAlgorithm::sha256, expected));
  }

  TEST_CASE("the place of a signature tells its parent and whether it is the last child") {
    const std::string text =
        test::flow_of("<PES_DepenseAller><Bordereau>" + signature_of("") + "<Piece/></Bordereau>" +
                      signature_of("") + "</PES_DepenseAller><PES_PJ><Bordereau>" +
                      signature_of("") + "</Bordereau></PES_PJ><PES_RecetteAller><Bordereau>" +
                      signature_of("<ds:Object>" + signature_of("inner") + "</ds:Object>") +
                      " <!-- nothing --> </Bordereau></PES_RecetteAller>" + signature_of(""));
    const Reading reading = read(text);

    REQUIRE(reading.elements.size() == 3);
    CHECK(reading.elements[1].kind == SignableElement::Kind::depense);
    CHECK(reading.elements[2].kind == SignableElement::Kind::recette);
    REQUIRE(reading.signatures.size() == 6);
    CHECK(reading.signatures[0].parent == 1);
    CHECK_FALSE(reading.signatures[0].last_child);
    CHECK_FALSE(reading.signatures[1].parent);
    CHECK(reading.signatures[1].last_child);
    CHECK_FALSE(reading.signatures[2].parent);
    CHECK(reading.signatures[3].parent == 2);
    CHECK(reading.signatures[3].last_child);
    CHECK_FALSE(reading.signatures[4].parent);
    CHECK(sliced(text, reading.signatures[4].bytes) == signature_of("inner"));
    CHECK(reading.signatures[4].wrapped.ends_with(signature_of("inner") + "</w>"));
    CHECK(reading.signatures[5].parent == 0);
    CHECK(reading.flow.signatures == 6);
    CHECK(reading.flow.root_is_signed);
    CHECK(reading.flow.bordereaux[0].is_signed);
    CHECK(reading.flow.bordereaux[1].is_signed);
  }

  TEST_CASE("two signatures at one place are both there, the first not the last") {
    const Reading reading = read(test::flow_of(signature_of("") + signature_of("")));

    REQUIRE(reading.signatures.size() == 2);
    CHECK_FALSE(reading.signatures[0].last_child);
    CHECK(reading.signatures[1].last_child);
  }

  TEST_CASE("a Signature of another namespace is none") {
    const Reading reading =
        read(test::flow_of("<Signature/><n:Signature/><s:Signature xmlns:s='urn:s'/>"));
    CHECK(reading.signatures.empty());
    CHECK(reading.flow.signatures == 0);
  }

  TEST_CASE("a signature larger than the bound is found but not kept") {
    const std::string text =
        test::flow_of(signature_of(std::string(1'100'000, 'x')) + signature_of("small"));
    const Reading reading = read(text);

    REQUIRE(reading.signatures.size() == 2);
    CHECK(reading.signatures[0].wrapped.empty());
    CHECK(sliced(text, reading.signatures[0].bytes).ends_with("xx</ds:Signature>"));
    CHECK(reading.signatures[1].wrapped.find("small") != std::string::npos);
  }

  TEST_CASE("a signature of almost the bound is kept") {
    const std::string content((1U << 20U) - 100, 'x');
    for (const std::size_t size : {1000U, 65536U}) {
      const Reading reading = read(test::flow_of(signature_of(content)), size);
      CHECK(reading.signatures.at(0).wrapped.find(content) != std::string::npos);
    }
  }

  TEST_CASE("Ids of every spelling are collected everywhere") {
    const Reading reading =
        read(test::flow_of("<a ID='1'/>\n<b id='2' n:Id='no'/><c xml:id='3' iD='5'/>" +
                               signature_of("<ds:Object Id='4'/>"),
                           "Id='0'"));
    std::vector<std::string> found;
    for (const IdAttribute& id : reading.ids) found.push_back(id.name + "=" + id.value);

    CHECK(found == std::vector<std::string>{"Id=0", "ID=1", "id=2", "xml:id=3", "iD=5", "Id=4"});
    CHECK(reading.ids[2].at.line == 3);
    CHECK(reading.ids[2].at.column == 1);
  }

  TEST_CASE("an empty-element tag has no place for a signature") {
    const Reading reading =
        read(test::flow_of("<PES_RecetteAller><Bordereau/></PES_RecetteAller>"));
    CHECK_FALSE(reading.elements.at(1).end_tag);
    CHECK(reading.elements[1].canonical_bytes == std::string("<Bordereau></Bordereau>").size());
  }

  TEST_CASE("without digests nothing is canonicalised") {
    const Reading reading =
        read(test::flow_of("<PES_RecetteAller><Bordereau/></PES_RecetteAller>"), 65536, {});
    for (const SignableElement& element : reading.elements) {
      CHECK(element.digests.empty());
      CHECK(element.canonical_bytes == 0);
    }
  }

  TEST_CASE("InfoDematerialisee is found in both headers and nowhere else") {
    const std::string text = test::flow_of(
        "<PES_DepenseAller><EnTeteDepense><InfoDematerialisee\n V = '0'/></EnTeteDepense>"
        "<x><InfoDematerialisee V='no'/></x></PES_DepenseAller><PES_RecetteAller>"
        "<EnTeteRecette><InfoDematerialisee x='V=\"9\"' V=\"true\"></InfoDematerialisee>"
        "</EnTeteRecette></PES_RecetteAller>");
    const Reading reading = read(text);

    REQUIRE(reading.demat.size() == 2);
    CHECK(reading.demat[0].domain == Domain::depense);
    CHECK(sliced(text, reading.demat[0].bytes) == "0");
    CHECK(reading.demat[1].domain == Domain::recette);
    CHECK(sliced(text, reading.demat[1].bytes) == "true");
  }

  TEST_CASE("a file is digested as the replacements will make it") {
    const std::string text = test::flow_of(
        "<PES_DepenseAller><EnTeteDepense><InfoDematerialisee V='0'/></EnTeteDepense>"
        "<Bordereau Id='B'/></PES_DepenseAller>",
        "Id='R'");
    const Reading before = read(text);
    const ByteRange value = before.demat.at(0).bytes;
    for (const char* replacement : {"1", "true", ""}) {
      CAPTURE(std::string(replacement));
      std::string changed = text;
      changed.replace(value.begin, value.end - value.begin, replacement);
      const test::WrittenFile file(text);

      const Reading reading = read_flow(file.path(), {}, of_all(sha256), {{value, replacement}});

      CHECK(description(reading) == description(read(changed)));
      CHECK(reading.elements[0].digests != before.elements[0].digests);
      CHECK(reading.elements[1].digests == before.elements[1].digests);
    }
  }

  TEST_CASE("UTF-16 gives the same digests, without places") {
    std::string text = test::flow_of(
        "<PES_DepenseAller><EnTeteDepense><InfoDematerialisee V='0'/></EnTeteDepense>"
        "<Bordereau Id='B'><Piece/>" +
        signature_of("") + "</Bordereau></PES_DepenseAller>");
    text.replace(text.find("ISO-8859-1"), 10, "UTF-16");
    const std::string wide = utf16(text);
    text.replace(text.find("UTF-16"), 6, "UTF-8");

    const Reading reading = read(wide);

    CHECK_FALSE(reading.ascii_compatible);
    CHECK(reading.flow.encoding == "UTF-16");
    CHECK(reading.elements.at(1).digests == read(text).elements.at(1).digests);
    REQUIRE(reading.signatures.size() == 1);
    CHECK(
        reading.signatures[0].wrapped.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w "));
    CHECK(reading.signatures[0].wrapped.ends_with("</ds:Signature></w>"));
    CHECK(reading.demat.at(0).bytes.end == 0);
  }

  TEST_CASE("a namespace without canonical form is refused at its place when digests are wanted") {
    const std::string text = test::flow_of("\n <a xmlns:r='relative'/>");
    CHECK(read(text, 65536, {}).elements.size() == 1);
    const Error refused = test::refusal([&] { (void)read(text); });
    CHECK(refused.code() == ErrorCode::input_invalid);
    CHECK(refused.message().find(":3:2: ") != std::string::npos);
    CHECK(refused.message().find("« relative »") != std::string::npos);
  }
}

}  // namespace pes::helios
