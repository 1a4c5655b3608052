#include "net/excerpt.hpp"

#include "support/text.hpp"

#include <doctest/doctest.h>

using pes::net::excerpt;
using pes::net::one_line;
using pes::net::utf8_of;

TEST_SUITE("net") {
  TEST_CASE("bytes that are no UTF-8 are read as ISO-8859-1") {
    CHECK(utf8_of("accepté") == "accepté");
    CHECK(utf8_of("accept\xE9") == "accepté");
  }

  TEST_CASE("a line has neither control characters nor their escapes") {
    CHECK(one_line("  a\r\n\tb\x1B[31m c ") == "a b [31m c");
    CHECK(one_line("a\xC2\x9B"
                   "31mb") == "a 31mb");
    CHECK(one_line("é à") == "é à");
  }

  TEST_CASE("a long line is cut between two characters") {
    CHECK(one_line("ééééé", 3) == "ééé…");
    CHECK(one_line("ééé", 3) == "ééé");
  }

  TEST_CASE("the excerpt of a text is its beginning, entities resolved") {
    CHECK(excerpt("Le certificat n&#039;est pas valide : aucun compte trouv\xE9\n") ==
          "Le certificat n'est pas valide : aucun compte trouvé");
    CHECK(excerpt("a &lt;b&gt; &amp;amp; &quot;c&quot;") == "a <b> &amp; \"c\"");
    CHECK(pes::length_in_characters(excerpt(std::string(5'000, 'x'))) == 301);
  }

  TEST_CASE("the excerpt of a page is its title and nothing else") {
    CHECK(excerpt("<!DOCTYPE html><html><head><TITLE>\n Maintenance \n</TITLE></head>"
                  "<body>PHP_AUTH_PW = secret</body></html>") == "Maintenance");
    CHECK(excerpt("<br>PHP_AUTH_PW = secret").empty());
    CHECK(excerpt("<html><title>never closed").empty());
  }
}
