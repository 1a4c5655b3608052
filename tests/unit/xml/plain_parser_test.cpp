#include "xml/plain_parser.hpp"

#include "support/file.hpp"
#include "support/shared.hpp"
#include "unit/xml/random_document.hpp"
#include "unit/xml/transcript.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace pes::xml {

namespace {

bool is_plain(std::string_view document) {
  return test::plain_transcript(document, 65536).has_value();
}

/// Bytes that mean something in XML, and some that do not belong there.
std::string mutated(std::string document, std::mt19937& random) {
  static constexpr std::array<std::string_view, 36> insertions = {"<",
                                                                  ">",
                                                                  "&",
                                                                  "\"",
                                                                  "'",
                                                                  "/",
                                                                  "=",
                                                                  "\r",
                                                                  "\n",
                                                                  "\t",
                                                                  " ",
                                                                  "]]>",
                                                                  "--",
                                                                  "<![CDATA[",
                                                                  "?>",
                                                                  "<?",
                                                                  "<!--",
                                                                  "-->",
                                                                  ":",
                                                                  "xmlns:",
                                                                  "xmlns=''",
                                                                  "&amp;",
                                                                  "&#13;",
                                                                  "&#x0;",
                                                                  ";",
                                                                  "xml:",
                                                                  "\x01",
                                                                  "\x7f",
                                                                  "\x80",
                                                                  "\xe9",
                                                                  "\xc3\xa9",
                                                                  "\xef\xbf\xbf",
                                                                  "\xed\xa0\x80",
                                                                  "a",
                                                                  "<a>",
                                                                  "</a>"};
  const auto below = [&](std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
  };
  for (std::size_t changes = 1 + below(3); changes > 0 && !document.empty(); --changes) {
    const std::size_t at = below(document.size());
    switch (below(3)) {
      case 0:
        document.insert(at, insertions[below(insertions.size())]);
        break;
      case 1:
        document.erase(at, 1 + below(4));
        break;
      default:
        document.replace(at, 1, insertions[below(insertions.size())]);
    }
  }
  return document;
}

std::mt19937 seeded() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread.
  const char* given = std::getenv("PES_SEED");
  const std::mt19937::result_type seed =
      given != nullptr ? std::stoul(given) : std::random_device{}();
  MESSAGE("PES_SEED=" << seed);
  return std::mt19937(seed);
}

}  // namespace

TEST_SUITE("xml") {
  TEST_CASE("what a PES is made of is plain") {
    CHECK(
        is_plain("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\r\n<n:r xmlns:n='urn:n' Id=\"a\">"
                 "\r\n <V V=\"\xE9&amp;&#233;\"/><!-- c --><?p d?>\xE9<![CDATA[<]]></n:r>\n"));
    CHECK(is_plain("<?xml version='1.0' encoding='utf-8' standalone='yes'?><r a='\"'>é</r>"));
    CHECK(is_plain("<r/>"));
  }

  TEST_CASE("what only libxml2 can judge is left to it") {
    const std::vector<std::string> documents = {
        "",
        " ",
        "<r>",
        "<r></s>",
        "<r/><r/>",
        "<r/>x",
        "x<r/>",
        "<r><a></r>",
        "<!DOCTYPE r><r/>",
        "<?xml version='1.1'?><r/>",
        "<?xml version='1.0' encoding='windows-1252'?><r/>",
        "\xEF\xBB\xBF<r/>",
        "<é/>",
        "<r xml:lang='fr'/>",
        "<p:r/>",
        "<r p:a=''/>",
        "<r xmlns:p=''/>",
        "<r xmlns:xml='urn:x'/>",
        "<r a='1' a='2'/>",
        "<r xmlns:p='urn:p' xmlns:q='urn:p' p:a='' q:a=''/>",
        "<r a='1'b='2'/>",
        "<r a='<'/>",
        "<r a=1/>",
        "<r>]]></r>",
        "<r>&other;</r>",
        "<r>&#0;</r>",
        "<r>&#xD800;</r>",
        "<r>\x01</r>",
        std::string("<r>\0</r>", 8),
        std::string("<r/>\0<r/>", 9),
        "<r>\xC0\x80</r>",
        "<r>\xED\xA0\x80</r>",
        "<r>\xEF\xBF\xBF</r>",
        "<?xml version='1.0' encoding='US-ASCII'?><r>\xE9</r>",
        "<r><!-- -- --></r>",
        "<r><!-- ></r>",
        "<r><?xml version='1.0'?></r>",
        "<r><?a:b?></r>",
        "<r><![CDATA[</r>",
        "<![CDATA[]]><r/>",
        "<a:b:c xmlns:a='urn:a'/>",
        "<a:1 xmlns:a='urn:a'/>",
    };
    for (const std::string& document : documents) {
      CAPTURE(document);
      CHECK_FALSE(is_plain(document));
    }
  }

  TEST_CASE("a tag without end is not kept in memory") {
    CHECK_FALSE(is_plain("<r a='" + std::string(3U << 20U, 'x') + "'/>"));
    CHECK_FALSE(is_plain("<r><!--" + std::string(3U << 20U, 'x') + "--></r>"));
  }

  TEST_CASE("a document with names beyond number is left to libxml2") {
    std::string document = "<r>";
    for (int i = 0; i < 10'000; ++i) document += "<e" + std::to_string(i) + "/>";
    CHECK_FALSE(is_plain(document + "</r>"));
  }

  TEST_CASE("whatever the pieces a document comes in, the events are those of libxml2") {
    const std::string text(200, 'A');
    const std::string document =
        "<?xml version='1.0' encoding='UTF-8'?>\r\n<?p x?><n:r xmlns:n='urn:n' xmlns='urn:d'\r\n"
        "  a='&lt;\r\n\t&#xE9;é'>" +
        text + "\r\n]]\r]é&amp;<b n:c=\"'\"/>\xF0\x9F\x98\x80" +
        "<!-- - --><![CDATA[<&]]]]><b xmlns='' ></b\n>" + text + "</n:r><!---->\n";
    for (std::size_t piece = 1; piece < 400; ++piece) {
      // The first kilobyte comes in one piece, whatever the source gives.
      const std::string padded = "<?xml version='1.0' encoding='UTF-8'?>" +
                                 std::string(1200 - piece, ' ') + document.substr(38);
      CAPTURE(piece);
      CHECK(test::plain_transcript(padded, piece).has_value());
      CHECK(test::disagreement(padded, piece) == "");
    }
  }

  TEST_CASE("the events of the samples are those of libxml2") {
    if (!test::has_shared()) return;
    std::size_t plain = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(test::shared() / "samples")) {
      if (entry.path().extension() != ".xml" || entry.file_size() > 10'000'000) continue;
      const std::string document = read_file(entry.path(), 10'000'000);
      INFO(entry.path().native());
      CHECK(test::disagreement(document, 4096) == "");
      if (is_plain(document)) ++plain;
    }
    CHECK(plain > 60);
  }

  TEST_CASE("random documents, whole and damaged, are read as by libxml2 or left to it") {
    std::mt19937 random = seeded();
    std::size_t plain = 0;
    for (int i = 0; i < 1500; ++i) {
      const std::string document = test::random_document(random);
      const std::string damaged = mutated(document, random);
      CAPTURE(document);
      REQUIRE(test::disagreement(document, 7) == "");
      if (is_plain(document)) ++plain;
      CAPTURE(damaged);
      REQUIRE(test::disagreement(damaged, 65536) == "");
    }
    CHECK(plain > 100);
  }
}

}  // namespace pes::xml
