#include "support/scratch.hpp"
#include "unit/sandbox/client.hpp"
#include "unit/sandbox/flows.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <string>

namespace pes::test {
namespace {

constexpr const char* import_script = "/modules/helios/api/helios_importer_fichier.php";

void ask_for(const std::filesystem::path& folder, const nlohmann::json& fault) {
  write(folder / "faults.json", nlohmann::json::array({fault}).dump());
}

httplib::Result post_flow(Bench& bench, const std::string& name) {
  return bench.client.http().Post(
      std::string(import_script) + "?api=1",
      httplib::MultipartFormDataItems{{"enveloppe", flow_named(name), "a.xml", "text/xml"}});
}

TEST_SUITE("sandbox") {
  TEST_CASE("a connection cut before the answer loses it, and the work is done") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    ask_for(scratch.path(), {{"path", import_script}, {"nth", 1}, {"kind", "cut-before-answer"}});

    CHECK_FALSE(post_flow(bench, "A"));

    CHECK(sandbox::transactions(scratch.path()).size() == 1);
    CHECK(element(post_flow(bench, "A")->body, "message").find("doublon") != std::string::npos);
  }

  TEST_CASE("a connection cut before the work leaves nothing") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    ask_for(scratch.path(), {{"path", import_script}, {"nth", 1}, {"kind", "cut-before-work"}});

    CHECK_FALSE(post_flow(bench, "A"));

    CHECK(sandbox::transactions(scratch.path()).empty());
    CHECK(element(post_flow(bench, "A")->body, "resultat") == "OK");
  }

  TEST_CASE("a connection cut inside the answer gives half of it, and the work is done") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    ask_for(scratch.path(), {{"path", import_script}, {"kind", "cut-inside-answer"}});

    const httplib::Result result = post_flow(bench, "A");

