#include "net/http_answer.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace std::chrono_literals;
using pes::net::asked_pause;
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

  TEST_CASE("Retry-After is a number of seconds, or a date counted from that of the answer") {
    constexpr const char* date = "Sun, 06 Nov 1994 08:49:37 GMT";
    CHECK(asked_pause("120", "") == 120s);
    CHECK(asked_pause(" 0 ", date) == 0s);
    CHECK(asked_pause("Sun, 06 Nov 1994 08:51:37 GMT", date) == 2min);
    CHECK(asked_pause("Thu, 01 Jan 1970 00:00:00 GMT", date) == 0s);
    CHECK(asked_pause("999999999", date) == 24h);
    CHECK(asked_pause("Tue, 06 Nov 2094 08:51:37 GMT", date) == 24h);
  }

  TEST_CASE("a Retry-After that cannot be counted asks for nothing") {
    constexpr const char* date = "Sun, 06 Nov 1994 08:49:37 GMT";
    for (const char* header : {"", "-1", "1.5", "soon", "99999999999999999999", "Sun, 06 Nov 1994",
                               "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 xyz 1994 08:49:37 GMT",
                               "Sun, 06 anF 1994 08:49:37 GMT"}) {
      CAPTURE(header);
      CHECK_FALSE(asked_pause(header, date).has_value());
    }
    CHECK_FALSE(asked_pause(date, "").has_value());
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
