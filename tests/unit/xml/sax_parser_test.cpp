#include "xml/sax_parser.hpp"

#include "pes/error.hpp"
#include "unit/xml/memory_source.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace pes::xml {

namespace {

/// Writes what it is told, a line each.
class Trace final : public SaxHandler {
 public:
  void start_element(const StartElement& element) override {
    told += "start " + name(element.name);
    for (const NamespaceDeclaration& declaration : element.namespaces) {
      told += " xmlns:" + std::string(declaration.prefix) + "=" + std::string(declaration.uri);
    }
    for (const Attribute& attribute : element.attributes) {
      told += " " + name({attribute.prefix, attribute.local, attribute.uri}) + "=" +
              std::string(attribute.value);
    }
    told += "\n";
  }
  void end_element(const ElementName& element) override { told += "end " + name(element) + "\n"; }
  void text(std::string_view text) override { told += "text " + std::string(text) + "\n"; }
  void processing_instruction(std::string_view target, std::string_view data) override {
    told += "pi " + std::string(target) + "|" + std::string(data) + "\n";
  }
  void comment(std::string_view text) override { told += "comment" + std::string(text) + "\n"; }

  std::string told;

 private:
  static std::string name(const ElementName& name) {
    std::string text(name.local);
    if (!name.uri.empty()) text = "{" + std::string(name.uri) + "}" + text;
    return text;
  }
};

std::string trace(const std::string& document) {
  test::MemorySource source(document);
  Trace handler;
  SaxParser(source, handler).parse();
  return handler.told;
}

std::optional<Error> refusal(const std::string& document) {
  try {
    trace(document);
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

ErrorCode refusal_code(const std::string& document) {
  const std::optional<Error> error = refusal(document);
  REQUIRE(error);
  return error->code();
}

class Throwing final : public SaxHandler {
 public:
  void start_element(const StartElement&) override {}
  void end_element(const ElementName&) override { throw std::runtime_error("from the handler"); }
  void text(std::string_view) override {}
  void processing_instruction(std::string_view, std::string_view) override {}
  void comment(std::string_view) override {}
};

class BrokenSource final : public ByteSource {
 public:
  std::string_view next() override {
    if (asked_++ > 0) throw std::runtime_error("from the source");
    return "<a><b/>";
  }
  [[nodiscard]] std::string name() const override { return "broken"; }

 private:
  int asked_ = 0;
};

}  // namespace

TEST_SUITE("xml") {
  TEST_CASE("events come in document order with their namespaces resolved") {
    CHECK(trace("<?t d?><!-- c --><p:a xmlns:p='urn:p' p:x='1' y='2'><b/>text</p:a>") ==
          "pi t|d\ncomment c \nstart {urn:p}a xmlns:p=urn:p {urn:p}x=1 y=2\nstart b\nend b\n"
          "text text\nend {urn:p}a\n");
  }

  TEST_CASE("the predefined entities and character references are resolved") {
    CHECK(trace("<a V='&amp;&lt;&#38;&#233;&quot;'/>") == "start a V=&<&é\"\nend a\n");
    CHECK(trace("<a>&amp;</a>") == "start a\ntext &\nend a\n");
  }

  TEST_CASE("line ends are normalised, in a CDATA section as well") {
    CHECK(trace("<a><![CDATA[1\r\n2\r3]]></a>") == "start a\ntext 1\n2\n3\nend a\n");
    CHECK(trace("<a V='1\r\n2\t3'/>") == "start a V=1 2 3\nend a\n");
  }

  TEST_CASE("text is UTF-8 whatever the encoding of the document") {
    CHECK(trace("<?xml version='1.0' encoding='ISO-8859-1'?><a V='\xE9\x80'/>") ==
          "start a V=\xC3\xA9\xC2\x80\nend a\n");
    CHECK(trace("<?xml version='1.0' encoding='windows-1252'?><a V='\x80'/>") ==
          "start a V=€\nend a\n");
    CHECK(trace("\xEF\xBB\xBF<a V='é'/>") == "start a V=é\nend a\n");
  }

  TEST_CASE("a namespace may have any name") {
    CHECK_FALSE(refusal("<a xmlns:p='not a uri'/>"));
    CHECK_FALSE(refusal("<a xmlns:p='relative'/>"));
  }

  TEST_CASE("what is not well-formed is refused with its place") {
    const std::vector<std::string> documents = {
        "<a>",
        "<a></b>",
        "<a V='1' V='2'/>",
        "<a V=1/>",
        "<a>&unknown;</a>",
        "<a/><b/>",
        "text",
        "<a>\x01</a>",
        "<a>&#0;</a>",
        "<a><![CDATA[x</a>",
        "<a><!-- -- --></a>",
        "<p:a/>",
        "<a p:b='1'/>",
        "<a xmlns:p=''/>",
        " <?xml version='1.0'?><a/>",
        "<a xmlns:p='urn:1' xmlns:q='urn:1' p:x='' q:x=''/>",
        std::string("<a/>\0<b>", 8),
        std::string("<a/>\0", 5),
        std::string("<a/>\n\0", 6) + std::string(1U << 20U, ' ')};
    for (const std::string& document : documents) {
      CAPTURE(document);
      CHECK(refusal_code(document) == ErrorCode::input_not_xml);
    }
    const std::optional<Error> error = refusal("<a>\n  <b>\n</a>");
    REQUIRE(error);
    CHECK(error->message() == "memory.xml:3:5: not well-formed XML");
    CHECK(error->cause().find("mismatch") != std::string::npos);
  }

  TEST_CASE("a DOCTYPE is refused, whatever it would do") {
    for (const char* document :
         {"<!DOCTYPE a><a/>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
          "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
          "<!DOCTYPE a [<!ATTLIST a Id CDATA 'default'>]><a/>",
          "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://localhost:1/'> %p;]><a/>"}) {
      CAPTURE(document);
      CHECK(refusal_code(document) == ErrorCode::input_doctype);
    }
    CHECK(refusal_code("<?a:b?><!DOCTYPE a [<!ENTITY e 'e'>]><a>&e;</a>") ==
          ErrorCode::input_not_xml);
    std::string laughs = "<!DOCTYPE a [<!ENTITY e0 'ha'>";
    for (int i = 1; i < 30; ++i) {
      const std::string previous = "&e" + std::to_string(i - 1) + ";";
      laughs += "<!ENTITY e" + std::to_string(i) + " '" + previous + previous + previous + "'>";
    }
    CHECK(refusal_code(laughs + "]><a>&e29;</a>") == ErrorCode::input_doctype);
    CHECK(refusal_code("<?a:b?>" + laughs + "]><a>&e29;</a>") == ErrorCode::input_not_xml);
  }

  TEST_CASE("a DOCTYPE that ends within an entity leaves nothing behind") {
    // What is left behind is for the leak checker of the sanitizers.
    CHECK(refusal_code("<!DOCTYPE \xED\xED\xED\xED\xED\xED\xED\xEDr [<!ENTITY e \"v") ==
          ErrorCode::input_encoding);
  }

  TEST_CASE("what cannot be decoded is refused as such") {
    for (const char* document :
         {"<?xml version='1.0' encoding='no-such-encoding'?><a/>",
          "<?xml version='1.0' encoding='UTF-8'?><a>\xE9t\xE9</a>", "<a V='\xE9'/>",
          "<?xml version='1.0' encoding='EUC-JP'?><a>\xFF\xFF</a>", "<a>\xC3</a>",
          "<?xml version='1.0' encoding='UTF-16'?><a/>"}) {
      CAPTURE(document);
      CHECK(refusal_code(document) == ErrorCode::input_encoding);
    }
  }

  TEST_CASE("a document made of ever new names is refused") {
    std::string document = "<a>";
    for (int i = 0; i < 100'000; ++i) document += "<name" + std::to_string(i) + "/>";
    CHECK(refusal_code(document + "</a>") == ErrorCode::input_too_large);
  }

  TEST_CASE("what the handler or the source throws comes out as it was thrown") {
    test::MemorySource source("<a><b/><c/></a>");
    Throwing throwing;
    CHECK_THROWS_WITH_AS(SaxParser(source, throwing).parse(), "from the handler",
                         std::runtime_error);

    BrokenSource broken;
    Trace handler;
    CHECK_THROWS_WITH_AS(SaxParser(broken, handler).parse(), "from the source", std::runtime_error);
  }
}

}  // namespace pes::xml
