#include "net/setting_key.hpp"

#include <doctest/doctest.h>

using pes::net::setting_key;

TEST_SUITE("net") {
  TEST_CASE("the keys of a service stand in its table, or after the key of its address") {
    CHECK(setting_key("tdt", "url") == "tdt.url");
    CHECK(setting_key("tdt", "ca") == "tdt.ca");
    CHECK(setting_key("journal.tsa", "url") == "journal.tsa");
    CHECK(setting_key("journal.tsa", "ca") == "journal.tsa_ca");
  }
}
