#include "support/scratch.hpp"
#include "unit/sandbox/client.hpp"
#include "unit/sandbox/flows.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <iterator>
#include <string>

namespace pes::test {
namespace {

using nlohmann::json;

void set_up(const std::filesystem::path& folder, const json& platform) {
  write(folder / "tdt/platform.json", platform.dump());
}

/// Looks once for each step that is awaited.
std::string last_status(Bench& bench, const std::string& id, int looks) {
  std::string status;
  for (int look = 0; look < looks; ++look) status = bench.status(id);
  return status;
}

std::string acquit_of(Bench& bench, const std::string& id) {
  return bench.client.get("/modules/helios/helios_download_acquit.php?api=1&id=" + id).body;
}

TEST_SUITE("sandbox") {
  TEST_CASE("a virus is refused before anything else is looked at") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    // In two pieces: a scanner must not take this source for what it describes.
    const std::string mark = std::string("EICAR-STANDARD-") + "ANTIVIRUS-TEST-FILE";

    const std::string id = bench.import_accepted("<a>" + std::string(70'000, ' ') + mark + "!</a>");

    CHECK(bench.status(id) == "-1");
    CHECK(bench.message(id) == "Transaction 1 : un virus a été detecté dans le fichier PES");
  }

  TEST_CASE("a window lets so many bytes go, and the rest waits in 2") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const std::size_t size = flow_named("A").size();
    write(scratch.path() / "clock", "2026-01-05T10:00:00Z\n");
    const auto window = [](std::size_t bytes) {
      return json{{"windows",
                   {{{"from", "2026-01-05T08:00:00Z"},
                     {"until", "2026-01-05T12:00:00Z"},
                     {"bytes", bytes}}}}};
    };
    set_up(scratch.path(), window(2 * size));
    const std::string first = bench.import_accepted(flow_named("A"));
    const std::string second = bench.import_accepted(flow_named("B"));

    CHECK(last_status(bench, first, 2) == "3");
    CHECK(last_status(bench, second, 3) == "2");
    CHECK(bench.message(second) == "Transaction 2 dans la file d&#039;attente");

    SUBCASE("a larger one lets it go") {
      set_up(scratch.path(), window(2 * size + 1));
      CHECK(bench.status(second) == "3");
    }
    SUBCASE("so does its end") {
      write(scratch.path() / "clock", "2026-01-05T12:00:00Z\n");
      CHECK(bench.status(second) == "3");
    }
  }

  TEST_CASE("while the DGFiP cannot be reached flows wait in 2") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    set_up(scratch.path(), {{"dgfip_reachable", false}});
    const std::string id = bench.import_accepted(flow_named("A"));

    CHECK(last_status(bench, id, 4) == "2");
    set_up(scratch.path(), json::object());
    CHECK(bench.status(id) == "3");
  }

  TEST_CASE("a platform that is not set up refuses when it sends") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    std::string message;

    SUBCASE("no destination at the DGFiP") {
      set_up(scratch.path(), {{"authorities", {{{"id", 7}, {"dgfip_destination", false}}}}});
      message = "les propriétés Helios FTP ne sont pas configurées correctement";
    }
    SUBCASE("the wrong queue") {
      set_up(scratch.path(), {{"queue", "wrong"}});
      message = "la transaction a été aiguillée sur la mauvaise file passtrans";
    }
    const std::string id = bench.import_accepted(flow_named("A"));

    CHECK(last_status(bench, id, 2) == "-1");
    CHECK(bench.message(id) == "Transaction 1 : " + message);
  }

  TEST_CASE("a flow that leaves by Passtrans says so") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    set_up(scratch.path(), {{"queue", "passtrans"}});
    const std::string id = bench.import_accepted(flow_named("A"));

