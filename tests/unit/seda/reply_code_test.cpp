#include "pes/reply_code.hpp"

#include <doctest/doctest.h>

#include <string>

using pes::reply_code_meaning;

TEST_SUITE("seda") {
  TEST_CASE("every code of the list has its meaning") {
    for (const char* code :
         {"000", "001", "002", "101", "102", "200", "201", "202", "203",     "204", "205",  "206",
          "207", "208", "209", "210", "211", "212", "300", "301", "302",     "303", "304",  "305",
          "306", "307", "308", "309", "310", "311", "312", "OK",  "WARNING", "KO",  "FATAL"}) {
      CAPTURE(std::string(code));
      CHECK_FALSE(reply_code_meaning(code).empty());
    }
  }

  TEST_CASE("a refusal says what there is to do") {
    CHECK(reply_code_meaning("203") ==
          "le bordereau ne suit pas le profil d'archivage ; corriger le bordereau, puis verser de "
          "nouveau");
    CHECK(reply_code_meaning("102").ends_with("verser de nouveau plus tard"));
  }

  TEST_CASE("a code that no list has means nothing") {
    CHECK(reply_code_meaning("999").empty());
    CHECK(reply_code_meaning("").empty());
  }
}
