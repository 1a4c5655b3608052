#include "pes/seda.hpp"

#include <doctest/doctest.h>

using pes::archive_entry_name;

TEST_SUITE("seda") {
  TEST_CASE("a name of plain ASCII is kept") {
    CHECK(archive_entry_name("PES 01 (a).xml", {}) == "PES 01 (a).xml");
  }

  TEST_CASE("bytes outside of plain ASCII and slashes are deleted") {
    CHECK(archive_entry_name("budg\xC3\xA9t.xml", {}) == "budgt.xml");
    CHECK(archive_entry_name("../a/b\n.xml", {}) == "_..ab.xml");
    CHECK(archive_entry_name("a\x7F.xml", {}) == "a.xml");
  }

  TEST_CASE("a name that tar would take for an option, a hidden file or nothing is prefixed") {
    CHECK(archive_entry_name("-rf.xml", {}) == "_-rf.xml");
    CHECK(archive_entry_name(".xml", {}) == "_.xml");
    CHECK(archive_entry_name("\xC3\xA9", {}) == "_");
    CHECK(archive_entry_name("", {}) == "_");
  }

  TEST_CASE("a name already taken is numbered before its extension") {
    CHECK(archive_entry_name("a.xml", {"a.xml"}) == "a_1.xml");
    CHECK(archive_entry_name("a.xml", {"a.xml", "a_1.xml"}) == "a_2.xml");
    CHECK(archive_entry_name("a", {"a"}) == "a_1");
    CHECK(archive_entry_name("\xC3\xA9"
                             "a.xml",
                             {"a.xml"}) == "a_1.xml");
  }
}
