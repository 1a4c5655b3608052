// Whatever the bytes, our own parser, libxml2's SAX parser and libxml2's canonical form say
// the same, or the one that may leave a document to libxml2 does; and so do our tree and libxml2's.

#include "fuzz/property.hpp"
#include "unit/xml/reference_canonical.hpp"
#include "unit/xml/transcript.hpp"
#include "xades/canonical_form.hpp"
#include "xades/xml_tree.hpp"

#include <libxml/xmlerror.h>

#include <algorithm>
#include <string_view>

namespace {

using namespace pes;
using xades::Element;

/// What libxml2's canonical form says of itself would fill the terminal.
// NOLINTNEXTLINE(cert-dcl50-cpp): libxml2's own signature.
void say_nothing(void* /*context*/, const char* /*format*/, ...) {}

/// libxml2 2.9 does not escape what must be in a namespace, so its form is no canonical one.
bool is_comparable(Element element) {
  const auto& namespaces = element.node()->namespaces;
  return std::all_of(namespaces.begin(), namespaces.end(), [](const auto& declared) {
    return declared.uri.find_first_of("&<\"\t\n\r") == std::string_view::npos;
  });
}

void require_same(Element ours, xmlNode* theirs) {
  fuzz::require(ours.name() == test::reference_name(theirs), "the same elements", ours.name());
  fuzz::require(ours.attribute("Id") == test::reference_attribute(theirs, "Id"), "the same Id");
  const auto form = canonical_form(ours).value_or(std::string(test::refused_canonical_form));
  fuzz::require(form == test::reference_form_of(theirs), "the same canonical form", form);
  const auto commented =
      canonical_form_with_comments(ours).value_or(std::string(test::refused_canonical_form));
  fuzz::require(commented == test::reference_form_with_comments(theirs),
                "the same canonical form with comments", commented);
}

void require_same_tree(std::string_view document) {
  const xades::XmlDocument tree = xades::parse_document(document);
  if (!tree) return;
  const test::ReferenceDocument reference = test::reference_document(document);
  const std::vector<xmlNode*> theirs = test::reference_elements(reference);
  const std::vector<Element> ours = Element::root_of(tree).subtree();
  fuzz::require(ours.size() == theirs.size(), "a tree of as many elements as libxml2's");
  if (!std::all_of(ours.begin(), ours.end(), is_comparable)) return;
  for (const std::size_t i : {std::size_t{0}, ours.size() / 2, ours.size() - 1}) {
    require_same(ours[i], theirs[i]);
  }
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*count*/, char*** /*arguments*/) {
  xmlSetGenericErrorFunc(nullptr, say_nothing);
  return 0;
}

/// @param data the size of the pieces in which the document comes, then the document
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece_size = 1U + data[0];
  const std::string_view document = fuzz::as_text(data + 1, size - 1);
  const std::string found = test::disagreement(document, piece_size);
  fuzz::require(found.empty(), "the same reading", found);
  require_same_tree(document);
  return 0;
}