    bench.status(id);
    CHECK(sandbox::transactions(scratch.path()).at(0).message ==
          "Transaction 1 dans la file d'attente [Passtrans]");
    bench.status(id);
    CHECK(sandbox::transactions(scratch.path()).at(0).message ==
          "Transaction 1 transmise au serveur. [Passtrans]");
  }

  TEST_CASE("the check of NomFic is lifted by the platform and the authority together") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const json lifted_for_authority = {{{"id", 7}, {"nomfic_check", false}}};
    REQUIRE(bench.status(bench.import_accepted(flow_named("A"))) == "2");
    const auto resent = [&](const std::string& end) {
      return bench.status(bench.import_accepted(flow_named("A") + end));
    };

    set_up(scratch.path(), {{"nomfic_check", false}});
    CHECK(resent("\n") == "-1");
    set_up(scratch.path(), {{"authorities", lifted_for_authority}});
    CHECK(resent("\n\n") == "-1");
    set_up(scratch.path(), {{"nomfic_check", false}, {"authorities", lifted_for_authority}});
    CHECK(resent("\n\n\n") == "2");
  }

  TEST_CASE("an acquit does not come sooner than the platform's delay") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    set_up(scratch.path(), {{"acquit_delay_s", 240}});
    write(scratch.path() / "clock", "2026-01-05T10:00:00Z");
    const std::string id = bench.import_accepted(flow_named("A"));

    CHECK(last_status(bench, id, 4) == "3");
    write(scratch.path() / "clock", "2026-01-05T10:04:00Z");
    CHECK(bench.status(id) == "8");
  }

  TEST_CASE("what the DGFiP sends and nobody can attach is seen by the administrator alone") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    std::string scenario;
    SUBCASE("half a file") { scenario = "illisible"; }
    SUBCASE("another flow's") { scenario = "autre-flux"; }
    const std::string id = bench.import_accepted(flow_named("A-SCENARIO-" + scenario));

    CHECK(last_status(bench, id, 6) == "3");
    const std::filesystem::directory_iterator first(scratch.path() / "tdt/errors");
    REQUIRE(first != std::filesystem::directory_iterator());
    CHECK(std::next(first) == std::filesystem::directory_iterator());
  }

  TEST_CASE("a second acquit takes the place of the first") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    FlowText flow;
    flow.nom_fic = "A-SCENARIO-deux-acquits";
    flow.body = depense("1", "2");
    const std::string id = bench.import_accepted(flow.bytes());

    CHECK(last_status(bench, id, 3) == "8");
    const httplib::Response first =
        bench.client.get("/modules/helios/helios_download_acquit.php?id=" + id);
    CHECK(first.body.find("<EtatAck V=\"0\" />") != std::string::npos);
    CHECK(bench.status(id) == "8");
    const httplib::Response second =
        bench.client.get("/modules/helios/helios_download_acquit.php?id=" + id);
    CHECK(second.body.find("<EtatAck V=\"0\" />") == std::string::npos);
    CHECK(first.get_header_value("Content-disposition") !=
          second.get_header_value("Content-disposition"));
    CHECK(last_status(bench, id, 3) == "8");
    CHECK(acquit_of(bench, id) == second.body);
  }

  TEST_CASE("a late acquit turns -1 into 8") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const std::string id = bench.import_accepted(flow_named("A-SCENARIO-tardif"));

    CHECK(last_status(bench, id, 3) == "-1");
    CHECK(acquit_of(bench, id).find("UNKNOWN_TYPE") != std::string::npos);
    CHECK(bench.status(id) == "8");
    CHECK(acquit_of(bench, id).find("<EtatAck V=\"1\" />") != std::string::npos);
    CHECK(bench.status(id) == "8");
  }

  TEST_CASE("a flow that the TdT refused gets no acquit, whatever its scenario") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    FlowText flow;
    flow.nom_fic = "A-SCENARIO-tardif";

    const std::string id = bench.import_accepted(flow.bytes());

    CHECK(last_status(bench, id, 5) == "-1");
  }

  TEST_CASE("another root than an acquit's is an error that can be downloaded") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const std::string id = bench.import_accepted(flow_named("A-SCENARIO-non-acquit"));

    CHECK(last_status(bench, id, 3) == "-1");
    CHECK(bench.message(id) == "Transaction 1 : erreur retournée par Helios");
    CHECK(acquit_of(bench, id).find("PES_NonAcquit") != std::string::npos);
  }
}

}  // namespace
}  // namespace pes::test
