#include "xml/canonical_writer.hpp"

#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/shared.hpp"
#include "unit/xml/hard_documents.hpp"
#include "unit/xml/memory_source.hpp"
#include "unit/xml/random_document.hpp"
#include "unit/xml/reference_canonical.hpp"
#include "xml/document_reader.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace pes::xml {

namespace {

class StringSink final : public ByteSink {
 public:
  std::span<char> room() override { return room_; }
  void written(std::size_t count) override { text.append(room_.data(), count); }

  std::string text;

 private:
  std::array<char, 1021> room_{};
};

/// The canonical form of every element, each by a writer of its own.
class CanonicalForms final : public Events {
 public:
  void start_element(const StartElement& element, const Tag&) override {
    Form& form = *forms_.emplace_back(std::make_unique<Form>());
    open_.push_back(&form);
    for (Form* open : open_) open->writer.start_element(element);
  }
  void end_element(const ElementName& name, const Tag&) override {
    for (Form* open : open_) open->writer.end_element(name);
    open_.back()->writer.flush();
    open_.pop_back();
  }
  void text(std::string_view text) override {
    for (Form* open : open_) open->writer.text(text);
  }
  void processing_instruction(std::string_view target, std::string_view data) override {
    for (Form* open : open_) open->writer.processing_instruction(target, data);
  }
  void comment(std::string_view) override {}

  [[nodiscard]] std::vector<std::string> take() const {
    std::vector<std::string> texts;
    for (const auto& form : forms_) texts.push_back(form->sink.text);
    return texts;
  }

 private:
  struct Form {
    StringSink sink;
    CanonicalWriter writer{sink};
  };
  std::vector<std::unique_ptr<Form>> forms_;
  std::vector<Form*> open_;
};

std::vector<std::string> canonical_forms(const std::string& document) {
  test::MemorySource source(document);
  DocumentReader reader(source);
  CanonicalForms forms;
  reader.read(forms, 256);
  return forms.take();
}

std::string canonical_form(const std::string& document) {
  return canonical_forms(document).front();
}

/// What stands around the first byte in which two texts differ.
std::string difference(const std::string& ours, const std::string& theirs) {
  const auto [at, ignored] = std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end());
  const auto offset = static_cast<std::size_t>(at - ours.begin());
  const std::size_t begin = offset > 40 ? offset - 40 : 0;
  return "at byte " + std::to_string(offset) + " ours is\n" + ours.substr(begin, 80) +
         "\nlibxml2's\n" + theirs.substr(begin, 80);
}

void check_against_libxml2(const std::string& document) {
  const auto expected = test::reference_canonical_forms(document);
  REQUIRE(expected);

  const std::vector<std::string> forms = canonical_forms(document);

  REQUIRE(forms.size() == expected->size());
  for (std::size_t i = 0; i < forms.size(); ++i) {
    CAPTURE(i);
    REQUIRE_MESSAGE(forms[i] == (*expected)[i], difference(forms[i], (*expected)[i]));
  }
}

}  // namespace

