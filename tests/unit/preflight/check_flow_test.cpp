#include "support/shared.hpp"
#include "unit/preflight/sound_flow.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace pes {

namespace {

using Codes = std::vector<std::string>;
using test::codes_of;
using test::findings_of;
using test::sound_flow;
using test::sound_flow_with;
using test::with;

Codes codes_with(const char* from, const char* to) { return codes_of(sound_flow_with(from, to)); }

/// The only line of the dépense with more in it, and with another type of pièce.
std::string of_kind(const char* triplet, const std::string& more = "") {
  const std::string kind = triplet;
  std::string document =
      sound_flow_with("<TypBord V=\"01\"/>", "<TypBord V=\"" + kind.substr(0, 2) + "\"/>");
  document = with(document, "<TypPce V=\"01\"/>", "<TypPce V=\"" + kind.substr(3, 2) + "\"/>");
  document = with(document, "<NatPce V=\"01\"/>", "<NatPce V=\"" + kind.substr(6, 2) + "\"/>");
  return with(document, "</InfoLignePce>", "</InfoLignePce>" + more);
}

std::string origin(const char* nature, const char* ligne = "") {
  std::string text = "<RattachPiece><NatPceOrig V=\"";
  text += nature;
  text += "\"/><ExerRat V=\"2026\"/><IdPceOrig V=\"5\"/>";
  if (*ligne != '\0') text += std::string("<IdLigneOrig V=\"") + ligne + "\"/>";
  return text + "</RattachPiece>";
}

}  // namespace

