#include "crypto/digest.hpp"
#include "pes/seda.hpp"
#include "pes/time.hpp"
#include "support/file.hpp"
#include "support/owned.hpp"
#include "support/refusal.hpp"
#include "support/shared.hpp"

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <pugixml.hpp>

#include <algorithm>
#include <cstring>

namespace {

pes::SedaAgreement agreement() {
  return {.archival = {"FRAD000", "Archives départementales"},
          .transferring = {"VERSANT_PES", "Service versant PES"},
          .originating = {"PRODUCTEUR_FINANCES", "Direction des finances"},
          .agreement = "ACCORD_PES",
          .profile = "Profil_PES_AP_v3"};
}

/// A small dossier made up here.
pes::SedaRequest request() {
  pes::SedaRequest result;
  result.agreement = agreement();
  result.transfer_id = "T_1";
  result.date = pes::parse_iso8601("2024-02-29T10:00:00Z").value();
  result.entity_name = "Ville de Test";
  result.entity_siren = "123456782";
  result.tdt_name = "S²LOW";
  result.flow.nom_fic = "FLUX_1.xml";
  result.flow.dte_str = "2024-01-15";
  result.flow.id_post = "035001";
  result.flow.id_coll = "12345678200010";
  result.flow.cod_col = "400";
  result.flow.cod_bud = "01";
  result.flow.libelle_col_bud = "VILLE DE TEST";
  result.flow.has_depense = true;
  result.flow.has_recette = true;
  result.flow.id_bords = {"7", "8"};
  result.flow.id_pces = {"70", "71"};
  result.pes_aller = {.name = "flux.xml", .size = 12, .sha256 = std::string(64, 'a')};
  result.acquit.emplace();
  result.acquit->dte_str = "2024-01-20";
  result.pes_acquit =
      pes::ArchiveEntry{.name = "acquit.xml", .size = 5, .sha256 = std::string(64, 'b')};
  return result;
}

/// A bordereau as XPath sees it.
class BordereauSeda {
 public:
  explicit BordereauSeda(const pes::SedaRequest& request)
      : xml(pes::build_bordereau_seda(request)) {
    REQUIRE(document_.load_string(xml.c_str()));
  }

  [[nodiscard]] std::string text(const char* path) const {
    return document_.select_node(path).node().text().get();
  }
  [[nodiscard]] std::vector<std::string> texts(const char* path) const {
    std::vector<std::string> result;
    for (const auto& found : document_.select_nodes(path)) {
      result.emplace_back(found.node().text().get());
    }
    return result;
  }
  [[nodiscard]] std::size_t count(const char* path) const {
    return document_.select_nodes(path).size();
  }

  std::string xml;

