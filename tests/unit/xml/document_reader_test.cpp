#include "xml/document_reader.hpp"

#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/shared.hpp"
#include "support/text.hpp"
#include "unit/xml/memory_source.hpp"
#include "unit/xml/random_document.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace pes::xml {

namespace {

std::string qualified(const ElementName& name, const std::string& encoding) {
  const std::string utf8 = name.prefix.empty()
                               ? std::string(name.local)
                               : std::string(name.prefix) + ":" + std::string(name.local);
  return encoded(utf8, encoding).value_or(utf8);
}

/// Checks each tag's place against the document itself.
class PlaceChecker final : public Events {
 public:
  PlaceChecker(DocumentReader& reader, const std::string& document)
      : reader_(reader), document_(document) {}

  void start_element(const StartElement& element, const Tag& tag) override {
    REQUIRE(tag.kind != Tag::Kind::end);
    const std::string text = check_place(tag);
    const std::string name = qualified(element.name, reader_.encoding().declared);
    REQUIRE(text.substr(0, name.size() + 1) == "<" + name);
    REQUIRE(text.ends_with("/>") == (tag.kind == Tag::Kind::empty));
  }
  void end_element(const ElementName& name, const Tag& tag) override {
    REQUIRE(tag.kind != Tag::Kind::start);
    const std::string text = check_place(tag);
    const std::string opening = tag.kind == Tag::Kind::empty ? "<" : "</";
    const std::string expected = opening + qualified(name, reader_.encoding().declared);
    REQUIRE(text.substr(0, expected.size()) == expected);
  }
  void text(std::string_view) override {}
  void processing_instruction(std::string_view, std::string_view) override {}
  void comment(std::string_view) override {}

  std::size_t tags = 0;

 private:
  std::string check_place(const Tag& tag) {
    ++tags;
    const std::string text = document_.substr(tag.begin, tag.end - tag.begin);
    REQUIRE(text.ends_with(">"));
    REQUIRE(reader_.raw().slice(tag.begin, tag.end) == text);
    const std::string before = document_.substr(0, tag.begin);
    const std::size_t line_begin = before.rfind('\n') + 1;
    const std::string line = before.substr(line_begin);
    REQUIRE(tag.at().line ==
            1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')));
    REQUIRE(tag.at().column ==
            1 + (reader_.encoding().utf8 ? length_in_characters(line) : line.size()));
    return text;
  }

  DocumentReader& reader_;
  const std::string& document_;
};

void check_places(const std::string& document, std::size_t piece_size) {
  test::MemorySource source(document, piece_size);
  DocumentReader reader(source);
  PlaceChecker checker(reader, document);
  reader.read(checker, 256);
  REQUIRE(checker.tags > 0);
}

struct Count {
  std::size_t elements = 0;
  std::size_t ends = 0;
  std::size_t characters = 0;
  Tag last;
  Position last_at;
};

class Counter final : public Events {
 public:
  void start_element(const StartElement&, const Tag& tag) override {
    ++count.elements;
    count.last = tag;
    count.last_at = tag.at();
  }
  void end_element(const ElementName&, const Tag&) override { ++count.ends; }
  void text(std::string_view text) override { count.characters += text.size(); }
  void processing_instruction(std::string_view, std::string_view) override {}
  void comment(std::string_view) override {}

  Count count;
};

Count count(const std::string& document, int max_depth = 256) {
  test::MemorySource source(document);
  DocumentReader reader(source);
  Counter counter;
  reader.read(counter, max_depth);
  return counter.count;
}

std::optional<ErrorCode> refusal(const std::string& document, int max_depth = 256) {
  try {
    count(document, max_depth);
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

std::string nested(int depth) {
  std::string document;
  for (int i = 0; i < depth; ++i) document += "<a>";
  for (int i = 0; i < depth; ++i) document += "</a>";
  return document;
}

std::string utf16(std::string_view ascii) {
  std::string wide = "\xFF\xFE";
  for (const char c : ascii) {
    wide += c;
    wide += '\0';
  }
  return wide;
}

}  // namespace

TEST_SUITE("xml") {
  TEST_CASE("every tag of the samples is where the reader says") {
    if (!test::has_shared()) return;
    for (const char* folder : {"pes", "signed/bordereau", "signed/root", "tdt"}) {
      const auto place = test::shared() / "samples" / folder;
      for (const auto& entry : std::filesystem::directory_iterator(place)) {
        if (entry.path().extension() != ".xml" || entry.file_size() > 300'000) continue;
        if (entry.path().filename() == "aller-dep-malformed-truncated.xml") continue;
        CAPTURE(entry.path().native());
        const std::string document = read_file(entry.path(), 300'000);
        check_places(document, 65536);
        check_places(document, 7);
      }
    }
  }

  TEST_CASE("every tag of random documents is where the reader says, however they are cut") {
    const std::mt19937::result_type seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 300; ++i) {
      const std::string document = test::random_document(random);
      CAPTURE(document);
      for (const std::size_t size : {1U, 2U, 3U, 7U, 65536U}) check_places(document, size);
    }
  }

  TEST_CASE("an empty document is refused") { CHECK(refusal("") == ErrorCode::input_empty); }

  TEST_CASE("elements nested beyond the bound are refused") {
    CHECK(count(nested(10), 10).elements == 10);
    CHECK(refusal(nested(11), 10) == ErrorCode::input_too_large);
    CHECK(refusal(nested(100'000), 256) == ErrorCode::input_too_large);
    CHECK(count(nested(3000), 3000).elements == 3000);
  }

  TEST_CASE("a text has no bound but a single piece of markup has one") {
    const std::string long_text(40U << 20U, 'x');
    CHECK(count("<a>" + long_text + "</a>").characters == long_text.size());
    CHECK(refusal("<a><!--" + long_text + "--></a>") == ErrorCode::input_too_large);
    CHECK(refusal("<a V='" + long_text + "'/>") == ErrorCode::input_too_large);
  }

  TEST_CASE("UTF-16 is read, without the places of its tags") {
    test::MemorySource source(utf16("<a>\n<b/>text</a>"));
    DocumentReader reader(source);
    Counter counter;
    reader.read(counter, 256);

    CHECK_FALSE(reader.encoding().ascii_compatible);
    CHECK(counter.count.elements == 2);
    CHECK(counter.count.ends == 2);
    CHECK(counter.count.last_at.line == 2);
    CHECK(counter.count.last.begin == counter.count.last.end);
  }

  TEST_CASE("a byte order mark shifts offsets but not columns") {
    const Count counted = count("\xEF\xBB\xBF<a/>");
    CHECK(counted.last.begin == 3);
    CHECK(counted.last_at.column == 1);
  }

  TEST_CASE("the head is there before the reading") {
    test::MemorySource source("<?xml version='1.0' encoding='ISO-8859-15'?><a/>", 1);
    const DocumentReader reader(source);
    CHECK(reader.head() == "<?xml version='1.0' encoding='ISO-8859-15'?><a/>");
    CHECK(reader.encoding().declared == "ISO-8859-15");
  }
}

}  // namespace pes::xml
