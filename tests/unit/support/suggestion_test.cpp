#include "support/suggestion.hpp"

#include <doctest/doctest.h>

TEST_SUITE("support") {
  TEST_CASE("a mistyped word finds the one that it means") {
    const std::vector<std::string_view> commands{"create", "send", "sign", "status", "journal"};

    CHECK(pes::closest("sned", commands) == "send");
    CHECK(pes::closest("singn", commands) == "sign");
    CHECK(pes::closest("statu", commands) == "status");
    CHECK(pes::closest("jurnnal", commands) == "journal");
    CHECK(pes::closest("creeate", commands) == "create");
  }

  TEST_CASE("a word near to none gets no suggestion") {
    const std::vector<std::string_view> commands{"create", "send"};

    CHECK_FALSE(pes::closest("print", commands).has_value());
    CHECK_FALSE(pes::closest("", commands).has_value());
    CHECK_FALSE(pes::closest("send", {}).has_value());
  }
}
