#include "adapter/postgresql/connection.hpp"
#include "adapter/postgresql/store.hpp"
#include "adapter/store/list_query.hpp"
#include "contract/journal_contract.hpp"
#include "contract/retours_contract.hpp"
#include "contract/stamps_contract.hpp"
#include "contract/store_contract.hpp"
#include "pes/adapters.hpp"
#include "support/child_process.hpp"
#include "support/file.hpp"
#include "support/postgresql.hpp"
#include "support/refusal.hpp"
#include "support/sample_dossier.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace {

const pes::test::PostgresqlServer& server() {
  static const pes::test::PostgresqlServer running;
  return running;
}

/// A new home in a schema of its own; each call of `open` reaches the server anew.
class DatabaseHome {
 public:
  DatabaseHome() : DatabaseHome(std::string()) {}
  /// @param tables statements that make others than those of today
  explicit DatabaseHome(const std::string& tables) {
    static int count = 0;
    const std::string schema = "home_" + std::to_string(++count);
    pes::postgresql::Connection(server().url(), nullptr)
        .execute(("CREATE SCHEMA " + schema).c_str());
    access_ = {.url = server().url(schema), .password = {}, .work = scratch_.path() / "work"};
    if (tables.empty()) {
      pes::create_database_home(access_);
    } else {
      pes::postgresql::Connection(access_.url, nullptr).execute(tables.c_str());
    }
  }

  [[nodiscard]] std::unique_ptr<pes::port::Records> open() const {
    return pes::open_database_records(access_);
  }

  /// The first column of the answer, a line a row.
  std::string ask(const std::string& statement,
                  const std::vector<pes::postgresql::Value>& values = {}) const {
    const auto rows = pes::postgresql::Connection(access_.url, nullptr).ask(statement, values);
    std::string text;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      text += std::string(rows.text(row, 0)) + '\n';
    }
    return text;
  }
  [[nodiscard]] std::size_t count(const std::string& table) const {
    return std::stoul(ask("SELECT count(*) FROM " + table));
  }

 private:
  pes::test::Scratch scratch_;
  pes::DatabaseAccess access_;
};

/// What a restart of the server, or a cut of the network, does.
void end_all_sessions() {
  pes::postgresql::Connection(server().url(), nullptr)
      .execute(
          "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE "
          "backend_type = 'client backend' AND pid <> pg_backend_pid()");
}

}  // namespace