 private:
  pugi::xml_document document_;
};

std::filesystem::path seda_schema() {
  return pes::test::shared() / "schemas/seda/seda-1.0/seda_v1-0.xsd";
}

std::filesystem::path sample(const std::string& name) {
  return pes::test::shared() / "samples/sae" / name;
}

pes::ArchiveEntry entry_of(const std::filesystem::path& file) {
  const auto digest = pes::crypto::digest_file(file);
  return {.name = file.filename(), .path = file, .size = digest.size, .sha256 = digest.sha256};
}

/// The dossier of the samples, from its two files.
pes::SedaRequest sample_request() {
  const auto pes_file = sample("seda-1.0/fichier_pes.xml");
  const auto acquit_file = sample("seda-1.0/fichier_reponse.xml");
  pes::SedaRequest result;
  result.agreement = agreement();
  result.pes_aller = entry_of(pes_file);
  result.pes_acquit = entry_of(acquit_file);
  result.transfer_id = result.pes_aller.sha256 + "_1700000000";
  result.date = pes::Instant(std::chrono::seconds(1'700'000'000));
  result.entity_name = "COMMUNE";
  result.entity_siren = "123456789";
  result.tdt_name = "pes";
  result.flow = pes::read_pes_aller(pes_file);
  result.acquit = pes::read_pes_acquit(pes::read_file(acquit_file, 1U << 20U));
  return result;
}

bool follows_published_profile(const std::string& xml) {
  using Parser = pes::Owned<xmlRelaxNGParserCtxt, xmlRelaxNGFreeParserCtxt>;
  using Profile = pes::Owned<xmlRelaxNG, xmlRelaxNGFree>;
  using Check = pes::Owned<xmlRelaxNGValidCtxt, xmlRelaxNGFreeValidCtxt>;
  using Document = pes::Owned<xmlDoc, xmlFreeDoc>;
  const Parser parser(
      xmlRelaxNGNewParserCtxt(sample("seda-1.0/Profil_PES_AP_v3-3.0.4.rng").c_str()));
  const Profile profile(xmlRelaxNGParse(parser.get()));
  REQUIRE(profile != nullptr);
  const Document document(
      xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr, XML_PARSE_NONET));
  const Check check(xmlRelaxNGNewValidCtxt(profile.get()));
  return xmlRelaxNGValidateDoc(check.get(), document.get()) == 0;
}

/// The leaves of a tree, each with its path, attributes and text; blanks do not count.
void list_leaves(pugi::xml_node node, const std::string& path, std::vector<std::string>& leaves) {
  std::string step = path + "/" + node.name();
  std::vector<std::string> attributes;
  for (const auto attribute : node.attributes()) {
    if (std::strcmp(attribute.name(), "xmlns") == 0) continue;
    attributes.push_back(std::string(attribute.name()) + "=" + attribute.value());
  }
  std::sort(attributes.begin(), attributes.end());
  for (const std::string& attribute : attributes) step += "[" + attribute + "]";
  const auto has_element = [](pugi::xml_node child) { return child.type() == pugi::node_element; };
  if (node.find_child(has_element)) {
    for (const auto child : node.children()) {
      if (has_element(child)) list_leaves(child, step, leaves);
    }
    return;
  }
  std::string words;
  for (const char c : std::string(node.text().get()) + " ") {
    const bool is_blank = c == ' ' || c == '\n';
    if (!is_blank) words += c;
    if (is_blank && !words.empty() && words.back() != ' ') words += ' ';
  }
  leaves.push_back(step + "=" + words);
}

std::vector<std::string> leaves_of(const std::string& xml) {
  pugi::xml_document document;
  REQUIRE(document.load_string(xml.c_str()));
  std::vector<std::string> leaves;
  list_leaves(document.document_element(), "", leaves);
  return leaves;
}

}  // namespace

TEST_SUITE("seda") {
  TEST_CASE("the dossier of the samples gives their bordereau, our own words apart") {
    if (!pes::test::has_shared()) return;
    const std::string ours = pes::build_bordereau_seda(sample_request());
    const auto written = leaves_of(ours);
    const auto known = leaves_of(
        pes::read_file(sample("pes-minimal/bordereau_seda-1.0_profil_pes_ap_v3.xml"), 1U << 20U));

    REQUIRE(written.size() == known.size());
    std::vector<std::string> different;
    for (std::size_t i = 0; i < written.size(); ++i) {
      if (written[i] == known[i]) continue;
      different.push_back(written[i].substr(0, written[i].find_first_of("[=")));
    }
    // The date is the same instant, written Z instead of +00:00; the type of a keyword also
    // names its list, a description its language.
    const std::string archive = "/ArchiveTransfer/Archive";
    CHECK(different == std::vector<std::string>{
                           "/ArchiveTransfer/Comment", "/ArchiveTransfer/Date",
                           archive + "/ContentDescription/CustodialHistory/CustodialHistoryItem",
                           archive + "/ContentDescription/Keyword/KeywordType",
                           archive + "/ArchiveObject/ContentDescription/Description"});
  }

  TEST_CASE("the bordereau is valid for the schema and for the published profile") {
    if (!pes::test::has_shared()) return;

    SUBCASE("of the samples") {
      const std::string xml = pes::build_bordereau_seda(sample_request());

      CHECK(pes::validate_against_schema(xml, seda_schema()).empty());
      CHECK(follows_published_profile(xml));
    }
    SUBCASE("made up") {
      const std::string xml = pes::build_bordereau_seda(request());

      CHECK(pes::validate_against_schema(xml, seda_schema()).empty());
      CHECK(follows_published_profile(xml));
    }
  }

  TEST_CASE("whatever may be absent or chosen, the bordereau is valid for the schema") {
    if (!pes::test::has_shared()) return;
    pes::SedaRequest changed = request();

    SUBCASE("no acquit") {
      changed.acquit.reset();
      changed.pes_acquit.reset();
    }
    SUBCASE("a journal") {
      changed.journal =
          pes::ArchiveEntry{.name = "journal.json", .size = 2, .sha256 = std::string(64, 'c')};
    }
    SUBCASE("another profile, with a service level") {
      changed.agreement.profile = "EMEG_PROFIL_PES_0002";
      changed.agreement.service_level = "N1";
      changed.agreement.archive_level = "recordgrp";
      changed.agreement.pes_level = "file";
      changed.agreement.appraisal_code = "conserver";
      changed.agreement.access_code = "AR038";
    }
    SUBCASE("agencies without names, entity without SIREN") {
      changed.agreement.archival.name.clear();
      changed.agreement.transferring.name.clear();
      changed.agreement.originating.name.clear();
      changed.entity_siren.clear();
    }
    SUBCASE("no date anywhere") {
      changed.flow.dte_str = "hier";
      changed.acquit->dte_str.clear();
    }
    SUBCASE("markup in the names") {
      changed.entity_name = "A & B <\"'>";
      changed.pes_aller.name = "a&b\"<'>.xml";
      changed.flow.id_bords = {"<1>"};
    }
    SUBCASE("hundreds of pieces") {
      for (int i = 0; i < 900; ++i) changed.flow.id_pces.push_back(std::to_string(i));
    }

    const auto faults =
        pes::validate_against_schema(pes::build_bordereau_seda(changed), seda_schema());

    CHECK(faults.empty());
    if (!faults.empty()) MESSAGE(faults.front().message);
  }

  TEST_CASE("the agreement's missing keys are named, all at once") {
    pes::SedaRequest incomplete = request();
    incomplete.agreement.agreement.clear();
    incomplete.agreement.archival.identification = " ";

    const pes::Error error = pes::test::refusal([&] { pes::build_bordereau_seda(incomplete); });

    CHECK(error.code() == pes::ErrorCode::config_missing);
    CHECK(error.message() ==
          "the archival agreement is not told whole: sae.archival_agency, sae.agreement");

    incomplete.agreement = {};
    CHECK(pes::test::refusal([&] { pes::build_bordereau_seda(incomplete); }).message() ==
          "the archival agreement is not told whole: sae.archival_agency, "
          "sae.transferring_agency, sae.originating_agency, sae.agreement, sae.profile");
  }

  TEST_CASE("the flow is told in the words of the field") {
    const BordereauSeda bordereau(request());

    CHECK(bordereau.text("//Archive/Name") ==
          "Flux comptable PES_RecetteAller, PES_DepenseAller en date du 2024-01-15 de VILLE DE "
          "TEST");
    CHECK(bordereau.text("//Archive/ContentDescription/Description") ==
          "Identifiant du payeur : 035001 Identifiant de l'ordonnateur : 12345678200010 Code du "
          "budget : 01 Domaine : PES_RecetteAller, PES_DepenseAller");
    CHECK(bordereau.text("//OriginatingAgencyArchiveIdentifier") == "FLUX_1.xml");
    CHECK(bordereau.text("/ArchiveTransfer/Comment") ==
          "Transfert d'un flux PES issu du TdT S²LOW : FLUX_1.xml");
    CHECK(bordereau.texts("//Archive/ContentDescription/Keyword/KeywordContent") ==
          std::vector<std::string>{"Ville de Test", "PES_RecetteAller, PES_DepenseAller",
                                   "comptabilité publique", "pièce comptable", "40001"});
    CHECK(bordereau.texts("//ArchiveObject//KeywordContent") ==
          std::vector<std::string>{"IdBord 7", "IdBord 8", "IdPce 70", "IdPce 71"});
  }

  TEST_CASE("an empty label of the budget gives way to CodCol") {
    pes::SedaRequest unnamed = request();
    unnamed.flow.libelle_col_bud.clear();

    CHECK(BordereauSeda(unnamed).text("//Archive/Name").ends_with(" de 400"));
  }

  TEST_CASE("the rules start on the day of the acquit, and the dates are in order") {
    pes::SedaRequest dated = request();

    SUBCASE("acquit after the flow") {
      const BordereauSeda bordereau(dated);
      CHECK(bordereau.texts("//StartDate") == std::vector<std::string>{"2024-01-20", "2024-01-20"});
      CHECK(bordereau.text("//OldestDate") == "2024-01-15");
      CHECK(bordereau.text("//LatestDate") == "2024-01-20");
      CHECK(bordereau.texts("//Creation") ==
            std::vector<std::string>{"2024-01-15T00:00:00+01:00", "2024-01-20T00:00:00+01:00"});
    }
    SUBCASE("acquit before the flow") {
      dated.acquit->dte_str = "2015-12-10";
      const BordereauSeda bordereau(dated);
      CHECK(bordereau.texts("//StartDate") == std::vector<std::string>{"2015-12-10", "2015-12-10"});
      CHECK(bordereau.text("//OldestDate") == "2015-12-10");
      CHECK(bordereau.text("//LatestDate") == "2024-01-15");
    }
    SUBCASE("no acquit") {
      dated.acquit.reset();
      dated.pes_acquit.reset();
      const BordereauSeda bordereau(dated);
      CHECK(bordereau.texts("//StartDate") == std::vector<std::string>{"2024-01-15", "2024-01-15"});
      CHECK(bordereau.text("//OldestDate") == "2024-01-15");
      CHECK(bordereau.text("//LatestDate") == "2024-01-15");
    }
    SUBCASE("no date at all") {
      dated.flow.dte_str.clear();
      dated.acquit->dte_str.clear();
      const BordereauSeda bordereau(dated);
      CHECK(bordereau.texts("//StartDate") == std::vector<std::string>{"2024-02-29", "2024-02-29"});
      CHECK(bordereau.count("//OldestDate|//LatestDate|//Creation") == 0);
    }
  }

  TEST_CASE("each file of the archive is described, and no other") {
    pes::SedaRequest whole = request();
    CHECK(BordereauSeda(whole).count("//Attachment") == 2);

    whole.journal =
        pes::ArchiveEntry{.name = "journal.json", .size = 2, .sha256 = std::string(64, 'c')};
    const BordereauSeda bordereau(whole);

    CHECK(bordereau.texts("//ArchiveObject/Name") ==
          std::vector<std::string>{"Fichier du PES_Aller", "Acquittement du PES_Aller",
                                   "Faisceau de preuves"});
    CHECK(bordereau.count("//Attachment[@filename='journal.json'][@mimeCode='application/json']") ==
          1);
    CHECK(bordereau.texts("//Integrity") == std::vector<std::string>{std::string(64, 'a'),
                                                                     std::string(64, 'b'),
                                                                     std::string(64, 'c')});
    CHECK(bordereau.texts("//Size[@unitCode='AD']") == std::vector<std::string>{"12", "2"});
  }

  TEST_CASE("the scheme of the published profile is claimed by that profile alone") {
    pes::SedaRequest other = request();
    CHECK(BordereauSeda(other).count("//ArchivalProfile[@schemeAgencyName]") == 1);

    other.agreement.profile = "EMEG_PROFIL_PES_0002";
    CHECK(BordereauSeda(other).count("//ArchivalProfile[@schemeAgencyName]") == 0);
  }

  TEST_CASE("an entity without SIREN is a keyword without reference") {
    pes::SedaRequest unregistered = request();
    CHECK(BordereauSeda(unregistered).text("//KeywordReference[@schemeName='SIRENE']") ==
          "123456782");

    unregistered.entity_siren.clear();
    CHECK(BordereauSeda(unregistered).count("//KeywordReference[@schemeName='SIRENE']") == 0);
  }

  TEST_CASE("a bordereau is read for the agency that transfers") {
    pes::SedaRequest odd = request();
    odd.agreement.transferring.identification = "VERSANT <&> n° 1";
    const auto none = [] { (void)pes::transferring_agency_of("<ArchiveTransfer/>"); };

    CHECK(pes::transferring_agency_of(BordereauSeda(odd).xml) == "VERSANT <&> n° 1");
    CHECK(pes::test::refusal(none).code() == pes::ErrorCode::input_invalid);
  }
}
