#include "support/refusal.hpp"
#include "unit/tdt/platform.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <variant>

using namespace std::chrono_literals;
using pes::ErrorCode;
using namespace pes::port;
using namespace pes::test;

namespace {

const pes::Instant since = *pes::parse_iso8601("2026-01-05T00:30:00Z");
constexpr auto nobodys = [](const std::string&) { return false; };
const pes::FlowName name{.nom_fic = "PESALR2_1.xml", .cod_col = "123"};

std::string acquit_of(const std::string& nom_fic, const std::string& cod_col) {
  return "<n:PES_ACQUIT xmlns:n=\"http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour/v2\">"
         "<Enveloppe><Parametres><NomFic V=\"" +
         nom_fic + "\"/></Parametres></Enveloppe><EnTetePES><CodCol V=\"" + cod_col +
         "\"/></EnTetePES><ACQUIT/></n:PES_ACQUIT>";
}

/// A platform that lists transactions to its archivist, and gives acquits.
struct Archives : Platform {
  std::map<std::string, std::vector<std::string>> ids;  // status to transactions, newest first
  std::map<std::string, std::string> acquits;
  std::set<std::string> broken;  // whose acquits the platform fails to give
  std::map<std::string, int> downloads;
  std::set<std::string> lost_pages;  // offsets whose list fails, each once
  bool tells_limit = true;           // which is its own, whatever is asked
  std::filesystem::path cache;       // of the client

  Archives() {
    server.on_request([this](const httplib::Request& request, httplib::Response& response) {
      if (request.path == "/modules/helios/api/list_pes_aller.php") {
        if (lost_pages.erase(request.get_param_value("offset")) == 1) response.status = 503;
        response.set_content(list(request), "application/json");
      } else {
        const std::string id = request.get_param_value("id");
        ++downloads[id];
        if (broken.contains(id)) response.status = 503;
        const bool is_there = acquits.contains(id);
        response.set_content(is_there ? acquits[id] : "<br>pas disponible",
                             is_there ? "text/xml" : "text/html");
      }
    });
  }

  std::string list(const httplib::Request& request) {
    const auto& all = ids[request.get_param_value("status_id")];
    const std::size_t offset = std::stoul(request.get_param_value("offset"));
    std::string items;
    for (std::size_t i = offset; i < std::min(all.size(), offset + 100); ++i) {
      items += (items.empty() ? "{\"id\":" : ",{\"id\":") + all[i] + "}";
    }
    const std::string limit = tells_limit ? R"("limit":100,)" : "";
    return R"({"status_id":8,)" + limit + R"("transactions":[)" + items + "]}";
  }

  std::unique_ptr<Tdt> with_archivist() {
    pes::S2lowAccess with = access(server.url());
    with.https.login = "agent";
    with.https.password = [] { return pes::Secret("agent-secret"); };
    with.archivist = pes::Login{"archives", [] { return pes::Secret("archives-secret"); }};
    with.cache = cache;
    return pes::make_s2low(std::move(with));
  }
};

std::unique_ptr<Tdt> with_archivist(Platform& platform) {
  pes::S2lowAccess access = platform.access(platform.server.url());
  access.archivist = pes::Login{"archives", [] { return pes::Secret("archives-secret"); }};
  return pes::make_s2low(std::move(access));
}

}  // namespace

