#include "adapter/sae/asalae_json.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using pes::sae::member_text;
using pes::sae::success;

TEST_SUITE("sae") {
  TEST_CASE("a success is HTTP 200 with JSON that is not empty") {
    for (const char* body : {R"("webservices as@lae accessibles")", R"({"date_du_depot":"x"})",
                             "[1]", "7", "true", " {\"a\":null}\n"}) {
      CAPTURE(body);
      CHECK(success({.status = 200, .body = body}));
      CHECK_FALSE(success({.status = 201, .body = body}));
      CHECK_FALSE(success({.status = 500, .body = body}));
    }
  }

  TEST_CASE("JSON that PHP finds empty is no success, nor is what is not JSON") {
    for (const char* body : {"", "\"\"", "\"0\"", "0", "0.0", "false", "null", "[]", "{}",
                             "Transfert en cours de traitement", "<html></html>", "{\"a\":"}) {
      CAPTURE(body);
      CHECK_FALSE(success({.status = 200, .body = body}));
    }
  }

  TEST_CASE("identifiers may be texts or numbers") {
    const nlohmann::json object = {{"text", "a"}, {"number", 12}, {"list", {1}}, {"none", nullptr}};

    CHECK(member_text(object, "text") == "a");
    CHECK(member_text(object, "number") == "12");
    for (const char* name : {"list", "none", "absent"}) CHECK(member_text(object, name).empty());
    CHECK(member_text("a text", "text").empty());
  }
}
