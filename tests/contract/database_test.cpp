#include "adapter/postgresql/connection.hpp"
#include "contract/journal_contract.hpp"
#include "contract/retours_contract.hpp"
#include "contract/stamps_contract.hpp"
#include "contract/store_contract.hpp"
#include "pes/adapters.hpp"
#include "support/postgresql.hpp"
#include "support/refusal.hpp"
#include "support/sample_dossier.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace {

const pes::test::PostgresqlServer& server() {
  static const pes::test::PostgresqlServer running;
  return running;
}

/// A new home in a schema of its own; each call of `open` reaches the server anew.
class DatabaseHome {
 public:
  DatabaseHome() {
    static int count = 0;
    const std::string schema = "home_" + std::to_string(++count);
    pes::postgresql::Connection(server().url(), nullptr)
        .execute(("CREATE SCHEMA " + schema).c_str());
    access_ = {.url = server().url(schema), .password = {}, .work = scratch_.path() / "work"};
    pes::create_database_home(access_);
  }

  [[nodiscard]] std::unique_ptr<pes::port::Records> open() const {
    return pes::open_database_records(access_);
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

  TEST_CASE("a home that moved takes no event") {
    if (!server().is_there()) return;
    const DatabaseHome home;
    const auto records = home.open();

    records->set_moved_to("elsewhere");
    CHECK(home.open()->moved_to() == "elsewhere");
    CHECK(pes::test::refusal([&] {
            records->journal()->append(pes::test::sample_event());
          }).code() == pes::ErrorCode::home_unknown);

    records->set_moved_to(std::nullopt);
    CHECK_FALSE(home.open()->moved_to().has_value());
    CHECK(records->journal()->append(pes::test::sample_event()).id_j == 1);
  }
}
