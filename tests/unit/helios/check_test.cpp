#include "pes/pes_aller.hpp"
#include "support/shared.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace pes {

namespace {

constexpr std::uint64_t tdt_limit = 134'217'728;

using Codes = std::vector<std::string>;

Codes codes(const PesAller& flow, Severity severity) {
  Codes found;
  for (const Finding& finding : check_pes_aller(flow, tdt_limit)) {
    if (finding.severity == severity) found.push_back(finding.code);
  }
  return found;
}

Codes errors(const PesAller& flow) { return codes(flow, Severity::error); }
Codes warnings(const PesAller& flow) { return codes(flow, Severity::warning); }

/// A signed dépense with nothing to say about.
PesAller sound_flow() {
  PesAller flow;
  flow.encoding = "ISO-8859-1";
  flow.latin1_in_first_50 = true;
  flow.size = 1000;
  flow.nom_fic = "PESALR2_21990001600011_250115_003.xml";
  flow.id_post = "034000";
  flow.id_coll = "21990001600011";
  flow.cod_col = "123";
  flow.cod_bud = "00";
  flow.has_depense = true;
  flow.demat_depense = "1";
  flow.signatures = 1;
  Bordereau bordereau;
  bordereau.id = "B1";
  bordereau.id_bord = "101";
  bordereau.nbr_pce = "2";
  bordereau.pieces = 2;
  bordereau.is_signed = true;
  bordereau.line = 30;
  flow.bordereaux.push_back(bordereau);
  return flow;
}

}  // namespace

