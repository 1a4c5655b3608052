#include "unit/xml/reference_canonical.hpp"

#include "support/owned.hpp"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

namespace pes::test {

namespace {

using Document = Owned<xmlDoc, xmlFreeDoc>;
using Buffer = Owned<xmlOutputBuffer, xmlOutputBufferClose>;

Document parse(const std::string& document) {
  return Document(xmlReadMemory(document.data(), static_cast<int>(document.size()), "reference.xml",
                                nullptr,
                                XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_NOENT |
                                    XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
}

int is_inside(void* apex, xmlNode* node, xmlNode* parent) {
  const xmlNode* at = node->type == XML_NAMESPACE_DECL ? parent : node;
  while (at != nullptr && at != apex) at = at->parent;
  return at == apex ? 1 : 0;
}

std::string canonical_form(xmlDoc* document, xmlNode* apex) {
  const Buffer buffer(xmlAllocOutputBuffer(nullptr));
  if (xmlC14NExecute(document, is_inside, apex, XML_C14N_EXCLUSIVE_1_0, nullptr, 0, buffer.get()) <
      0) {
    return std::string(refused_canonical_form);
  }
  xmlOutputBufferFlush(buffer.get());
  return {reinterpret_cast<const char*>(xmlOutputBufferGetContent(buffer.get())),
          xmlOutputBufferGetSize(buffer.get())};
}

void collect(xmlDoc* document, xmlNode* element, std::vector<std::string>& forms) {
  forms.push_back(canonical_form(document, element));
  for (xmlNode* child = xmlFirstElementChild(element); child != nullptr;
       child = xmlNextElementSibling(child)) {
    collect(document, child, forms);
  }
}

}  // namespace

std::optional<std::vector<std::string>> reference_canonical_forms(const std::string& document) {
  const Document tree = parse(document);
  if (!tree) return std::nullopt;
  std::vector<std::string> forms;
  collect(tree.get(), xmlDocGetRootElement(tree.get()), forms);
  return forms;
}

std::optional<std::string> reference_canonical_form(const std::string& document) {
  const Document tree = parse(document);
  if (!tree) return std::nullopt;
  return canonical_form(tree.get(), xmlDocGetRootElement(tree.get()));
}

}  // namespace pes::test
