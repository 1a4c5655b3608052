#include "xml/schema.hpp"

#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"
#include "unit/xml/memory_source.hpp"
#include "xml/text_for_schema.hpp"

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

using namespace pes;

namespace {

constexpr std::string_view schema_text = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:element name="flow"><xs:complexType><xs:choice maxOccurs="unbounded">
<xs:element name="day" type="xs:date"/>
<xs:element name="file" type="xs:base64Binary"/>
<xs:element name="name"><xs:simpleType><xs:restriction base="xs:string">
<xs:maxLength value="5"/></xs:restriction></xs:simpleType></xs:element>
<xs:element name="count"><xs:complexType><xs:attribute name="V" type="xs:int" use="required"/>
</xs:complexType></xs:element>
</xs:choice></xs:complexType></xs:element></xs:schema>)";

class SchemaFile {
 public:
  SchemaFile() : path_(scratch_.path() / "flow.xsd") { replace_file(path_, schema_text); }
  [[nodiscard]] const xml::Schema& schema() const { return xml::Schema::of(path_); }

 private:
  test::Scratch scratch_;
  std::filesystem::path path_;
};

std::vector<xml::SchemaFault> faults(const xml::Schema& schema, std::string text,
                                     std::size_t most = 100) {
  test::MemorySource source("<flow>" + std::move(text) + "</flow>");
  return schema.faults(source, most);
}

/// Base64 in lines of 76 letters, as attachments come; whole groups of four.
std::string base64(std::size_t lines) {
  std::string text;
  for (std::size_t i = 0; i < lines; ++i) text.append(76, "AZaz09+/"[i % 8]) += '\n';
  return text;
}

}  // namespace

TEST_SUITE_BEGIN("xml");

TEST_CASE("each fault has its line, and no more are looked for than were asked") {
  const SchemaFile file;
  const std::string text =
      "<day>2024-01-31</day>\n<day>2024-01-32</day>\n<name>longer</name>\n"
      "<count V='x'/>\n<other/>";

  const auto found = faults(file.schema(), text);

  REQUIRE(found.size() >= 4);
  CHECK(found[0].line == 2);
  CHECK(found[0].message.find("2024-01-32") != std::string::npos);
  CHECK(found[1].line == 3);
  CHECK(found.back().line == 5);
  CHECK(faults(file.schema(), text, 1).size() == 1);
  CHECK(faults(file.schema(), "<day>2024-01-31</day><name>short</name><count V='1'/>").empty());
}

TEST_CASE("attachments of any size are judged as base64 to their end") {
  const SchemaFile file;
  const auto is_valid = [&](const std::string& content) {
    return faults(file.schema(), "<file>" + content + "</file>").empty();
  };
  const std::string large = base64(100'000);

  CHECK(is_valid(large));
  CHECK(is_valid(large + "QQ=="));
  CHECK(is_valid(large + "QUE="));
  CHECK_FALSE(is_valid(large + "Q"));
  CHECK_FALSE(is_valid(large + "QQ="));
  CHECK_FALSE(is_valid(large + "QR=="));
  CHECK_FALSE(is_valid(large + "QQ==" + large));
}

TEST_CASE("what is kept of a text does not grow with it") {
  xml::TextForSchema text;
  for (int i = 0; i < 100; ++i) {
    text.append(base64(1000));
    text.append("?!");
  }

  CHECK(text.take().size() < xml::TextForSchema::bound + 2048);
  CHECK(text.take().empty());
  text.append("short");
  CHECK(text.take() == "short");
}

TEST_CASE("a character at the bound is not cut") {
  xml::TextForSchema text;
  text.append(std::string(xml::TextForSchema::bound - 1, 'x'));
  text.append("\xC3\xA9");
  text.append("QUJD");

  CHECK(text.take() == std::string(xml::TextForSchema::bound - 1, 'x') + "??QUJD");
}

TEST_CASE("threads share a schema") {
  const SchemaFile file;
  const xml::Schema& schema = file.schema();
  std::vector<std::size_t> found(4);
  {
    std::vector<std::jthread> threads;
    for (std::size_t& mine : found) {
      threads.emplace_back([&schema, &mine] {
        for (int i = 0; i < 50; ++i) mine += faults(schema, "<day>x</day><count V='1'/>").size();
      });
    }
  }

  for (const std::size_t count : found) CHECK(count == 50);
  CHECK(&file.schema() == &schema);
}

TEST_CASE("a document that is not well-formed, or has a DOCTYPE, is refused") {
  const SchemaFile file;
  const auto refusal_of = [&](const std::string& text) {
    test::MemorySource source(text);
    return test::refusal([&] { (void)file.schema().faults(source, 1); }).code();
  };

  CHECK(refusal_of("<flow>") == ErrorCode::input_not_xml);
  CHECK(refusal_of("<!DOCTYPE flow><flow/>") == ErrorCode::input_doctype);
}

TEST_SUITE_END();
