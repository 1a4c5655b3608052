#include "net/http_answer.hpp"

#include <doctest/doctest.h>

using pes::net::is_html;
using pes::net::proposed_file_name;

TEST_SUITE("net") {
  TEST_CASE("the file name of a Content-Disposition is taken without its folder") {
    CHECK(proposed_file_name("attachment; filename=\"PES_ACQUIT 1.xml\"") == "PES_ACQUIT 1.xml");
    CHECK(proposed_file_name("attachment; FileName=import.xml; size=3") == "import.xml");
    CHECK(proposed_file_name("attachment; filename=\"../../etc/passwd\"") == "passwd");
    CHECK(proposed_file_name("attachment; filename=\"..\\evil.xml\"") == "evil.xml");
    CHECK(proposed_file_name("attachment; filename=\"Tr\xE9sorerie.xml\"") == "Trésorerie.xml");
  }

  TEST_CASE("a Content-Disposition that names no file gives no name") {
    for (const char* header : {"", "inline", "attachment; filename=\"\"", "attachment; filename=..",
                               "attachment; filename=\"a/\"", "attachment; filename=\"open"}) {
      CAPTURE(header);
      CHECK(proposed_file_name(header).empty());
    }
  }

  TEST_CASE("HTML is recognised by its content, not by its header") {
    for (const char* body : {"<!DOCTYPE html><html></html>", " \n<html>", "<HTML lang=\"fr\">",
                             "<br>helios", "<?xml version=\"1.0\"?><!DOCTYPE html><html/>"}) {
      CAPTURE(body);
      CHECK(is_html({.body = body}));
    }
    for (const char* body : {"", "OK", "KO\nh", "<?xml version=\"1.0\"?><import/>", "<import/>"}) {
      CAPTURE(body);
      CHECK_FALSE(is_html({.content_type = "text/html", .body = body}));
    }
  }
}