TEST_SUITE("xml") {
  TEST_CASE("the canonical form is the one the recommendation gives") {
    SUBCASE("attributes are sorted by namespace then local name, namespaces by prefix") {
      CHECK(canonical_form("<e b:attr='1' a:attr='2' b='3' a='4' xmlns:b='http://ietf.org' "
                           "xmlns:a='http://w3.org'/>") ==
            "<e xmlns:a=\"http://w3.org\" xmlns:b=\"http://ietf.org\" a=\"4\" b=\"3\" "
            "b:attr=\"1\" a:attr=\"2\"></e>");
    }
    SUBCASE("an unused declaration is left out, a used one is put where it is used") {
      CHECK(canonical_form("<r xmlns:u='urn:u' xmlns:p='urn:p'><a><p:b/></a><p:c/></r>") ==
            "<r><a><p:b xmlns:p=\"urn:p\"></p:b></a><p:c xmlns:p=\"urn:p\"></p:c></r>");
    }
    SUBCASE("a default namespace is undeclared only where the output has one") {
      CHECK(canonical_form("<r xmlns='urn:d'><a xmlns=''><b/></a></r>") ==
            "<r xmlns=\"urn:d\"><a xmlns=\"\"><b></b></a></r>");
      CHECK(canonical_form("<r xmlns=''><a/></r>") == "<r><a></a></r>");
    }
    SUBCASE("the prefix of an attribute is declared above its element") {
      CHECK(canonical_forms("<r xmlns:xsi='urn:xsi'><a z='1' xsi:nil='true'/></r>")[1] ==
            "<a xmlns:xsi=\"urn:xsi\" z=\"1\" xsi:nil=\"true\"></a>");
    }
    SUBCASE("special characters are escaped as the recommendation says") {
      CHECK(
          canonical_form("<e V=\"&lt;&amp;&quot;'&gt;&#9;&#10;&#13;\">&lt;&gt;&amp;\"&#13;</e>") ==
          "<e V=\"&lt;&amp;&quot;'>&#x9;&#xA;&#xD;\">&lt;&gt;&amp;\"&#xD;</e>");
    }
    SUBCASE("a namespace is escaped as the attribute that it is") {
      CHECK(canonical_form("<p:e xmlns:p='urn:a?b&amp;c'/>") ==
            "<p:e xmlns:p=\"urn:a?b&amp;c\"></p:e>");
    }
    SUBCASE("CDATA becomes text, comments go, instructions stay") {
      CHECK(canonical_form("<e><![CDATA[<&]]><!-- c --><?p  data ?><?q?></e>") ==
            "<e>&lt;&amp;<?p data ?><?q?></e>");
    }
    SUBCASE("what stands outside the element is not in its form") {
      CHECK(canonical_form("<?a b?><!-- c --><e/><?d?>") == "<e></e>");
    }
  }

  TEST_CASE("a relative namespace has no canonical form") {
    CHECK_THROWS_AS(canonical_form("<e xmlns:p='relative/name'/>"), Error);
    CHECK_THROWS_AS(canonical_form("<e xmlns:p='#fragment'><p:a/></e>"), Error);
    CHECK_THROWS_AS(canonical_form("<e xmlns:p='urn:not a uri'/>"), Error);
    CHECK_NOTHROW(canonical_form("<e xmlns:p='urn:x'/>"));
  }

  TEST_CASE("the canonical form is libxml2's on documents made to be hard") {
    for (const std::string& document : test::hard_documents()) {
      CAPTURE(document);
      check_against_libxml2(document);
    }
  }

  TEST_CASE("the canonical form is libxml2's in deep nesting") {
    std::string document;
    for (int i = 0; i < 200; ++i) {
      document += i % 3 == 0 ? "<p:e xmlns:p='urn:" + std::to_string(i % 5) + "'>" : "<e V='1'>";
    }
    for (int i = 199; i >= 0; --i) document += i % 3 == 0 ? "</p:e>" : "</e>";

    check_against_libxml2(document);
  }

  TEST_CASE("the canonical form is libxml2's when a text is longer than the buffers") {
    const std::string text(300'000, 'A');
    check_against_libxml2("<r><a>" + text + "</a>" + text + "&lt;" + text + "</r>");
  }

  TEST_CASE("the canonical form of every element of the samples is libxml2's") {
    if (!test::has_shared()) return;
    std::size_t compared = 0;
    for (const char* folder : {"pes", "signed", "tdt"}) {
      const auto place = test::shared() / "samples" / folder;
      for (const auto& entry : std::filesystem::recursive_directory_iterator(place)) {
        if (entry.path().extension() != ".xml") continue;
        const std::string document = read_file(entry.path(), 10'000'000);
        if (!test::reference_canonical_form(document)) continue;
        INFO(entry.path().native());
        check_against_libxml2(document);
        ++compared;
      }
    }
    CHECK(compared > 60);
  }

  TEST_CASE("the canonical form of random documents is libxml2's") {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread.
    const char* given = std::getenv("PES_SEED");
    const std::mt19937::result_type seed =
        given != nullptr ? std::stoul(given) : std::random_device{}();
    MESSAGE("PES_SEED=" << seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 3000; ++i) {
      CAPTURE(seed);
      const std::string document = test::random_document(random);
      CAPTURE(document);
      check_against_libxml2(document);
    }
  }
}

}  // namespace pes::xml