TEST_SUITE("contract") {
  TEST_CASE("the journal in a database keeps the contract of journals") {
    if (!server().is_there()) return;
    const DatabaseHome home;
    pes::test::journal_contract([&] { return home.open()->journal(); });
  }

  TEST_CASE("the store in a database keeps the contract of stores") {
    if (!server().is_there()) return;
    const DatabaseHome home;
    pes::test::store_contract([&] { return home.open()->store(); },
                              [&] { return home.open()->journal(); });
  }

  TEST_CASE("the time stamps in a database keep the contract of time stamps") {
    if (!server().is_there()) return;
    const DatabaseHome home;
    pes::test::stamps_contract([&] { return home.open()->stamps(); });
  }

  TEST_CASE("the PES Retours in a database keep the contract of their stores") {
    if (!server().is_there()) return;
    const DatabaseHome home;
    pes::test::retours_contract([&] { return home.open()->retours(); });
  }

  TEST_CASE("a holder whose session has ended writes nothing more, and the next one is told") {
    if (!server().is_there()) return;
    const DatabaseHome home;
    const auto records = home.open();
    const auto store = records->store();
    const pes::Dossier before = pes::test::sample_dossier();
    store->create(before.id_d, "create", 0)->save(before);
    const auto held = store->hold(before.id_d, "send", 7);

    end_all_sessions();
    pes::Dossier dossier = before;
    const pes::Error error =
        pes::test::refusal([&] { held->record(dossier, pes::test::sample_event()); });

    CHECK(error.code() == pes::ErrorCode::io_failed);
    CHECK(dossier == before);
    CHECK(store->read(before.id_d) == before);
    CHECK(records->journal()->position() == 0);
    CHECK(store->hold(before.id_d, "run", 9)->interrupted_since() == 7);
  }

  TEST_CASE("what a session holds is due for nobody else") {
    if (!server().is_there()) return;
    const DatabaseHome home;
    const auto store = home.open()->store();
    pes::Dossier dossier = pes::test::sample_dossier();
    const pes::Instant now = pes::test::sample_instant();
    dossier.job = pes::Job{.etat_cible = pes::Action::verif_tdt, .next_try = now};
    store->create(dossier.id_d, "create", 0)->save(dossier);

    {
      const auto held = home.open()->store()->hold(dossier.id_d, "run", 0);
      CHECK(store->due(now, 10).ids.empty());
    }

    CHECK(store->due(now, 10).ids.size() == 1);
  }

  /// The wait is for the best part of a minute, which no test may last.
  TEST_CASE("what another machine saves ends a wait") {
    if (!server().is_there()) return;
    const DatabaseHome home;
    const auto store = home.open()->store();
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const pes::Instant end = now + std::chrono::seconds(50);
    CHECK(store->due(now, 10).ids.empty());
    store->wait_for_news(end, [] { return true; });

    const pes::Dossier dossier = pes::test::sample_dossier();
    home.open()->store()->create(dossier.id_d, "create", 0)->save(dossier);
    store->wait_for_news(end, [] { return false; });

    CHECK(std::chrono::system_clock::now() < end);
  }

  TEST_CASE("a session that is kept for later is not ended by the server's habit") {
    if (!server().is_there()) return;
    const std::string url = server().url() + "&options=-cidle_session_timeout%3D1000";

    CHECK(pes::postgresql::Connection(url, nullptr).ask("SHOW idle_session_timeout").text(0, 0) ==
          "0");
  }

  TEST_CASE("once its sessions are lost, a store is asked over new ones") {
    if (!server().is_there()) return;
    const DatabaseHome home;
    const auto records = home.open();
    const auto store = records->store();
    const auto now = pes::test::sample_instant();
    const pes::Dossier dossier = pes::test::sample_dossier();
    store->create(dossier.id_d, "create", 0)->save(dossier);
    CHECK(store->due(now, 10).ids.empty());
    store->wait_for_news(pes::Instant::max(), [] { return true; });

    end_all_sessions();

    CHECK(store->read(dossier.id_d) == dossier);
    CHECK(store->query({}).total == 1);
    CHECK(records->journal()->append(pes::test::sample_event()).id_j == 1);
    CHECK_NOTHROW(store->hold(dossier.id_d, "run", 0));
    CHECK_NOTHROW(store->due(now, 10));
    CHECK_NOTHROW(store->wait_for_news(pes::Instant::max(), [] { return true; }));
  }

  TEST_CASE("what a creation left that died before its state goes with the next creation") {
    if (!server().is_there()) return;
    const DatabaseHome home;
    pes::test::ChildProcess child([&] {
      const auto store = home.open()->store();
      const auto held = store->create(pes::test::sample_id("aaaaaaa"), "create", 0);
      held->keep_bytes("fichier_pes", "a.xml", "<PES/>");
      ::_exit(0);
    });
    REQUIRE(child.ended_well());
    CHECK(home.count("pes_content") == 1);
    CHECK(home.count("pes_holder") == 1);

    const pes::Dossier dossier = pes::test::sample_dossier();
    while (home.count("pes_content") > 0) {  // the server takes a moment to notice the death
      home.open()->store()->create(dossier.id_d, "create", 0);
    }

    CHECK(home.count("pes_holder") == 0);
  }

  TEST_CASE("a copy of a file goes with its last reader, and one that is altered is not used") {
    if (!server().is_there()) return;
    const DatabaseHome home;
    const auto store = home.open()->store();
    pes::Dossier dossier = pes::test::sample_dossier();
    pes::StoredFile file;
    {
      const auto held = store->create(dossier.id_d, "create", 0);
      file = held->keep_bytes("fichier_pes", "a.xml", "<PES/>");
      dossier.files.emplace("fichier_pes", file);
      held->save(dossier);
    }
    std::filesystem::path place;
    {
      const pes::ReadableFile first = store->readable(dossier.id_d, file);
      const pes::ReadableFile second = store->readable(dossier.id_d, file);
      place = first.path();
      CHECK(second.path() == place);
      CHECK(std::filesystem::file_size(place) == file.size);
    }
    CHECK_FALSE(std::filesystem::exists(place));

    home.ask("UPDATE pes_content_part SET bytes = '<pes/>'");
    for (int time = 0; time < 2; ++time) {
      CHECK(pes::test::refusal([&] { (void)store->readable(dossier.id_d, file); }).code() ==
            pes::ErrorCode::state_damaged);
    }
  }

  TEST_CASE("lists go along their indexes") {
    if (!server().is_there()) return;
    const DatabaseHome home;
    home.ask(
        "INSERT INTO pes_dossier SELECT i::text, (i % 7)::text, 'pes', 'termine', '', i, i, '', "
        "'', "
        "'', i, i % 2, '', '' FROM generate_series(1, 5000) AS i");
    home.ask("ANALYZE pes_dossier");
    const auto plan = [&](const pes::DossierQuery& query) {
      std::vector<pes::postgresql::Value> values;
      const auto conditions = pes::store::conditions_of(query);
      values.assign(conditions.values.begin(), conditions.values.end());
      return home.ask("EXPLAIN " + pes::postgresql::page_statement(query), values);
    };
    using pes::JobFilter;
    using pes::SortColumn;
    using pes::SortOrder;

    CHECK(plan({}).find("using pes_dossier_by_date") != std::string::npos);
    CHECK(plan({.id_e = "3"}).find("using pes_dossier_by_entity") != std::string::npos);
    CHECK(plan({.transaction = "7"}).find("pes_dossier_by_transaction") != std::string::npos);
    CHECK(plan({.nom_fic = "PESALR2"}).find("pes_dossier_by_nom_fic") != std::string::npos);
    CHECK(plan({.job = JobFilter::any, .sort = SortColumn::next_try, .order = SortOrder::ascending})
              .find("using pes_dossier_by_next_try") != std::string::npos);
    CHECK(plan({.due = pes::test::sample_instant(),
                .sort = SortColumn::next_try,
                .order = SortOrder::ascending,
                .limit = 1})
              .find("using pes_dossier_by_") != std::string::npos);
  }

  TEST_CASE("tables of the first version become those of today, and a newer one is refused") {
    if (!server().is_there()) return;
    constexpr std::size_t largest = 100'000;
    const DatabaseHome home(pes::read_file(PES_TEST_DATA "/record/tables-1.sql", largest));
    const auto id = pes::test::sample_id();

    const auto records = home.open();
    const auto store = records->store();

    CHECK(home.ask("SELECT version FROM pes_home") == "4\n");
    CHECK(records->residence() == pes::Residence{});
    CHECK(store->read(id).titre() == "TEST-PES-0322");
    CHECK(store->query({.transaction = "4321"}).total == 1);
    CHECK(records->journal()->verify({}).empty());
    auto held = store->hold(id, "edit", 0);
    pes::Dossier dossier = held->dossier();
    held->record(dossier, pes::test::sample_event());
    held.reset();
    CHECK(home.open()->store()->read(id) == dossier);

    home.ask("UPDATE pes_home SET version = 99");
    CHECK(pes::test::refusal([&] { (void)home.open(); }).code() == pes::ErrorCode::state_newer);
  }

  TEST_CASE("tables of the first version whose home went elsewhere say so still") {
    if (!server().is_there()) return;
    constexpr std::size_t largest = 100'000;
    const DatabaseHome home(pes::read_file(PES_TEST_DATA "/record/tables-1.sql", largest) +
                            "UPDATE pes_home SET moved_to = '/srv/pes';");

    CHECK(home.open()->residence() ==
          pes::Residence{.kind = pes::Residence::Kind::left, .place = "/srv/pes"});
  }

  TEST_CASE("two homes of one database do not meet") {
    if (!server().is_there()) return;
    const DatabaseHome one;
    const DatabaseHome other;
    const pes::Dossier dossier = pes::test::sample_dossier();

    const auto here = one.open()->store()->create(dossier.id_d, "create", 0);
    const auto there = other.open()->store()->create(dossier.id_d, "create", 0);
    here->save(dossier);

    CHECK(pes::test::refusal([&] { (void)other.open()->store()->read(dossier.id_d); }).code() ==
          pes::ErrorCode::dossier_unknown);
    CHECK(one.open()->name() != other.open()->name());
  }

  TEST_CASE("a journal takes events where the home lives, and what is said is not said over") {
    if (!server().is_there()) return;
    using Kind = pes::Residence::Kind;
    const DatabaseHome home;
    const auto records = home.open();

    for (const Kind kind : {Kind::leaving, Kind::left, Kind::arriving}) {
      const pes::Residence residence{.kind = kind, .place = "elsewhere"};
      CHECK(records->change_residence({}, residence));
      CHECK_FALSE(records->change_residence({}, {.kind = kind, .place = "a third place"}));
      CHECK(home.open()->residence() == residence);
      CHECK(pes::test::refusal([&] {
              records->journal()->append(pes::test::sample_event());
            }).code() == pes::ErrorCode::home_unknown);
      CHECK(records->change_residence(residence, {}));
    }

    CHECK(home.open()->residence() == pes::Residence{});
    CHECK(records->journal()->append(pes::test::sample_event()).id_j == 1);
  }
}
