#include "xml/absolute_uri.hpp"

#include "support/owned.hpp"

#include <doctest/doctest.h>
#include <libxml/uri.h>

#include <array>
#include <random>
#include <string>

namespace pes::xml {

namespace {

bool libxml2_finds_a_scheme(const std::string& text) {
  const Owned<xmlURI, xmlFreeURI> uri(xmlParseURI(text.c_str()));
  return uri && uri->scheme != nullptr;
}

/// A text of the pieces that URIs are made of, most of them in a wrong place.
std::string random_uri(std::mt19937& random) {
  static constexpr std::array<std::string_view, 26> pieces = {
      "a", "Z", "9", "urn", "http", ":", "/", "//", "#", "?", ".", "-",       "_",
      "~", "+", "@", "%",   "%20",  "[", "]", " ",  "é", "&", "'", "1.2.3.4", "host.fr"};
  std::string text;
  while (text.empty() || random() % 8 != 0) text += pieces.at(random() % pieces.size());
  return text;
}

}  // namespace

TEST_SUITE("xml") {
  TEST_CASE("a URI is absolute when it has a scheme") {
    for (const char* text :
         {"urn:x", "http://www.w3.org/2000/09/xmldsig#", "http://uri.etsi.org/01903/v1.2.2#",
          "http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller", "http://host", "a:b:c",
          "urn:a?b&c", "http://[::1]/x", "urn:it's"}) {
      CAPTURE(text);
      CHECK(is_absolute_uri(text));
      CHECK(libxml2_finds_a_scheme(text));
    }
    for (const char* text :
         {"relative/name", "#fragment", "urn:not a uri", "", ":", "://host", "9:x", "http://é"}) {
      CAPTURE(text);
      CHECK_FALSE(is_absolute_uri(text));
      CHECK_FALSE(libxml2_finds_a_scheme(text));
    }
  }

  TEST_CASE("libxml2 takes the same random texts for absolute URIs") {
    std::mt19937 random(1);
    int absolute = 0;
    for (int i = 0; i < 300'000; ++i) {
      const std::string text = random_uri(random);
      CAPTURE(text);
      REQUIRE(is_absolute_uri(text) == libxml2_finds_a_scheme(text));
      if (is_absolute_uri(text)) ++absolute;
    }
    CHECK(absolute > 1000);
  }
}

}  // namespace pes::xml
