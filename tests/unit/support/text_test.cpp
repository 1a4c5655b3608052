#include "support/text.hpp"

#include <doctest/doctest.h>

TEST_SUITE("support") {
  TEST_CASE("placeholders are filled in any order") {
    CHECK(pes::fill("{2} before {1}, {2} again", {"a", "b"}) == "b before a, b again");
    CHECK(pes::fill("no {3} here { }", {"a"}) == "no  here { }");
  }

  TEST_CASE("characters are counted, not bytes") { CHECK(pes::length_in_characters("été €") == 5); }

  TEST_CASE("UTF-8 is told from other bytes") {
    CHECK(pes::is_valid_utf8("été €"));
    CHECK(pes::is_valid_utf8("\xF0\x9F\x98\x80"));
    CHECK_FALSE(pes::is_valid_utf8("\xE9t\xE9"));
    CHECK_FALSE(pes::is_valid_utf8("\xC0\x80"));
    CHECK_FALSE(pes::is_valid_utf8("\xED\xA0\x80"));
    CHECK_FALSE(pes::is_valid_utf8("\xE2\x82"));
  }

  TEST_CASE("ISO-8859-1 becomes UTF-8") { CHECK(pes::utf8_from_latin1("\xE9t\xE9") == "été"); }
}