TEST_SUITE("helios") {
  TEST_CASE("a sound signed flow has no finding") {
    CHECK(check_pes_aller(sound_flow(), tdt_limit).empty());
  }

  TEST_CASE("the samples get the findings their README announces") {
    if (!test::has_shared()) return;
    struct Expected {
      const char* name;
      Codes errors;
      Codes warnings;
    };
    for (const Expected& expected : std::vector<Expected>{
             {"pes/aller-dep-accents-entete.xml", {}, {}},
             {"pes/aller-dep-demat-unsigned.xml", {}, {"demat.unsigned"}},
             {"pes/aller-dep-faults-pj-iban.xml", {}, {}},
             {"pes/aller-dep-faults-totals.xml", {}, {"nbrpce.different"}},
             {"pes/aller-dep-ids-root-bordereau.xml", {}, {}},
             {"pes/aller-dep-invalid-codcol-4-digits.xml", {"codcol.too-long"}, {}},
             {"pes/aller-dep-invalid-id-and-idbord.xml", {}, {"id.not-a-name"}},
             {"pes/aller-dep-no-id.xml", {}, {"signature.no-id"}},
             {"pes/aller-dep-pj-gzip-utf8-invalid-boolean.xml",
              {"encoding.not-latin1"},
              {"demat.unsigned"}},
             {"pes/aller-dep-signed-stray-pj.xml", {}, {"demat.signed"}},
             {"pes/aller-dep-three-bordereaux.xml", {}, {}},
             {"pes/aller-dep-three-mandats-invalid-idpost.xml",
              {"idpost.length"},
              {"signature.no-id"}},
             {"pes/aller-dep-utf8-declared.xml", {"encoding.not-latin1"}, {}},
             {"pes/aller-empty.xml", {"content.none"}, {"signature.no-bordereau"}},
             {"pes/aller-facture-asap.xml", {}, {"signature.no-bordereau"}},
             {"pes/aller-pj-alone.xml", {}, {"signature.no-bordereau"}},
             {"pes/aller-rec-ormc-sepa.xml", {}, {"signature.no-id"}},
             {"pes/aller-rec-two-bordereaux.xml", {}, {}},
             {"tdt/pes_aller_ok.xml", {}, {}},
             {"tdt/pes_aller_utf8.xml", {"encoding.not-latin1"}, {}},
             {"tdt/pes_aller_empty.xml", {"content.none"}, {"signature.no-bordereau"}},
             {"tdt/pes_aller_CodColTropLong.xml", {"codcol.too-long"}, {}},
             {"tdt/derived_pes_aller_PasDeNomFic.xml", {"nomfic.missing"}, {}},
             {"tdt/derived_pes_aller_IdColl_trop_long.xml", {"idcoll.too-long"}, {}},
             {"tdt/derived_pes_aller_CodBud_3_caracteres.xml", {"codbud.length"}, {}},
             {"tdt/derived_pes_aller_accent_NomFic.xml", {}, {"nomfic.characters"}},
             {"tdt/pastell_pes_aller_signe_bordereau.xml", {}, {"demat.signed"}},
             {"tdt/derived_pes_aller_signe_bordereau_altere.xml", {}, {"demat.signed"}},
         }) {
      CAPTURE(std::string(expected.name));
      const PesAller flow = read_pes_aller(test::shared() / "samples" / expected.name);
      CHECK(errors(flow) == expected.errors);
      CHECK(warnings(flow) == expected.warnings);
    }
  }

  TEST_CASE("errors come in the order of the TdT's controls") {
    PesAller flow;
    flow.size = tdt_limit + 1;
    flow.cod_col = "1234";
    flow.id_coll = "123456789012345";
    flow.id_post = "0340001";
    CHECK(errors(flow) == Codes{"size.too-large", "encoding.not-latin1", "content.none",
                                "nomfic.missing", "codcol.too-long", "idcoll.too-long",
                                "idpost.length", "codbud.missing"});
    CHECK(errors(PesAller{}) == Codes{"size.empty", "encoding.not-latin1", "content.none",
                                      "nomfic.missing", "codcol.missing", "idpost.missing",
                                      "codbud.missing"});
  }

  TEST_CASE("a code that is too short is not sent") {
    PesAller flow = sound_flow();
    flow.cod_col = "12";
    flow.cod_bud = "0";
    CHECK(errors(flow) == Codes{"codcol.length", "codbud.length"});
  }

  TEST_CASE("InfoDematerialisee goes with the signature of its own domain") {
    PesAller flow = sound_flow();
    flow.has_recette = true;
    flow.demat_recette = "1";
    CHECK(warnings(flow) == Codes{"demat.unsigned"});

    flow.demat_recette = "0";
    CHECK(warnings(flow).empty());

    flow.root_is_signed = true;
    CHECK(warnings(flow) == Codes{"demat.signed"});

    flow.demat_recette = "true";
    CHECK(warnings(flow).empty());

    flow.demat_depense.reset();
    CHECK(warnings(flow) == Codes{"demat.signed"});
  }

  TEST_CASE("a bordereau without signature beside signed ones is named") {
    PesAller flow = sound_flow();
    Bordereau other = flow.bordereaux.front();
    other.id = "B2";
    other.id_bord = "102";
    other.is_signed = false;
    other.line = 77;
    flow.bordereaux.push_back(other);

    const std::vector<Finding> findings = check_pes_aller(flow, tdt_limit);

    REQUIRE(findings.size() == 1);
    CHECK(findings[0].code == "signature.partial");
    CHECK(findings[0].line == 77);
    CHECK(findings[0].message.find("102") != std::string::npos);
  }

  TEST_CASE("a flow can be signed when all its bordereaux or its root have an Id") {
    PesAller flow = sound_flow();
    flow.signatures = 0;
    flow.demat_depense = "0";
    flow.bordereaux.front().is_signed = false;
    CHECK(warnings(flow).empty());

    flow.bordereaux.front().id.clear();
    CHECK(warnings(flow) == Codes{"signature.no-id"});

    flow.root_id = "ROOT";
    CHECK(warnings(flow).empty());

    flow.has_depense = false;
    flow.has_pj = true;
    flow.bordereaux.clear();
    CHECK(warnings(flow) == Codes{"signature.no-bordereau"});
  }

  TEST_CASE("an Id must be a name, and only once") {
    PesAller flow = sound_flow();
    flow.root_id = "B1";
    CHECK(warnings(flow) == Codes{"id.duplicate"});

    flow.root_id = "1B";
    CHECK(warnings(flow) == Codes{"id.not-a-name"});

    flow.root_id = "a:b";
    CHECK(warnings(flow) == Codes{"id.not-a-name"});

    flow.root_id = "É_1";
    CHECK(warnings(flow).empty());
  }

  TEST_CASE("pieces are counted as numbers") {
    PesAller flow = sound_flow();
    flow.bordereaux.front().nbr_pce = "0002";
    CHECK(warnings(flow).empty());
    for (const char* announced : {"3", "", "deux", "20"}) {
      flow.bordereaux.front().nbr_pce = announced;
      CHECK(warnings(flow) == Codes{"nbrpce.different"});
    }
  }

  TEST_CASE("text that is not what it seems is warned of") {
    PesAller flow = sound_flow();
    flow.c1_bytes = true;
    flow.nom_fic = "Tr\xC3\xA9sorerie.xml";
    CHECK(warnings(flow) == Codes{"encoding.c1", "nomfic.characters"});
    CHECK(errors(flow).empty());
  }
}

}  // namespace pes
