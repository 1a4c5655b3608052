#include "support/scratch.hpp"
#include "support/shared.hpp"
#include "unit/preflight/sound_flow.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace pes {

namespace {

using Codes = std::vector<std::string>;
using test::codes_of;
using test::findings_of;
using test::sound_flow;
using test::with;

std::string tiers_of(const char* type) {
  return std::string("<Tiers><InfoTiers><CatTiers V=\"23\"/><NatJur V=\"09\"/><TypTiers V=\"") +
         type + "\"/><Nom V=\"CENTRE\"/></InfoTiers></Tiers>";
}

/// A flow with an « avis des sommes à payer ».
std::string flow_with_asap() {
  const std::string facture =
      R"(<PES_Facture><IdVer V="2"/><Annee V="2026"/><TypeFact V="09"/><Date V="2026-01-15"/>
<Emetteur><InfoTiers/></Emetteur>
)" + tiers_of("25") +
      "\n" + tiers_of("26") +
      R"(
<FactureIndiv><DateEmission V="2026-01-15"/><NumeroFacture V="2026-601"/>
<Debiteur><InfoTiers/></Debiteur><Objet V="Cantine"/>
<LigneFacture/>
<TotalAPayer><MtTotalHT V="42.00"/><MtTotalTVA V="0.00"/><MtTotalTTC V="42.00"/></TotalAPayer>
<RefTitre><Exercice V="2026"/><NumBordereau V="7"/><NumTitre V="51"/><NumLigne V="1"/></RefTitre>
<TalonOptique2Lignes><Ligne1 V="0"/><Ligne2 V="1"/></TalonOptique2Lignes>
<ModalitesReglement V="Par chèque"/><ModeRecouvrement V="1"/><ConditionsGen V="A réception"/>
</FactureIndiv>
<Nomenclatures/>
</PES_Facture>
<PES_PJ>)";
  return with(sound_flow(), "<PES_PJ>", facture);
}

Codes codes_with(const char* from, const char* to) {
  return codes_of(with(flow_with_asap(), from, to));
}

}  // namespace

TEST_SUITE("preflight") {
  TEST_CASE("nothing is said of an avis des sommes à payer that is as it should be") {
    CHECK(codes_of(flow_with_asap()).empty());
  }

  TEST_CASE("an avis des sommes à payer that Hélios refuses is told, with its place") {
    struct Case {
      std::string from;
      std::string to;
      Codes codes;
    };
    const std::string ttc = R"(<MtTotalTTC V="42.00"/>)";
    for (
        const Case& one : std::vector<Case>{
            {tiers_of("25"), "", {"facture.tiers"}},
            {tiers_of("26"), tiers_of("26") + tiers_of("26"), {"facture.tiers"}},
            {tiers_of("26"), tiers_of("25"), {"facture.tiers", "facture.tiers"}},
            {R"(<RefTitre><Exercice V="2026"/><NumBordereau V="7"/><NumTitre V="51"/><NumLigne V="1"/></RefTitre>)",
             "",
             {"facture.reference"}},
            {R"(<TalonOptique2Lignes><Ligne1 V="0"/><Ligne2 V="1"/></TalonOptique2Lignes>)",
             "",
             {"facture.reference"}},
            {R"(<ModeRecouvrement V="1"/>)", "", {"facture.reference"}},
            {R"(<TypeFact V="09"/>)", R"(<TypeFact V="11"/>)", {"code.unknown"}},
            {ttc, R"(<MtTotalTTC V="0.00"/>)", {"value.out-of-bounds"}},
            {R"(<Objet V="Cantine"/>)", "", {"structure.missing"}},
            {R"(<PES_Facture><IdVer V="2"/>)",
             R"(<PES_Facture><IdVer V="1"/>)",
             {"version.unexpected"}},
        }) {
      CAPTURE(one.from);
      CHECK(codes_with(one.from.c_str(), one.to.c_str()) == one.codes);
    }
    const auto findings = findings_of(with(flow_with_asap(), tiers_of("25"), ""));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].consequence == Consequence::facture);
    CHECK(findings[0].refused_by == Refuser::helios);
    CHECK(findings[0].severity == Severity::warning);
    CHECK(findings[0].line > 1);
  }

  TEST_CASE("a TIP has its bounds") {
    const std::string with_tip =
        with(flow_with_asap(), R"(<ModeRecouvrement V="1"/>)", R"(<ModeRecouvrement V="0"/>)");
    const auto of = [&](const char* amount) {
      return with(with_tip, R"(<MtTotalTTC V="42.00"/>)",
                  std::string("<MtTotalTTC V=\"") + amount + "\"/>");
    };
    CHECK(codes_of(of("150000.00")).empty());
    CHECK(codes_of(of("150000.01")) == Codes{"facture.tip"});
    CHECK(codes_of(with(with_tip, R"(<TypeFact V="09"/>)", R"(<TypeFact V="10"/>)")) ==
          Codes{"facture.tip"});
  }

  TEST_CASE("what is no avis des sommes à payer needs none of this") {
    std::string document = with(flow_with_asap(), R"(<TypeFact V="09"/>)", R"(<TypeFact V="01"/>)");
    document = with(document, tiers_of("25"), "");
    CHECK(codes_of(with(document, R"(<ModeRecouvrement V="1"/>)", "")).empty());
  }

  TEST_CASE("a titre has one PES_Facture, among its other PJs") {
    const auto referring = [](int factures) {
      std::string references;
      for (int rank = 0; rank < factures; ++rank) {
        references += R"(<PJRef><Support V="01"/><IdUnique V="PJ1"/><TypePJ V="006"/></PJRef>)";
      }
      return with(sound_flow(), R"(<ObjPce V="Cantine"/>)",
                  R"(<ObjPce V="Cantine"/>)" + references);
    };
    CHECK(codes_of(referring(1)).empty());
    CHECK(codes_of(referring(2)) == Codes{"facture.several"});
  }

  TEST_CASE("the corpus has a flow with an avis des sommes à payer that is sound") {
    if (!test::has_shared()) return;
    const auto sample = test::shared() / "samples" / "pes" / "aller-facture-asap.xml";
    for (const Finding& finding : findings_of(test::content(sample))) {
      CAPTURE(finding.message);
      CHECK_FALSE(finding.code.starts_with("facture."));
      CHECK_FALSE(finding.code.starts_with("structure."));
    }
  }
}

}  // namespace pes
