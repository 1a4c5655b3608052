#include "reported.hpp"

#include <doctest/doctest.h>

using namespace pes;
using namespace pes::test;
using report::Figures;
using report::Refused;

namespace {

std::string element(const std::string& domaine, const std::string& etat, const std::string& subject,
                    const std::string& errors) {
  return R"(<ElementACQUIT><DomaineAck V=")" + domaine + R"("/><EtatAck V=")" + etat + R"("/>)" +
         subject + errors + "</ElementACQUIT>";
}

std::string bordereau(const std::string& number) {
  return R"(<NumBord V=")" + number + R"("/><ExerciceBord V="2022"/>)";
}

std::string error(const std::string& code, const std::string& label = "") {
  return R"(<Erreur><NumAnoAck V=")" + code + R"("/><LibelleAnoAck V=")" + label +
         R"("/></Erreur>)";
}

std::string acquit(const std::string& elements) {
  return R"(<n:PES_ACQUIT xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour/v2"><ACQUIT>)" +
         elements + "</ACQUIT></n:PES_ACQUIT>";
}

report::Refusals refusals_of(const std::vector<std::pair<std::string, std::string>>& flows) {
  Figures figures;
  for (const auto& [bordereaux, acquit] : flows) {
    FilesAlone files;
    add(figures, answered_dossier(files, bordereaux, "2", acquit), whole_scope(), files);
  }
  return figures.refusals;
}

Refused of(const report::Refusals& refusals, const std::string& code) {
  for (const auto& [reason, count] : refusals.reasons) {
    if (reason.num_ano == code) return count;
  }
  return {};
}

}  // namespace

TEST_SUITE("report") {
  TEST_CASE("a bordereau that is refused counts for each of its reasons, and once in all") {
    const auto refusals = refusals_of(
        {{"41, 42", acquit(element("5", "0", bordereau("41"),
                                   error("ERREUR_CODIFICATION") + error("ERREUR_CUMUL_MONTANTS") +
                                       error("ERREUR_CODIFICATION")) +
                           element("5", "1", bordereau("42"), ""))}});

    CHECK(refusals.all == Refused{.flows = 1, .bordereaux = 1});
    CHECK(of(refusals, "ERREUR_CODIFICATION") == Refused{.flows = 1, .bordereaux = 1});
    CHECK(of(refusals, "ERREUR_CUMUL_MONTANTS") == Refused{.flows = 1, .bordereaux = 1});
    CHECK(refusals.latest.size() == 1);
  }

  TEST_CASE("one that comes for each of its pieces is one bordereau") {
    const auto refusals = refusals_of(
        {{"41", acquit(element("6", "0", bordereau("41"), error("ERREUR_CODIFICATION")) +
                       element("6", "0", bordereau("41"), error("ERREUR_DOUBLON_PIECE")))}});

    CHECK(refusals.all == Refused{.flows = 1, .bordereaux = 1});
  }

  TEST_CASE("a flow that is refused as a whole is all its bordereaux") {
    const auto refusals = refusals_of(
        {{"41, 42, 43", acquit(element("0", "0", "", error("ERREUR_SCHEMA_INCOMPLET")))},
         {"44", acquit(element("5", "0", bordereau("44"), ""))}});

    CHECK(refusals.all == Refused{.flows = 2, .bordereaux = 4});
    CHECK(of(refusals, "ERREUR_SCHEMA_INCOMPLET") == Refused{.flows = 1, .bordereaux = 3});
    CHECK(of(refusals, "") == Refused{.flows = 1, .bordereaux = 1});
  }

  TEST_CASE("two technical refusals do not refuse more bordereaux than there are") {
    const auto refusals =
        refusals_of({{"41, 42", acquit(element("0", "0", "", error("ERREUR_CERTIFICAT")) +
                                       element("2", "0", "", error("ERREUR_CERTIFICAT")))}});

    CHECK(refusals.all.bordereaux == 2);
    CHECK(of(refusals, "ERREUR_CERTIFICAT").bordereaux == 2);
  }

  TEST_CASE("a PJ, or a flow without a bordereau, is counted beside the bordereaux") {
    const auto refusals =
        refusals_of({{"41", acquit(element("5", "1", bordereau("41"), "") +
                                   element("4", "0", R"(<IdUnique V="PJ1"/>)",
                                           error("ERREUR_AUTRE", "1984 - IdUnique existant")))},
                     {"", acquit(element("0", "0", "", error("ERREUR_FLUX_VIDE")))}});

    CHECK(refusals.all == Refused{.flows = 2, .others = 2});
    const auto reasons = most_frequent_first(refusals);
    CHECK(reasons.size() == 2);
  }

  TEST_CASE("ERREUR_AUTRE is as many reasons as it has numbers") {
    const auto with = [](const std::string& label) {
      return acquit(element("5", "0", bordereau("41"), error("ERREUR_AUTRE", label)));
    };
    const auto refusals = refusals_of({{"41", with("1984 - une")},
                                       {"41", with("1984 - autre")},
                                       {"41", with("2183 - facture")},
                                       {"41", with("sans nombre")}});

    REQUIRE(refusals.reasons.size() == 3);
    const auto reasons = most_frequent_first(refusals);
    CHECK(reasons.front().first.number == "1984");
    CHECK(reasons.front().second.bordereaux == 2);
    CHECK_FALSE(reasons.front().first.words.empty());
  }

  TEST_CASE("a PES_NonAcquit refuses all, and gives no reason") {
    const auto refusals = refusals_of({{"41, 42", "<PES_NonAcquit/>"}});

    CHECK(refusals.all == Refused{.flows = 1, .bordereaux = 2});
    CHECK(of(refusals, "") == Refused{.flows = 1, .bordereaux = 2});
  }

  TEST_CASE("an acquit that nobody can read refuses nothing, and is told") {
    const auto refusals = refusals_of({{"41", "no XML at all"}, {"41", acquit("")}});

    CHECK(refusals.unreadable_acquits == 2);
    CHECK(refusals.all == Refused{});
    CHECK(refusals.latest.size() == 2);
  }

  TEST_CASE("« Acquittement KO » of an acquit that accepts in other words is no refusal") {
    const auto refusals = refusals_of({{"41", acquit(element("5", "true", bordereau("41"), ""))}});

    CHECK(refusals.all == Refused{});
    CHECK(refusals.latest.empty());
  }

  TEST_CASE("codes that no list has cannot fill the memory") {
    std::string elements;
    for (int i = 0; i < 2000; ++i) {
      elements += element("5", "0", bordereau(std::to_string(i)), error("X" + std::to_string(i)));
    }
    const auto refusals = refusals_of({{"", acquit(elements)}});

    CHECK(refusals.reasons.size() <= 501);
    CHECK(refusals.all.bordereaux == 2000);
  }
}
