#include "pes/dossier.hpp"

#include "pes/event.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using pes::Action;
using pes::Change;
using pes::Dossier;
using pes::Event;

namespace {

const pes::User agent{.id_u = "1", .name = "adminMegalis"};
const pes::Instant start =
    std::chrono::sys_days(std::chrono::year(2022) / 3 / 2) + 14h + 48min + 8s;

Event event(std::uint64_t id_j, pes::Instant date, const pes::User& user, Change change) {
  Event result;
  result.id_j = id_j;
  result.sha256 = "line " + std::to_string(id_j);
  result.date = date;
  result.user = user;
  result.change = std::move(change);
  return result;
}

Dossier created() {
  Dossier dossier;
  dossier.id_d = *pes::DossierId::parse("O5uC72H");
  apply(dossier, event(1, start, agent, {.row = Action::creation}));
  return dossier;
}

}  // namespace

TEST_SUITE("domain") {
  TEST_CASE("a new dossier is « Créé » and is called by its identifier") {
    const Dossier dossier = created();

    CHECK(dossier.state() == Action::creation);
    CHECK(dossier.titre() == "O5uC72H");
    CHECK(dossier.creation == start);
  }

  TEST_CASE("saving again as the same user moves the row instead of adding one") {
    Dossier dossier = created();

    apply(dossier, event(2, start + 5s, agent, {.row = Action::modification}));
    apply(dossier, event(3, start + 10s, agent, {.row = Action::modification}));

    REQUIRE(dossier.etats.size() == 2);
    CHECK(dossier.etats[1].date == start + 10s);
    CHECK(dossier.etats[1].id_j == 3);
  }

  TEST_CASE("saving as another user adds a row") {
    Dossier dossier = created();

    apply(dossier, event(2, start + 5s, agent, {.row = Action::modification}));
    apply(dossier, event(3, start + 9s, {"2", "Camille"}, {.row = Action::modification}));

    CHECK(dossier.etats.size() == 3);
  }

  TEST_CASE("a change sets and removes fields and files") {
    Dossier dossier = created();
    Change set;
    set.fields.emplace("objet", "TEST-PES-0322");
    set.files.emplace("fichier_pes", pes::StoredFile{"a.xml", "a", 1, "00"});
    Change unset;
    unset.files.emplace("fichier_pes", std::nullopt);

    apply(dossier, event(2, start + 1s, agent, set));
    CHECK(dossier.titre() == "TEST-PES-0322");
    REQUIRE(dossier.file("fichier_pes") != nullptr);
    apply(dossier, event(3, start + 2s, agent, unset));

    CHECK(dossier.file("fichier_pes") == nullptr);
    CHECK(dossier.value("objet") == "TEST-PES-0322");
  }

  TEST_CASE("an event without a change is known but changes nothing") {
    Dossier dossier = created();
    Event reading;
    reading.id_j = 7;
    reading.sha256 = "line 7";
    reading.date = start + 1h;

    apply(dossier, reading);

    CHECK(dossier.id_j == 7);
    CHECK(dossier.id_j_sha256 == "line 7");
    CHECK(dossier.modification == start);
  }

  TEST_CASE("identifiers have seven letters or digits") {
    CHECK(pes::DossierId::parse("O5uC72H").has_value());
    for (const char* text : {"", "O5uC72", "O5uC72HH", "O5uC-2H", "O5uC72é"}) {
      CHECK_FALSE(pes::DossierId::parse(text).has_value());
    }
    CHECK(pes::DossierId::parse(pes::DossierId::draw().text()).has_value());
    CHECK(pes::DossierId::draw() != pes::DossierId::draw());
  }
}
