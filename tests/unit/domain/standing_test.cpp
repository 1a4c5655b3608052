#include "pes/standing.hpp"

#include <doctest/doctest.h>

#include <set>

using pes::Action;
using pes::Dossier;
using pes::Standing;
using pes::standing_of;

namespace {

Dossier in(Action state) {
  Dossier dossier;
  dossier.etats.push_back({.action = state, .date = {}, .user = {}, .id_j = 1});
  return dossier;
}

}  // namespace

TEST_SUITE("domain") {
  TEST_CASE("a state has its standing") {
    CHECK(standing_of(in(Action::creation)) == Standing::draft);
    CHECK(standing_of(in(Action::modification)) == Standing::draft);
    CHECK(standing_of(in(Action::send_tdt)) == Standing::under_way);
    CHECK(standing_of(in(Action::accepter_sae)) == Standing::under_way);
    CHECK(standing_of(in(Action::termine)) == Standing::finished);
    CHECK(standing_of(in(Action::tdt_error)) == Standing::tdt_error);
    CHECK(standing_of(in(Action::erreur_envoie_sae)) == Standing::failed);
    CHECK(standing_of(in(Action::rejet_sae)) == Standing::rejected);
  }

  TEST_CASE("what Hélios refused is refused once it is at its end, not before") {
    Dossier dossier = in(Action::info_tdt);
    dossier.fields.emplace(pes::field::pes_etat_ack, "2");
    CHECK(standing_of(dossier) == Standing::under_way);

    dossier.etats.push_back({.action = Action::termine, .date = {}, .user = {}, .id_j = 2});
    CHECK(standing_of(dossier) == Standing::refused);
  }

  TEST_CASE("a lost answer comes before a suspended job, and both before the state") {
    Dossier dossier = in(Action::pre_send_tdt);
    dossier.job = pes::Job{.is_lock = true};
    CHECK(standing_of(dossier) == Standing::suspended);

    dossier.attempt = pes::Attempt{};
    CHECK(standing_of(dossier) == Standing::suspended);
    dossier.attempt->unknown = true;
    CHECK(standing_of(dossier) == Standing::fate_unknown);

    dossier.job->reason = pes::held_back_by_person;
    CHECK(standing_of(dossier) == Standing::suspended);
  }

  TEST_CASE("each standing has its own word") {
    std::set<std::string_view> words;
    for (const Standing standing : pes::all_standings) words.insert(id(standing));
    CHECK(words.size() == pes::all_standings.size());
    CHECK_FALSE(words.contains(""));
  }
}