    CHECK_FALSE(result);
    CHECK(result.error() == httplib::Error::Read);
    CHECK(sandbox::transactions(scratch.path()).size() == 1);
  }

  TEST_CASE("an answer may be replaced, and then no work is done") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    nlohmann::json fault{{"path", "/modules/helios/*"}};

    SUBCASE("by a status") {
      fault["kind"] = "status-500";
      ask_for(scratch.path(), fault);
      CHECK(post_flow(bench, "A")->status == 500);
    }
    SUBCASE("by a request to wait") {
      fault["kind"] = "status-429";
      ask_for(scratch.path(), fault);
      const httplib::Result result = post_flow(bench, "A");
      CHECK(result->status == 429);
      CHECK(result->get_header_value("Retry-After") == "1");
    }
    SUBCASE("by a page") {
      fault["kind"] = "html";
      ask_for(scratch.path(), fault);
      const httplib::Result result = post_flow(bench, "A");
      CHECK(result->status == 200);
      CHECK(result->body.starts_with("<!DOCTYPE html>"));
    }
    SUBCASE("by a redirection") {
      fault["kind"] = "redirect";
      ask_for(scratch.path(), fault);
      CHECK(post_flow(bench, "A")->status == 302);
    }
    SUBCASE("by a refused login") {
      fault["kind"] = "ko";
      ask_for(scratch.path(), fault);
      CHECK(post_flow(bench, "A")->body.starts_with("KO\n"));
    }
    CHECK(sandbox::transactions(scratch.path()).empty());
  }

  TEST_CASE("a connection cut inside the request leaves nothing") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    ask_for(scratch.path(), {{"path", import_script}, {"nth", 1}, {"kind", "cut-inside-request"}});

    CHECK_FALSE(post_flow(bench, "A"));

    CHECK(sandbox::transactions(scratch.path()).empty());
    CHECK(element(post_flow(bench, "A")->body, "resultat") == "OK");
  }

  TEST_CASE("half an answer is whole for HTTP, and the work is done") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    ask_for(scratch.path(), {{"path", import_script}, {"kind", "half-answer"}});

    const httplib::Result result = post_flow(bench, "A");

    REQUIRE(result);
    CHECK(result->status == 200);
    CHECK(result->body.starts_with("<?xml"));
    CHECK(result->body.find("</import>") == std::string::npos);
    CHECK(sandbox::transactions(scratch.path()).size() == 1);
  }

  TEST_CASE("any answer may be asked for") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    ask_for(scratch.path(), {{"path", import_script},
                             {"kind", "answer"},
                             {"status", 201},
                             {"type", "text/xml"},
                             {"body", "<import/>"}});

    const httplib::Result result = post_flow(bench, "A");

    CHECK(result->status == 201);
    CHECK(result->get_header_value("Content-Type") == "text/xml");
    CHECK(result->body == "<import/>");
    CHECK(sandbox::transactions(scratch.path()).empty());
  }

  TEST_CASE("a hidden acquit makes 8 a 3 and cannot be downloaded, for that request") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const std::string id = bench.import_accepted(flow_named("A"));
    for (int look = 0; look < 3; ++look) bench.status(id);
    const std::string acquit = "/modules/helios/helios_download_acquit.php?id=" + id;

    ask_for(scratch.path(),
            {{"path", "/modules/helios/api/*status.php"}, {"nth", 1}, {"kind", "acquit-hidden"}});
    CHECK(bench.status(id) == "3");
    CHECK(bench.status(id) == "8");
    ask_for(scratch.path(), {{"path", "*acquit.php"}, {"nth", 1}, {"kind", "acquit-hidden"}});
    CHECK(bench.client.get(acquit).body.starts_with("<br>helios Tansaction_class: sendAcquit"));
    CHECK(bench.client.get(acquit).body.find("PES_ACQUIT") != std::string::npos);
  }

  TEST_CASE("a share of the requests suffers, the same ones for the same seed") {
    const auto struck = [](const nlohmann::json& fault) {
      const Scratch scratch;
      Bench bench(options_in(scratch.path()));
      ask_for(scratch.path(), fault);
      std::string told;
      for (int rank = 0; rank < 60; ++rank) {
        told += bench.client.get("/restservices/ping").status == 500 ? 'x' : '.';
      }
      CHECK(sandbox::count(scratch.path()).faults["status-500"] ==
            static_cast<std::uint64_t>(std::count(told.begin(), told.end(), 'x')));
      return told;
    };
    const nlohmann::json half{{"path", "*"}, {"rate", 0.5}, {"kind", "status-500"}};
    nlohmann::json seeded = half;
    seeded["seed"] = 1;

    const std::string first = struck(half);

    CHECK(first.find('x') != std::string::npos);
    CHECK(first.find('.') != std::string::npos);
    CHECK(struck(half) == first);
    CHECK(struck(seeded) != first);
  }

  TEST_CASE("a server may strike at random, in every way") {
    const Scratch scratch;
    sandbox::Options options = options_in(scratch.path());
    options.fault_rate = 1;
    options.fault_seed = 3;
    Bench bench(options);

    for (int rank = 0; rank < 60; ++rank) bench.client.http().Get("/restservices/ping");

    const auto faults = sandbox::count(scratch.path()).faults;
    std::uint64_t total = 0;
    for (const auto& [name, times] : faults) total += times;
    CHECK(faults.size() > 9);
    CHECK(total == 60);
  }

  TEST_CASE("only the nth request that matches suffers") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    ask_for(scratch.path(), {{"path", import_script}, {"nth", 2}, {"kind", "status-500"}});

    CHECK(post_flow(bench, "A")->status == 200);
    CHECK(bench.client.get("/api/test-connexion.php").status == 200);
    CHECK(post_flow(bench, "B")->status == 500);
    CHECK(post_flow(bench, "C")->status == 200);
  }

  TEST_CASE("a late answer is a good one") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    ask_for(scratch.path(), {{"path", "/api/*"}, {"kind", "late"}, {"delay_ms", 5}});

    CHECK(bench.client.get("/api/test-connexion.php").body == "OK");
  }

  TEST_CASE("a faults file that cannot be understood is an error of every request") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    ask_for(scratch.path(), {{"path", "*"}, {"kind", "tremblement"}});

    CHECK(bench.client.get("/api/test-connexion.php").status == 500);
  }
}

}  // namespace
}  // namespace pes::test
