#include "suggestion.hpp"

#include <doctest/doctest.h>

TEST_SUITE("cmd") {
  TEST_CASE("a mistyped word suggests the nearest one, a strange one nothing") {
    const std::vector<std::string> commands{"list", "sign", "send", "status", "archive"};

    CHECK(pes::cmd::closest("lst", commands) == "list");
    CHECK(pes::cmd::closest("sgin", commands) == "sign");
    CHECK(pes::cmd::closest("statsu", commands) == "status");
    CHECK(pes::cmd::closest("archvie", commands) == "archive");
    CHECK(pes::cmd::closest("frobnicate", commands).empty());
    CHECK(pes::cmd::closest("", commands).empty());
  }
}