TEST_SUITE("tdt") {
  TEST_CASE("without an archivist's account, nothing can be looked for") {
    Platform platform;

    CHECK(std::holds_alternative<TdtNoSearch>(platform.tdt()->find(name, since, nobodys)));
    CHECK(platform.server.requests().empty());
  }

  TEST_CASE("a platform of before the list of transactions looks for nothing, and says so") {
    Platform platform;
    platform.server.answer(404, "text/html", "<html><title>404 Not Found</title></html>");

    CHECK(
        std::holds_alternative<TdtNoSearch>(with_archivist(platform)->find(name, since, nobodys)));
    const pes::Error error =
        refusal([&] { (void)with_archivist(platform)->transactions(8, since); });
    CHECK(error.code() == ErrorCode::service_unexpected);
    CHECK(error.hint().find("5.0.47") != std::string::npos);
  }

  TEST_CASE("a flow is found by the name in its acquit, accepted or refused") {
    Archives archives;
    archives.ids["8"] = {"14", "12"};
    archives.ids["-1"] = {"13", "11"};
    archives.acquits["14"] = acquit_of("PESALR2_2.xml", "123");
    archives.acquits["12"] = acquit_of("PESALR2_1.xml", "124");

    SUBCASE("among those that have an acquit") {
      archives.acquits["12"] = acquit_of("PESALR2_1.xml", "123");
      CHECK(std::get<TdtFound>(archives.with_archivist()->find(name, since, nobodys))
                .transaction_id == "12");
    }
    SUBCASE("among those that Hélios refused whole, which may not repeat the CodCol") {
      archives.acquits["13"] = acquit_of("PESALR2_1.xml", "");
      CHECK(std::get<TdtFound>(archives.with_archivist()->find(name, since, nobodys))
                .transaction_id == "13");
    }
    SUBCASE(
        "nowhere yet, and the next process does not read again what this one read for nothing") {
      const Scratch cache;
      archives.cache = cache.path();
      const pes::FlowName second{.nom_fic = "PESALR2_2.xml", .cod_col = "123"};
      CHECK(std::holds_alternative<TdtNotFound>(
          archives.with_archivist()->find(name, since, nobodys)));
      for (const auto& file : std::filesystem::recursive_directory_iterator(cache.path())) {
        if (file.is_regular_file()) std::ofstream(file.path(), std::ios::app) << "\n{\"transac";
      }
      archives.acquits["11"] = acquit_of("PESALR2_1.xml", "123");
      CHECK(std::get<TdtFound>(archives.with_archivist()->find(name, since, nobodys))
                .transaction_id == "11");
      CHECK(archives.downloads["14"] == 1);
      // A name that is known tells where to look, and the acquit is what proves it.
      CHECK(std::get<TdtFound>(archives.with_archivist()->find(second, since, nobodys))
                .transaction_id == "14");
      CHECK(archives.downloads["14"] == 2);
      // Of the days before the search nothing is kept.
      const pes::Instant later =
          std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + 48h;
      static_cast<void>(archives.with_archivist()->find(name, later, nobodys));
      CHECK(archives.with_archivist()->acquit("12").has_value());
      static_cast<void>(archives.with_archivist()->find(name, since, nobodys));
      CHECK(archives.downloads["14"] == 3);
    }
    SUBCASE("nowhere yet: what was read for nothing is not read again") {
      const auto tdt = archives.with_archivist();
      CHECK(std::holds_alternative<TdtNotFound>(tdt->find(name, since, nobodys)));
      archives.acquits["11"] = acquit_of("PESALR2_1.xml", "123");
      CHECK(std::get<TdtFound>(tdt->find(name, since, nobodys)).transaction_id == "11");
      CHECK(archives.downloads["14"] == 1);
      CHECK(archives.downloads["11"] == 2);
    }
  }

  TEST_CASE("an acquit that does not come hides no other") {
    Archives archives;
    archives.ids["8"] = {"14", "13", "12"};
    archives.ids["-1"] = {"11"};
    archives.acquits["13"] = acquit_of("PESALR2_2.xml", "123");
    archives.broken = {"14", "12"};

    SUBCASE("the flow is found behind it") {
      archives.acquits["11"] = acquit_of("PESALR2_1.xml", "123");
      CHECK(std::get<TdtFound>(archives.with_archivist()->find(name, since, nobodys))
                .transaction_id == "11");
    }
    SUBCASE("but a flow that is not found may be there") {
      const auto tdt = archives.with_archivist();
      const pes::Error error = refusal([&] { (void)tdt->find(name, since, nobodys); });
      CHECK(error.code() == ErrorCode::service_unreachable);
      archives.broken.clear();
      CHECK(std::holds_alternative<TdtNotFound>(tdt->find(name, since, nobodys)));
      CHECK(archives.downloads["13"] == 1);
    }
    SUBCASE("a platform that fails three times in a row is left alone") {
      archives.ids["8"] = {"17", "16", "15", "14"};
      archives.broken = {"17", "16", "15", "14"};
      const pes::Error error =
          refusal([&] { (void)archives.with_archivist()->find(name, since, nobodys); });
      CHECK(error.code() == ErrorCode::service_unreachable);
      CHECK(archives.downloads["15"] == 1);
      CHECK(archives.downloads["14"] == 0);
    }
  }

  TEST_CASE("every page is looked at, from the day before the sending on") {
    Archives archives;
    for (int id = 300; id > 100; --id) archives.ids["8"].push_back(std::to_string(id));
    archives.ids["-1"] = {"400"};
    archives.acquits["400"] = acquit_of("PESALR2_1.xml", "123");
    std::vector<std::string> offsets{"0", "100", "200", "0"};
    SUBCASE("of a platform that tells how many a page holds") {}
    SUBCASE("of one that does not") {
      archives.tells_limit = false;
      offsets.emplace_back("1");
    }
    SUBCASE("a page that did not come is asked for again, and those before it are not") {
      archives.lost_pages = {"100"};
      offsets.insert(offsets.begin() + 1, "100");
    }
    const auto tdt = archives.with_archivist();
    if (!archives.lost_pages.empty()) {
      CHECK(refusal([&] { (void)tdt->find(name, since, nobodys); }).code() ==
            ErrorCode::service_unreachable);
    }

    CHECK(std::get<TdtFound>(tdt->find(name, since, nobodys)).transaction_id == "400");
    CHECK(tdt->transactions(-1, since) == std::vector<std::string>{"400"});

    std::vector<std::string> asked;
    std::set<std::string> days;
    for (const httplib::Request& request : archives.server.requests()) {
      if (!request.has_param("offset")) continue;
      asked.push_back(request.get_param_value("offset"));
      days.insert(request.get_param_value("min_date"));
    }
    CHECK(asked == offsets);
    CHECK(days == std::set<std::string>{"2026-01-04"});
  }

  TEST_CASE("of two flows of one name, the one that somebody has is not taken for the other") {
    Archives archives;
    archives.ids["8"] = {"12"};
    archives.acquits["12"] = acquit_of("PESALR2_1.xml", "123");
    archives.acquits["11"] = archives.acquits["12"];
    const auto tdt = archives.with_archivist();
    const auto is_anothers = [](const std::string& id) { return id == "12"; };

    CHECK(std::holds_alternative<TdtNotFound>(tdt->find(name, since, is_anothers)));
    archives.ids["-1"] = {"11"};
    CHECK(std::get<TdtFound>(archives.with_archivist()->find(name, since, is_anothers))
              .transaction_id == "11");
  }

  TEST_CASE("the archivist's account asks for lists, the agent's for acquits") {
    Archives archives;
    archives.ids["8"] = {"12"};
    (void)archives.with_archivist()->find(name, since, nobodys);

    for (const httplib::Request& request : archives.server.requests()) {
      const bool lists = request.path.ends_with("list_pes_aller.php");
      const auto [header, credentials] =
          lists ? httplib::make_basic_authentication_header("archives", "archives-secret")
                : httplib::make_basic_authentication_header("agent", "agent-secret");
      CHECK(request.get_header_value(header) == credentials);
    }
  }

  TEST_CASE("an account that may not list is named, with what to check") {
    Platform platform;
    pes::S2lowAccess access = platform.access(platform.server.url());
    access.archivist = pes::Login{"archives", [] { return pes::Secret("archives-secret"); }};

    SUBCASE("it is no archivist's") {
      platform.server.answer(400, "application/json",
                             R"({"error":"L'utilisateur n'est pas archiviste"})");
    }
    SUBCASE("it is not known") {
      platform.server.answer(200, "text/html", "KO\nLe certificat n&#039;est pas valide\n");
    }
    const pes::Error error =
        refusal([&] { (void)pes::make_s2low(access)->find(name, since, nobodys); });

    CHECK(error.code() == ErrorCode::identity_refused);
    CHECK(error.hint().find("tdt.archivist_login") != std::string::npos);
  }

  TEST_CASE("the transactions of a status are all given, page after page") {
    Archives archives;
    for (int id = 350; id > 100; --id) archives.ids["3"].push_back(std::to_string(id));

    const auto ids = archives.with_archivist()->transactions(3, since);

    REQUIRE(ids.size() == 250);
    CHECK(ids.front() == "350");
    CHECK(ids.back() == "101");
  }

  TEST_CASE("without an archivist's account, lists and archiving are a matter of configuration") {
    Platform platform;
    const auto tdt = platform.tdt();

    for (const pes::Error& error : {refusal([&] { (void)tdt->transactions(8, since); }),
                                    refusal([&] { (void)tdt->tell_archived("12"); })}) {
      CHECK(error.code() == ErrorCode::config_missing);
      CHECK(error.hint().find("tdt.archivist_login") != std::string::npos);
    }
    CHECK(platform.server.requests().empty());
  }

  TEST_CASE("what the SAE keeps is told by the moves that lead there from each status") {
    Platform platform;
    std::string moves;
    int status = 8;
    platform.server.on_request([&](const httplib::Request& request, httplib::Response& response) {
      if (request.method == "GET") {
        response.set_content("<transaction ><id>12</id><resultat>OK</resultat><message/><status>" +
                                 std::to_string(status) + "</status></transaction>",
                             "text/xml");
        return;
      }
      CHECK(request.get_file_value("api").content == "1");
      CHECK(request.get_file_value("transaction_id").content == "12");
      moves += request.get_file_value("status_id").content + " ";
      response.set_content(R"({"status":"ok","message":"modifi\u00e9e"})", "text/plain");
    });
    const auto told = [&](int from) {
      moves.clear();
      status = from;
      const bool changed = with_archivist(platform)->tell_archived("12");
      return moves + (changed ? "told" : "known");
    };

    CHECK(told(8) == "19 10 told");
    CHECK(told(19) == "10 told");
    CHECK(told(9) == "10 told");
    CHECK(told(20) == "10 told");
    CHECK(told(10) == "known");
  }

  TEST_CASE("archiving that is not noted says why") {
    Platform platform;
    ErrorCode expected = ErrorCode::internal;
    int status = 200;
    std::string body;
    std::string words;
    SUBCASE("the status does not lead there") {
      words = "Impossible de changer le status de la transaction";
      body = R"({"status":"error","error-message":")" + words + "\"}";
      expected = ErrorCode::service_refused;
    }
    SUBCASE("the account may not") {
      body = R"({"status":"error","error-message":"Acc\u00e8s refus\u00e9"})";
      expected = ErrorCode::identity_refused;
    }
    SUBCASE("the account is not known") {
      body = "KO\nrefus\n";
      expected = ErrorCode::identity_refused;
    }
    SUBCASE("a web page") {
      status = 302;
      expected = ErrorCode::identity_refused;
    }
    SUBCASE("maintenance") {
      body = "<html></html>";
      expected = ErrorCode::service_unexpected;
    }
    platform.server.on_request([&](const httplib::Request& request, httplib::Response& response) {
      const bool asks = request.method == "GET";
      response.status = asks ? 200 : status;
      response.set_content(asks ? "<transaction ><id>12</id><resultat>OK</resultat><message/>"
                                  "<status>19</status></transaction>"
                                : body,
                           "text/xml");
    });

    const pes::Error error = refusal([&] { (void)with_archivist(platform)->tell_archived("12"); });

    CHECK(error.code() == expected);
    CHECK(error.message().find(words) != std::string::npos);
    CHECK_FALSE(error.hint().empty());
  }

  TEST_CASE("what is no list is a failure") {
    Platform platform;
    pes::S2lowAccess access = platform.access(platform.server.url());
    access.archivist = pes::Login{"archives", [] { return pes::Secret("archives-secret"); }};
    for (const char* body : {"<html>maintenance</html>", "{}", R"({"transactions":[12]})",
                             R"({"transactions":[{"id":"12"}]})", "[]", ""}) {
      CAPTURE(body);
      platform.server.answer(200, "application/json", body);
      CHECK(refusal([&] { (void)pes::make_s2low(access)->find(name, since, nobodys); }).code() ==
            ErrorCode::service_unexpected);
    }
  }
}
