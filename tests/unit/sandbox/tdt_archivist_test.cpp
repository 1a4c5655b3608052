#include "support/scratch.hpp"
#include "unit/sandbox/client.hpp"
#include "unit/sandbox/flows.hpp"

#include <doctest/doctest.h>

namespace pes::test {
namespace {

const std::string list_script = "/modules/helios/api/list_pes_aller.php";
const std::string change_script = "/modules/helios/helios_transac_change_status_sae.php";

/// Two transactions that reached 8.
struct Archive : Bench {
  explicit Archive(const std::filesystem::path& folder)
      : Bench(options_in(folder)), archives(server->tdt_url(), identities) {
    archives.log_in(archivist(identities));
    for (const char* name : {"A", "B"}) {
      const std::string id = import_accepted(flow_named(name));
      for (int step = 0; step < 3; ++step) status(id);
    }
  }

  std::string change(const std::string& id, const std::string& asked) {
    return archives.http()
        .Post(change_script,
              httplib::Params{{"transaction_id", id}, {"status_id", asked}, {"api", "1"}})
        ->body;
  }

  Client archives;
};

TEST_SUITE("sandbox") {
  TEST_CASE("an archivist lists the transactions of a status, newest first") {
    const Scratch scratch;
    Archive bench(scratch.path());

    CHECK(bench.archives.get(list_script + "?status_id=8&offset=0&limit=100").body ==
          R"({"status_id":8,"authority_id":7,"offset":0,"limit":100,)"
          R"("transactions":[{"id":2},{"id":1}]})");
    CHECK(bench.archives.get(list_script + "?status_id=8&offset=1&limit=1").body ==
          R"({"status_id":8,"authority_id":7,"offset":1,"limit":1,"transactions":[{"id":1}]})");
    CHECK(bench.archives.get(list_script + "?status_id=8&max_date=2000-01-01").body ==
          R"({"status_id":8,"authority_id":7,"offset":0,"limit":100,"transactions":[]})");
  }

  TEST_CASE("who is not archivist is told so with status 400") {
    const Scratch scratch;
    Archive bench(scratch.path());

    const httplib::Response answer = bench.client.get(list_script + "?status_id=8");

    CHECK(answer.status == 400);
    CHECK(answer.body == R"({"error":"L'utilisateur n'est pas archiviste"})");
  }

  TEST_CASE("an archivist moves a transaction to the SAE along the allowed ways only") {
    const Scratch scratch;
    Archive bench(scratch.path());
    const std::string done =
        R"({"status":"ok","message":"Le status de la transaction a \u00e9t\u00e9 modifi\u00e9e"})";

    CHECK(
        bench.change("1", "10") ==
        R"({"status":"error","error-message":"Impossible de changer le status de la transaction"})");
    CHECK(bench.change("1", "19") == done);
    CHECK(bench.change("1", "10") == done);
    CHECK(bench.status("1") == "10");
    CHECK(bench.message("1") == "Modification manuelle de l&#039;état");
  }

  TEST_CASE("a change of status that cannot be is told why") {
    const Scratch scratch;
    Archive bench(scratch.path());
    const std::string form = "transaction_id=1&status_id=19&api=1";

    CHECK(bench.change("", "19") ==
          R"({"status":"error","error-message":"transaction_id incorrect"})");
    CHECK(bench.change("7", "19") ==
          R"({"status":"error","error-message":"Cette transaction n'existe pas"})");
    CHECK(
        bench.client.http().Post(change_script, form, "application/x-www-form-urlencoded")->body ==
        R"({"status":"error","error-message":"Acc\u00e8s refus\u00e9"})");
    CHECK(bench.archives.http()
              .Post(change_script, "transaction_id=1&status_id=19",
                    "application/x-www-form-urlencoded")
              ->status == 302);
  }

  TEST_CASE("a form in parts is read as well") {
    const Scratch scratch;
    Archive bench(scratch.path());

    const httplib::Response answer = bench.archives.post(
        change_script,
        {{"transaction_id", "1", "", ""}, {"status_id", "19", "", ""}, {"api", "1", "", ""}});

    CHECK(answer.get_header_value("Content-Type") == "text/plain");
    CHECK(bench.status("1") == "19");
  }
}

}  // namespace
}  // namespace pes::test
