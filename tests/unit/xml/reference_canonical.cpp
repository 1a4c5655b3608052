#include "unit/xml/reference_canonical.hpp"

#include <libxml/c14n.h>
#include <libxml/parser.h>

namespace pes::test {

namespace {

void free_text(xmlChar* text) { xmlFree(text); }

using Text = Owned<xmlChar, free_text>;
using Buffer = Owned<xmlOutputBuffer, xmlOutputBufferClose>;

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

int is_inside(void* apex, xmlNode* node, xmlNode* parent) {
  const xmlNode* at = node->type == XML_NAMESPACE_DECL ? parent : node;
  while (at != nullptr && at != apex) at = at->parent;
  return at == apex ? 1 : 0;
}

std::string canonical_form(xmlNode* apex, int with_comments) {
  const Buffer buffer(xmlAllocOutputBuffer(nullptr));
  if (xmlC14NExecute(apex->doc, is_inside, apex, XML_C14N_EXCLUSIVE_1_0, nullptr, with_comments,
                     buffer.get()) < 0) {
    return std::string(refused_canonical_form);
  }
  xmlOutputBufferFlush(buffer.get());
  return {reinterpret_cast<const char*>(xmlOutputBufferGetContent(buffer.get())),
          xmlOutputBufferGetSize(buffer.get())};
}

void collect(xmlNode* element, std::vector<xmlNode*>& elements) {
  elements.push_back(element);
  for (xmlNode* child = xmlFirstElementChild(element); child != nullptr;
       child = xmlNextElementSibling(child)) {
    collect(child, elements);
  }
}

}  // namespace

ReferenceDocument reference_document(std::string_view document) {
  return ReferenceDocument(xmlReadMemory(document.data(), static_cast<int>(document.size()),
                                         "reference.xml", nullptr,
                                         XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_NOENT |
                                             XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
}

std::vector<xmlNode*> reference_elements(const ReferenceDocument& document) {
  std::vector<xmlNode*> elements;
  if (document) collect(xmlDocGetRootElement(document.get()), elements);
  return elements;
}

std::string_view reference_name(const xmlNode* element) { return view(element->name); }

std::string_view reference_uri(const xmlNode* element) {
  return element->ns == nullptr ? std::string_view() : view(element->ns->href);
}

std::optional<std::string> reference_attribute(const xmlNode* element, const char* name) {
  const Text value(xmlGetNoNsProp(element, reinterpret_cast<const xmlChar*>(name)));
  return value ? std::optional(std::string(view(value.get()))) : std::nullopt;
}

std::string reference_form_of(xmlNode* element) { return canonical_form(element, 0); }

std::string reference_form_with_comments(xmlNode* element) { return canonical_form(element, 1); }

std::optional<std::vector<std::string>> reference_canonical_forms(const std::string& document) {
  const ReferenceDocument tree = reference_document(document);
  if (!tree) return std::nullopt;
  std::vector<std::string> forms;
  for (xmlNode* element : reference_elements(tree)) forms.push_back(reference_form_of(element));
  return forms;
}

std::optional<std::string> reference_canonical_form(const std::string& document) {
  const ReferenceDocument tree = reference_document(document);
  if (!tree) return std::nullopt;
  return reference_form_of(xmlDocGetRootElement(tree.get()));
}

}  // namespace pes::test
