#include "ui/ascii.hpp"
#include "ui/characters.hpp"
#include "ui/json.hpp"
#include "ui/language.hpp"

#include <doctest/doctest.h>

TEST_SUITE("cmd") {
  TEST_CASE("placeholders are filled in any order") {
    CHECK(pes::ui::fill("{2} before {1}, {2} again", {"a", "b"}) == "b before a, b again");
    CHECK(pes::ui::fill("{3} { } {0}", {"a"}) == " { } {0}");
  }

  TEST_CASE("without UTF-8 accents and symbols become ASCII") {
    CHECK(pes::ui::to_ascii("Créé « à l'œil » — n°1, S²LOW… 3 €") ==
          "Cree \" a l'oeil \" - no1, S2LOW... 3 EUR");
    CHECK(pes::ui::to_ascii("\xFF漢") == "??");
  }

  TEST_CASE("columns are counted, not bytes") {
    CHECK(pes::ui::display_width("testcontrôle") == 12);
    CHECK(pes::ui::display_width("e\u0301te\u0301") == 3);
    CHECK(pes::ui::display_width("漢字") == 4);
  }

  TEST_CASE("a long text loses its middle") {
    CHECK(pes::ui::elided("PESALR1-25351449100039.xml", 11) == "PESAL…9.xml");
    CHECK(pes::ui::elided("court", 5) == "court");
    CHECK(pes::ui::elided("é€é€é€", 3) == "é…€");
    CHECK(pes::ui::elided("abc", 1) == "…");
  }

  TEST_CASE("control characters and direction marks do not reach a terminal") {
    // Letter by letter: who reads this file must not be misled by it either.
    const std::string right_to_left{'\xE2', '\x80', '\xAE'};
    CHECK(pes::ui::printable("a\x1B]0;x\x07" + ("b" + right_to_left) + "c\x7F") == "a ]0;x b c ");
    CHECK(pes::ui::printable("\xC3(") == "?(");
  }

  TEST_CASE("case of ASCII letters does not count in a search") {
    CHECK(pes::ui::contains_ignoring_case("TEST-PES-0322", "pes"));
    CHECK(pes::ui::contains_ignoring_case("x", ""));
    CHECK_FALSE(pes::ui::contains_ignoring_case("", "x"));
  }

  TEST_CASE("JSON stays on one line, in its order, even with bytes that are no UTF-8") {
    pes::ui::Json line = pes::ui::typed_line("dossier", "send");
    line["zebra"] = "\xFF";
    line["apple"] = pes::ui::text_or_null("");

    CHECK(pes::ui::serialised(line) ==
          "{\"type\":\"dossier\",\"schema\":\"pes.send/1\",\"zebra\":\"\uFFFD\",\"apple\":null}\n");
  }
}
