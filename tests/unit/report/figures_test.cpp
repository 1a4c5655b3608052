#include "reported.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using namespace pes;
using namespace pes::test;
using report::Concern;
using report::concern_of;
using report::Figures;

namespace {

Figures figures_of(const std::vector<Dossier>& dossiers,
                   const report::Scope& scope = whole_scope()) {
  const FilesAlone files;
  Figures figures;
  for (const Dossier& dossier : dossiers) add(figures, dossier, scope, files);
  return figures;
}

Dossier created_at(Instant creation) {
  Dossier dossier = sample_dossier();
  dossier.creation = creation;
  return dossier;
}

Dossier stopped_at(Instant date) {
  Dossier dossier = dossier_in({Action::tdt_error});
  dossier.etats.back().date = date;
  return dossier;
}

}  // namespace

TEST_SUITE("report") {
  TEST_CASE("no dossier gives no figure") {
    const Figures figures = figures_of({});

    CHECK(figures.volume == report::Volume{});
    CHECK(figures.states.empty());
    CHECK(figures.days.empty());
    CHECK(figures.attention.empty());
  }

  TEST_CASE("flows are counted by state, standing and day of creation") {
    const Instant noon = sample_instant();
    Dossier finished = dossier_in({Action::send_tdt, Action::info_tdt, Action::termine});
    finished.creation = noon + 24h;

    const Figures figures = figures_of({created_at(noon), created_at(noon + 1h), finished});

    CHECK(figures.volume.flows == 3);
    CHECK(figures.states ==
          std::map<Action, std::uint64_t>{{Action::creation, 2}, {Action::termine, 1}});
    CHECK(figures.standings == report::Standings{{Standing::draft, 2}, {Standing::finished, 1}});
    REQUIRE(figures.days.size() == 2);
    CHECK(figures.days.begin()->second.volume.flows == 2);
    CHECK(figures.days.rbegin()->second.standings == report::Standings{{Standing::finished, 1}});
  }

  TEST_CASE(
      "volume is that of the flows' files and of the bordereaux that they were read to hold") {
    Dossier flow = sample_dossier();
    flow.files.emplace(field::fichier_pes,
                       StoredFile{.name = "f", .path = "f", .size = 1500, .sha256 = {}});
    flow.files.emplace(field::fichier_original,
                       StoredFile{.name = "o", .path = "o", .size = 9, .sha256 = {}});
    flow.fields.emplace(field::id_bordereau, "41, 42, 43");

    const Figures figures = figures_of({flow, sample_dossier()});

    CHECK(figures.volume == report::Volume{.flows = 2, .bordereaux = 3, .bytes = 1500});
  }

  TEST_CASE("a period takes both its ends, and an entity is not its descendants") {
    const Instant first = sample_instant();
    report::Scope scope = whole_scope();
    scope.since = first;
    scope.until = first + 10s;
    Dossier elsewhere = created_at(first);
    elsewhere.id_e = "99";
    scope.id_e = "12";

    const Figures figures =
        figures_of({created_at(first - 1s), created_at(first), created_at(first + 10s),
                    created_at(first + 11s), elsewhere},
                   scope);

    CHECK(figures.volume.flows == 2);
  }

  TEST_CASE("what needs attention is told whatever the period, of the entity alone") {
    report::Scope scope = whole_scope();
    scope.since = sample_instant() + 240h;
    Dossier elsewhere = stopped_at(sample_instant());
    elsewhere.id_e = "99";
    scope.id_e = "12";

    const Figures figures = figures_of({stopped_at(sample_instant()), elsewhere}, scope);

    CHECK(figures.volume.flows == 0);
    CHECK(figures.attention.at(Concern::failed).total == 1);
  }

  TEST_CASE("of many the oldest are named, and all are counted") {
    std::vector<Dossier> many;
    for (int i = 99; i >= 0; --i) many.push_back(stopped_at(sample_instant(i)));

    const Figures figures = figures_of(many);

    const report::Concerned& failed = figures.attention.at(Concern::failed);
    CHECK(failed.total == 100);
    REQUIRE(failed.oldest.size() == report::named_at_most);
    CHECK(failed.oldest.begin()->first == sample_instant(0));
    CHECK(failed.oldest.rbegin()->first == sample_instant(19));
  }

  TEST_CASE("why a person must look at a dossier") {
    const Instant now = sample_instant() + 1000h;
    Dossier dossier = dossier_in({Action::send_tdt});
    dossier.job = Job{};
    const Instant sent = dossier.last_row().date;

    SUBCASE("the answer of a service is late after 48 hours, not before") {
      CHECK_FALSE(concern_of(dossier, sent + 48h).has_value());
      CHECK(concern_of(dossier, sent + 48h + 1s) == Concern::late);
    }
    SUBCASE("a draft, or what is finished or refused, is never late") {
      CHECK_FALSE(concern_of(sample_dossier(), now).has_value());
      dossier = dossier_in({Action::termine});
      CHECK_FALSE(concern_of(dossier, now).has_value());
      dossier.fields.emplace(field::pes_etat_ack, "2");
      CHECK_FALSE(concern_of(dossier, now).has_value());
    }
    SUBCASE("a lost answer comes before all else") {
      dossier.job->is_lock = true;
      dossier.attempt = Attempt{.unknown = true};
      CHECK(concern_of(dossier, now) == Concern::fate_unknown);
    }
    SUBCASE("a job that is suspended") {
      dossier.job->is_lock = true;
      CHECK(concern_of(dossier, now) == Concern::suspended);
    }
    SUBCASE("errors, and what the SAE rejects") {
      for (const Action state : {Action::tdt_error, Action::erreur_envoie_sae,
                                 Action::verif_sae_erreur, Action::fatal_error}) {
        CHECK(concern_of(dossier_in({state}), now) == Concern::failed);
      }
      CHECK(concern_of(dossier_in({Action::rejet_sae}), now) == Concern::rejected);
    }
  }

  TEST_CASE("an acquit is timed from the last sending before it") {
    FilesAlone files;
    Figures figures;

    SUBCASE("the usual way") {
      add(figures, answered_dossier(files, "1", "1", "<x/>"), whole_scope(), files);
      CHECK(figures.acquits.times.percentile(50) == 1h);
      CHECK(figures.acquits.ok == 1);
    }
    SUBCASE("a rejection that came as an error of the TdT") {
      Dossier dossier = answered_dossier(files, "1", "1", "<x/>");
      dossier.etats = dossier_in({Action::send_tdt, Action::tdt_error}).etats;
      add(figures, dossier, whole_scope(), files);
      CHECK(figures.acquits.times.percentile(50) == 1h);
    }
    SUBCASE("a second sending") {
      Dossier dossier = answered_dossier(files, "1", "1", "<x/>");
      dossier.etats =
          dossier_in({Action::send_tdt, Action::tdt_error, Action::send_tdt, Action::info_tdt})
              .etats;
      add(figures, dossier, whole_scope(), files);
      CHECK(figures.acquits.times.percentile(50) == 1h);
    }
    SUBCASE("no answer yet") {
      Dossier dossier = dossier_in({Action::send_tdt});
      dossier.fields[std::string(field::pes_tedetis_transaction_id)] = "1";
      add(figures, dossier, whole_scope(), files);
      CHECK(figures.acquits.times.count() == 0);
      CHECK(figures.acquits.awaited == 1);
    }
    SUBCASE("an answer without a sending, in a state that was edited") {
      Dossier dossier = answered_dossier(files, "1", "1", "<x/>");
      dossier.etats = dossier_in({Action::info_tdt}).etats;
      add(figures, dossier, whole_scope(), files);
      CHECK(figures.acquits.times.count() == 0);
      CHECK(figures.acquits.ok == 1);
    }
  }

  TEST_CASE("a dossier whose acquit is lost is counted all the same, and told") {
    FilesAlone files;
    Figures figures;
    Dossier dossier = answered_dossier(files, "1", "2", "");
    std::filesystem::remove(files.readable(dossier.id_d, *dossier.file(field::pes_acquit)).path());

    CHECK_THROWS_AS(add(figures, dossier, whole_scope(), files), Error);
    CHECK(figures.volume.flows == 1);
    CHECK(figures.acquits.ko == 1);
  }
}
