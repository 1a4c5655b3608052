#include "xades/xml_tree.hpp"

#include "helios/reading.hpp"
#include "pes/error.hpp"
#include "support/shared.hpp"
#include "unit/xml/hard_documents.hpp"
#include "unit/xml/random_document.hpp"
#include "unit/xml/reference_canonical.hpp"
#include "xades/canonical_form.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <random>
#include <string>

using namespace pes;
using xades::Element;

namespace {

std::string reference_text(const xmlNode* element) {
  std::string text;
  for (const xmlNode* child = element->children; child != nullptr; child = child->next) {
    if (child->type != XML_TEXT_NODE && child->type != XML_CDATA_SECTION_NODE) continue;
    text += reinterpret_cast<const char*>(child->content);
  }
  return text;
}

void compare(Element ours, xmlNode* theirs) {
  REQUIRE(ours.name() == test::reference_name(theirs));
  REQUIRE(ours.uri() == test::reference_uri(theirs));
  REQUIRE(ours.text() == reference_text(theirs));
  for (const char* name : {"Id", "V", "Algorithm", "URI", "Target", "lang"}) {
    REQUIRE(ours.attribute(name) == test::reference_attribute(theirs, name));
  }
  REQUIRE(canonical_form(ours) == test::reference_form_of(theirs));
  REQUIRE(canonical_form_with_comments(ours) == test::reference_form_with_comments(theirs));
}

using Unlinked = Owned<xmlNode, xmlFreeNode>;

void compare_without_each(const std::string& document) {
  const xades::XmlDocument tree = xades::parse_document(document);
  const std::vector<Element> ours = Element::root_of(tree).subtree();
  for (std::size_t i = 1; i < ours.size(); ++i) {
    const test::ReferenceDocument reference = test::reference_document(document);
    const std::vector<xmlNode*> theirs = test::reference_elements(reference);
    xmlUnlinkNode(theirs.at(i));
    const Unlinked unlinked(theirs[i]);
    REQUIRE(canonical_form_without(ours.front(), ours[i]) == test::reference_form_of(theirs[0]));
  }
}

/// @return how many elements were compared
std::size_t compare_with_libxml2(const std::string& document) {
  CAPTURE(document);
  const xades::XmlDocument tree = xades::parse_document(document);
  const test::ReferenceDocument reference = test::reference_document(document);
  REQUIRE(tree);
  const std::vector<Element> ours = Element::root_of(tree).subtree();
  const std::vector<xmlNode*> theirs = test::reference_elements(reference);
  REQUIRE(ours.size() == theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) compare(ours[i], theirs[i]);
  return ours.size();
}

std::string nested(std::size_t depth) {
  std::string document;
  for (std::size_t i = 0; i < depth; ++i) document += "<a>";
  for (std::size_t i = 0; i < depth; ++i) document += "</a>";
  return document;
}

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("a tree and its canonical forms are libxml2's on documents made to be hard") {
  for (const std::string& document : test::hard_documents()) compare_with_libxml2(document);
}

TEST_CASE("a tree and its canonical forms are libxml2's on random documents") {
  const std::mt19937::result_type seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 1000; ++i) compare_with_libxml2(test::random_document(random));
}

TEST_CASE("what is left when an element is taken out has libxml2's canonical form") {
  for (const std::string& document : test::hard_documents()) compare_without_each(document);
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) compare_without_each(test::random_document(random));
}

TEST_CASE("a tree and its canonical forms are libxml2's on the signatures of the samples") {
  if (!test::has_shared()) return;
  std::size_t compared = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(test::shared() / "samples")) {
    if (entry.path().extension() != ".xml") continue;
    INFO(entry.path().native());
    try {
      for (const auto& signature : helios::read_flow(entry.path(), {}, {}).signatures) {
        if (!signature.wrapped.empty()) compared += compare_with_libxml2(signature.wrapped);
      }
    } catch (const Error&) {
      continue;  // no PES Aller, or a broken one
    }
  }
  CHECK(compared > 500);
}

TEST_CASE("what is not plain makes the same tree") {
  const auto tree_of = [](const std::string& encoding) {
    return xades::parse_document("<?xml version='1.0' encoding='" + encoding +
                                 "'?><r Id='\xE9'>\xE0<!-- \xE8 --></r>");
  };
  const xades::XmlDocument plain = tree_of("ISO-8859-1");
  const xades::XmlDocument other = tree_of("windows-1252");

  CHECK(Element::root_of(plain).text() == "à");
  CHECK(Element::root_of(other).text() == "à");
  CHECK(canonical_form_with_comments(Element::root_of(plain)) ==
        canonical_form_with_comments(Element::root_of(other)));
}

TEST_CASE("a document that is not well-formed, or declares a type, makes no tree") {
  for (const char* document : {"", "<a>", "<a/><b/>", "<a b='1' b='2'/>", "<p:a/>", "text",
                               "<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"}) {
    CAPTURE(document);
    CHECK_FALSE(xades::parse_document(document));
  }
}

TEST_CASE("elements nested beyond reason make no tree") {
  CHECK(xades::parse_document(nested(256)));
  CHECK_FALSE(xades::parse_document(nested(257)));
}

TEST_CASE("where a namespace is relative, no element has a canonical form") {
  const xades::XmlDocument tree = xades::parse_document("<r><a/><b xmlns:p='relative'/></r>");

  for (const Element element : Element::root_of(tree).subtree()) {
    CHECK_FALSE(canonical_form(element));
    CHECK_FALSE(canonical_form_with_comments(element));
  }
}

TEST_CASE("the path through elements that are not there ends with none") {
  const Element none = Element().only("urn:a", "b").only("urn:a", "c");

  CHECK_FALSE(none);
  CHECK(none.text().empty());
  CHECK_FALSE(none.attribute("Id"));
  CHECK_FALSE(canonical_form(none));
}

TEST_SUITE_END();
