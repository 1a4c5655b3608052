#include "xml/tag_scanner.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace pes::xml {

namespace {

std::vector<TagScanner::Found> tags(TagScanner scanner, std::string_view document,
                                    std::size_t piece_size) {
  std::vector<TagScanner::Found> found;
  for (std::size_t i = 0; i < document.size(); i += piece_size) {
    scanner.scan(document.substr(i, piece_size));
  }
  while (const auto tag = scanner.take()) found.push_back(*tag);
  return found;
}

std::vector<std::string> texts(std::string_view document, std::size_t piece_size = 65536) {
  std::vector<std::string> found;
  for (const auto& [tag, at] : tags(TagScanner(false, 1), document, piece_size)) {
    found.emplace_back(document.substr(tag.begin, tag.end - tag.begin));
  }
  return found;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_SUITE("xml") {
  TEST_CASE("tags are found whatever stands between and inside them") {
    CHECK(texts("<a><b/></a>") == Texts{"<a>", "<b/>", "</a>"});
    CHECK(texts("<?xml version='1.0'?>\n<a\n x = '>' y=\"/>'\" ></a >") ==
          Texts{"<a\n x = '>' y=\"/>'\" >", "</a >"});
    CHECK(texts("<a>1 > 2 <!-- <b> > -> --> <?p <c> ? > ?></a>") == Texts{"<a>", "</a>"});
    CHECK(texts("<a><![CDATA[<b>]]]]><![CDATA[>]>]]></a>") == Texts{"<a>", "</a>"});
    CHECK(texts("<!-->--><a/><!----><b/>") == Texts{"<a/>", "<b/>"});
    CHECK(texts("<a><![CDATA[]]><b/></a>") == Texts{"<a>", "<b/>", "</a>"});
    CHECK(texts("<a V='/'>") == Texts{"<a V='/'>"});
  }

  TEST_CASE("a tag knows whether it opens, closes or does both") {
    const std::vector<TagScanner::Found> found =
        tags(TagScanner(false, 1), "<a><b V='/'/></a>", 100);

    REQUIRE(found.size() == 3);
    CHECK(found[0].tag.kind == Tag::Kind::start);
    CHECK(found[1].tag.kind == Tag::Kind::empty);
    CHECK(found[2].tag.kind == Tag::Kind::end);
  }

  TEST_CASE("tags are the same however the document is cut") {
    const std::string document =
        "<?xml version='1.0'?><!-- > --><a b='>' c=\"'\">\n<![CDATA[]]x><x>]]]><b/><?p ?></a>";
    const std::vector<TagScanner::Found> whole =
        tags(TagScanner(true, 1), document, document.size());
    REQUIRE(whole.size() == 3);
    for (const std::size_t size : {1U, 2U, 3U, 7U}) {
      const std::vector<TagScanner::Found> cut = tags(TagScanner(true, 1), document, size);
      REQUIRE(cut.size() == whole.size());
      for (std::size_t i = 0; i < cut.size(); ++i) {
        CHECK(cut[i].tag.begin == whole[i].tag.begin);
        CHECK(cut[i].tag.end == whole[i].tag.end);
        CHECK(cut[i].tag.kind == whole[i].tag.kind);
        CHECK(cut[i].at.line == whole[i].at.line);
        CHECK(cut[i].at.column == whole[i].at.column);
      }
    }
  }

  TEST_CASE("lines and columns count from 1, columns in characters") {
    SUBCASE("in a single-byte encoding a byte is a character") {
      const std::vector<TagScanner::Found> found =
          tags(TagScanner(false, 1), "<a>\n\xE9\xE9<b/></a>", 100);
      CHECK(found[0].at.line == 1);
      CHECK(found[0].at.column == 1);
      CHECK(found[1].at.line == 2);
      CHECK(found[1].at.column == 3);
    }
    SUBCASE("in UTF-8 continuation bytes do not count, a byte order mark neither") {
      const std::vector<TagScanner::Found> found =
          tags(TagScanner(true, 0), "\xEF\xBB\xBF<a>éé<b/></a>", 1);
      CHECK(found[0].at.column == 1);
      CHECK(found[1].at.column == 6);
    }
  }

  TEST_CASE("the oldest byte still needed is that of the first tag not taken") {
    TagScanner scanner(false, 1);
    scanner.scan("text");
    CHECK(scanner.oldest_needed() == 4);
    scanner.scan("<a");
    CHECK(scanner.oldest_needed() == 4);
    scanner.scan("><b/>");
    CHECK(scanner.oldest_needed() == 4);
    REQUIRE(scanner.take());
    CHECK(scanner.oldest_needed() == 7);
    REQUIRE(scanner.take());
    CHECK(scanner.oldest_needed() == 11);
  }

  TEST_CASE("the value of an attribute is found in the text of its tag") {
    const auto value = [](std::string_view tag, std::string_view name) -> std::string {
      const auto place = attribute_value(tag, name);
      if (!place) return "none";
      return std::string(tag.substr(place->first, place->second - place->first));
    };
    CHECK(value("<InfoDematerialisee V=\"0\"/>", "V") == "0");
    CHECK(value("<e\n  V = '1'\n/>", "V") == "1");
    CHECK(value("<e x='V=\"9\"' V=\"2\">", "V") == "2");
    CHECK(value("<e xV='1' p:V='2'>", "V") == "none");
    CHECK(value("<V x='1'>", "V") == "none");
    CHECK(value("<e V=''/>", "V").empty());
    CHECK(value("<e/>", "V") == "none");
    CHECK(value("<e>", "V") == "none");
  }
}

}  // namespace pes::xml