TEST_SUITE("preflight") {
  TEST_CASE(
      "every rule about accounts, tiers, amounts, versions and PJs has a flow that breaks it") {
    struct Case {
      const char* from;
      const char* to;
      Codes codes;
    };
    for (const Case& one : std::vector<Case>{
             {"<Version V=\"2\"/>", "<Version V=\"1\"/>", {"version.unexpected"}},
             {"<EnTeteRecette><IdVer V=\"2\"/>",
              "<EnTeteRecette><IdVer V=\"1\"/>",
              {"version.unexpected"}},
             {"<EnTetePES_PJ><IdVer V=\"1\"/>", "<EnTetePES_PJ><IdVer V=\"2\"/>", {"pj.version"}},
             {"<TypBord V=\"01\"/>", "<TypBord V=\"04\"/>", {"bordereau.type"}},
             {"<MtBordTVA V=\"240.10\"/>", "<MtBordTVA V=\"0.00\"/>", {"bordereau.tva"}},
             {"<MtTVA V=\"240.10\"/>", "", {"bordereau.tva"}},
             {"<MtBordHT V=\"1200.50\"/>", "<MtBordHT V=\"1200.00\"/>", {"amount.different"}},
             {"IBAN V=\"FR76", "IBAN V=\"FR67", {"bank.iban"}},
             {"<BIC V=\"AGRIFRPP\"/><IBAN V=\"FR7630006000011234567890189\"/>",
              "<IBAN V=\"BE68539007547034\"/>",
              {"bank.bic"}},
             {"<BIC V=\"AGRIFRPP\"/><IBAN V=\"FR7630006000011234567890189\"/>",
              "<CodeEtab V=\"30006\"/><CodeGuic V=\"00001\"/><IdCpte V=\"12345678901\"/><CleRib "
              "V=\"98\"/>",
              {"bank.rib"}},
             {"<BIC V=\"AGRIFRPP\"/><IBAN V=\"FR7630006000011234567890189\"/>",
              "<CodeEtab V=\"30006\"/><CodeGuic V=\"\"/><IdCpte V=\"12345678901\"/><CleRib "
              "V=\"89\"/>",
              {"bank.rib"}},
             {"<BIC V=\"AGRIFRPP\"/><IBAN V=\"FR7630006000011234567890189\"/>",
              "<IdPayInt V=\"FR\"/><CodeEtab V=\"30006\"/><CodeGuic V=\"00001\"/><IdCpte "
              "V=\"12345678901\"/><CleRib V=\"89\"/>",
              {"bank.intermediary"}},
             {"<ModRegl V=\"03\"/>", "<ModRegl V=\"01\"/>", {"bank.unexpected"}},
             {"<CpteBancaire><BIC V=\"AGRIFRPP\"/><IBAN "
              "V=\"FR7630006000011234567890189\"/><TitCpte V=\"TOITS\"/></CpteBancaire>",
              "",
              {"bank.required"}},
             {"<CP V=\"35000\"/>", "<CP V=\"3500\"/>", {"tiers.postcode"}},
             {"<CodRes V=\"0\"/>", "<CodRes V=\"1\"/>", {"tiers.country"}},
             {"<CodRes V=\"0\"/>", "<CodRes V=\"0\"/><CodPays V=\"131\"/>", {"tiers.country"}},
             {"12345678200010", "1234567820001", {"tiers.identifier"}},
             {"<IdTiers V=\"12345678200010\"/><NatIdTiers V=\"01\"/>",
              "<IdTiers V=\"255081416802538\"/><NatIdTiers V=\"04\"/>",
              {"tiers.person"}},
             {"<CatTiers V=\"50\"/><NatJur V=\"03\"/>",
              "<CatTiers V=\"50\"/><NatJur V=\"03\"/><Civilite V=\"M\"/>",
              {"tiers.civilite"}},
             {"<CatTiers V=\"50\"/>", "<CatTiers V=\"01\"/>", {"tiers.civilite", "tiers.civilite"}},
             {"V=\"MME\"", "V=\"Mademoiselle\"", {"value.out-of-bounds", "tiers.civilite"}},
             {"<CatTiers V=\"01\"/>",
              "<DteNaissance V=\"1980-01-01\"/><CatTiers V=\"50\"/>",
              {"tiers.person"}},
             {"<ObjPce", "<IdRol V=\"3\"/><ObjPce", {"piece.role"}},
             {"<Majo V=\"0\"/>", "<Majo V=\"1\"/>", {"piece.majoration"}},
             {"<Majo V=\"0\"/>", "<Majo V=\"0\"/><TxMajo V=\"10\"/>", {"piece.majoration"}},
             {"H4sIAAAAAAAAAw==", "", {"pj.empty"}},
             {"H4sIAAAAAAAAAw==", "JVBERi0xLjQK", {"pj.not-gzip"}},
             {"H4sIAAAAAAAAAw==", "H4sIAAAAAAAAAw=", {"pj.base64"}},
             {"H4sIAAAAAAAAAw==", "H4sI!AAA", {"pj.base64"}},
             {"<Support V=\"01\"/>", "<Support V=\"02\"/>", {"pj.not-electronic"}},
             {"<IdUnique V=\"PJ1\"/></PJRef>",
              "<IdUnique V=\"PJ2\"/></PJRef>",
              {"pj.absent", "pj.orphan"}},
             {"<Description V=\"Facture\"/>",
              "<Description V=\"Facture\"/><RefCompta><Domaine V=\"02\"/><Exercice "
              "V=\"2026\"/><TypeObjet V=\"01\"/></RefCompta>",
              {"pj.domain"}},
             {"<TypePJ V=\"003\"/>", "<TypePJ V=\"012\"/>", {"pj.domain"}},
         }) {
      CAPTURE(std::string(one.from));
      CAPTURE(std::string(one.to));
      CHECK(codes_with(one.from, one.to) == one.codes);
    }
  }

  TEST_CASE("a signed domain wants a yearly total in each of its bordereaux, a role does not") {
    std::string document =
        sound_flow_with("InfoDematerialisee V=\"0\"", "InfoDematerialisee V=\"1\"");
    CHECK(codes_of(document) == Codes{"demat.unsigned"});
    document = with(document, "<MtCumulAnnuel V=\"3000.00\"/>", "");
    CHECK(codes_of(document) == Codes{"demat.unsigned", "bordereau.cumul"});
  }

  TEST_CASE("a pièce is tied to another where its type wants it") {
    CHECK(codes_of(of_kind("02 02 06")) == Codes{"piece.rattachement"});
    CHECK(codes_of(of_kind("02 02 06", origin("01", "1"))).empty());
    CHECK(codes_of(of_kind("02 02 06", origin("03"))) == Codes{"piece.rattachement"});
    CHECK(codes_of(of_kind("01 02 09", origin("02"))) == Codes{"piece.rattachement"});
    CHECK(codes_of(of_kind("01 05 01", origin("03"))).empty());
    CHECK(codes_of(of_kind("01 05 01", origin("03", "2"))) == Codes{"piece.rattachement"});
    CHECK(codes_of(of_kind("01 07 01", origin("04", "0"))).empty());
    CHECK(codes_of(of_kind("01 09 01", origin("05", "1"))).empty());
    CHECK(codes_of(of_kind("01 03 01", origin("05", "1"))) == Codes{"piece.rattachement"});
    CHECK(codes_of(of_kind("01 06 01")) == Codes{"piece.convention"});
    CHECK(codes_of(of_kind("01 06 01", "<LiensIdent><IdConv V=\"C1\"/></LiensIdent>")).empty());
  }

  TEST_CASE("a number of bordereau stands once a year, type and domain") {
    const std::string document = sound_flow();
    const std::size_t begin = document.find("<Bordereau Id=\"B1\">");
    const std::size_t end = document.find("</Bordereau>") + std::string("</Bordereau>").size();
    std::string again = with(document.substr(begin, end - begin), "\"B1\"", "\"B9\"");
    std::string twice = document;
    twice.insert(end, again);
    CHECK(codes_of(twice) == Codes{"bordereau.duplicate"});

    twice = document;
    twice.insert(end, with(again, "IdBord V=\"12\"", "IdBord V=\"13\""));
    CHECK(codes_of(twice).empty());
  }

  TEST_CASE("the IdUnique of two PJs is told at the second") {
    const std::string document = sound_flow();
    const std::size_t begin = document.find("<PJ><Contenu>");
    const std::size_t end = document.find("</PJ>\n") + std::string("</PJ>").size();
    std::string twice = document;
    twice.insert(end, "\n" + document.substr(begin, end - begin));

    const auto findings = findings_of(twice);

    REQUIRE(codes_of(findings) == Codes{"pj.duplicate"});
    CHECK(findings[0].consequence == Consequence::pj);
  }

  TEST_CASE("a value of one line is not taken for that of the next") {
    const std::string document = sound_flow();
    const std::size_t begin = document.find("<LigneDePiece>");
    const std::size_t end =
        document.find("</LigneDePiece>") + std::string("</LigneDePiece>").size();
    std::string second = document.substr(begin, end - begin);
    second = with(second, "<IdLigne V=\"1\"/>", "<IdLigne V=\"2\"/>");
    const std::size_t account = second.find("<CpteBancaire>");
    second.erase(account, second.find("</CpteBancaire>") + 15 - account);
    std::string two = document;
    two.insert(end, second);
    two = with(two, "<MtBordHT V=\"1200.50\"/>", "<MtBordHT V=\"2401.00\"/>");

    CHECK(codes_of(two) == Codes{"bank.required"});
  }

  TEST_CASE("the TdT's controls come first, in its order") {
    std::string document = sound_flow();
    document = with(document, "<CodBud V=\"00\"/>", "<CodBud V=\"000\"/>");
    document = with(document, "21990001600011\"/>", "219900016000112\"/>");
    document = with(document, "ISO-8859-1", "UTF-8");
    document = with(document, "<Nom V=\"TOITS\"/>", "");

    const auto findings = findings_of(document);

    REQUIRE(findings.size() >= 4);
    CHECK(findings[0].code == "encoding.not-latin1");
    CHECK(findings[1].code == "idcoll.too-long");
    CHECK(findings[1].line == 10);
    CHECK(findings[2].code == "codbud.length");
    CHECK(findings[2].line == 12);
    CHECK(findings[3].refused_by == Refuser::helios);
  }

  TEST_CASE("every code is in the table of rules once, and says what it means") {
    std::set<std::string_view> codes;
    for (const FindingRule& rule : finding_rules()) {
      CAPTURE(std::string(rule.code));
      CHECK(codes.insert(rule.code).second);
      CHECK(rule.meaning != nullptr);
      CHECK((rule.consequence == Consequence::none) == (rule.refused_by == Refuser::nobody));
    }
  }

  TEST_CASE("the samples get what their notices say of them, and nothing else") {
    if (!test::has_shared()) return;
    // Files of the simulator have version 1 everywhere and a line that is not the bordereau's
    // amount.
    const std::set<std::string> of_simulator{"version.unexpected", "amount.different"};
    struct Expected {
      const char* name;
      bool from_simulator;
      std::set<std::string> more;
    };
    for (const Expected& expected : std::vector<Expected>{
             {"pes/aller-dep-accents-entete.xml", true, {}},
             {"pes/aller-dep-demat-unsigned.xml", false, {"demat.unsigned", "version.unexpected"}},
             {"pes/aller-dep-faults-pj-iban.xml",
              false,
              {"bank.iban", "pj.absent", "pj.duplicate", "pj.not-gzip", "pj.empty", "pj.orphan"}},
             {"pes/aller-dep-faults-totals.xml", false, {"nbrpce.different", "amount.different"}},
             {"pes/aller-dep-ids-root-bordereau.xml", false, {}},
             {"pes/aller-dep-invalid-codcol-4-digits.xml", true, {"codcol.too-long"}},
             {"pes/aller-dep-invalid-id-and-idbord.xml",
              true,
              {"id.not-a-name", "value.out-of-bounds"}},
             {"pes/aller-dep-no-id.xml", true, {"signature.no-id"}},
             {"pes/aller-dep-pj-gzip-utf8-invalid-boolean.xml",
              false,
              {"encoding.not-latin1", "demat.unsigned", "pj.absent", "value.missing"}},
             {"pes/aller-dep-signed-stray-pj.xml", true, {"demat.signed", "structure.unknown"}},
             {"pes/aller-dep-three-bordereaux.xml", false, {}},
             {"pes/aller-dep-three-mandats-invalid-idpost.xml",
              false,
              {"idpost.length", "signature.no-id", "value.meaningless"}},
             {"pes/aller-dep-utf8-declared.xml", true, {"encoding.not-latin1"}},
             {"pes/aller-empty.xml",
              false,
              {"content.none", "signature.no-bordereau", "version.unexpected"}},
             {"pes/aller-facture-asap.xml", false, {"signature.no-bordereau"}},
             {"pes/aller-pj-alone.xml", false, {"signature.no-bordereau"}},
             {"pes/aller-rec-ormc-sepa.xml", false, {"signature.no-id"}},
             {"pes/aller-rec-two-bordereaux.xml", false, {}},
             {"tdt/pes_aller_ok.xml", true, {}},
             {"tdt/derived_pes_aller_CodBud_3_caracteres.xml", true, {"codbud.length"}},
             {"tdt/derived_pes_aller_IdColl_trop_long.xml", true, {"idcoll.too-long"}},
             {"tdt/derived_pes_aller_accent_NomFic.xml", true, {"nomfic.characters"}},
             {"tdt/pastell_pes_aller_signe_bordereau.xml",
              true,
              {"demat.signed", "structure.unknown"}},
             {"tdt/derived_pes_aller_signe_bordereau_altere.xml",
              true,
              {"signature.invalid", "demat.signed", "structure.unknown"}},
             {"signed/root/s2low-HELIOS_SIMU_ALR2_1445334258_694103934.xml",
              true,
              {"demat.signed"}},
             {"signed/root/s2low-HELIOS_SIMU_ALR2_bad_signature.xml",
              true,
              {"signature.invalid", "demat.signed"}},
         }) {
      CAPTURE(std::string(expected.name));
      constexpr std::uint64_t tdt_limit = 134'217'728;
      const PreflightReport report =
          check_flow(test::shared() / "samples" / expected.name,
                     {.limits = {}, .tdt_max_bytes = tdt_limit, .schemas = {}, .now = {}});
      const Codes codes = codes_of(report.findings);
      std::set<std::string> wanted = expected.more;
      if (expected.from_simulator) wanted.insert(of_simulator.begin(), of_simulator.end());
      CHECK(std::set<std::string>(codes.begin(), codes.end()) == wanted);
    }
  }
}

}  // namespace pes
