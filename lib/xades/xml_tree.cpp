#include "xades/xml_tree.hpp"

#include <libxml/parser.h>

#include <memory>

namespace pes::xades {

namespace {

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

XmlDocument parsed(std::string_view text, int more_options) {
  constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  XmlDocument document(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr,
                                     options | more_options));
  if (document && xmlGetIntSubset(document.get()) != nullptr) return nullptr;
  return document;
}

void append_subtree(Element element, std::vector<Element>& all) {
  all.push_back(element);
  for (const Element child : element.children()) append_subtree(child, all);
}

}  // namespace

XmlDocument parse_small_document(std::string_view text) { return parsed(text, 0); }

XmlDocument parse_document(std::string_view text) { return parsed(text, XML_PARSE_HUGE); }

Element Element::root_of(const XmlDocument& document) {
  return Element(document ? xmlDocGetRootElement(document.get()) : nullptr);
}

std::string_view Element::name() const {
  return node_ == nullptr ? std::string_view() : view(node_->name);
}

std::string_view Element::uri() const {
  return node_ == nullptr || node_->ns == nullptr ? std::string_view() : view(node_->ns->href);
}

bool Element::is(std::string_view uri, std::string_view name) const {
  return node_ != nullptr && this->name() == name && this->uri() == uri;
}

std::vector<Element> Element::children() const {
  std::vector<Element> found;
  for (xmlNode* child = node_ == nullptr ? nullptr : node_->children; child != nullptr;
       child = child->next) {
    if (child->type == XML_ELEMENT_NODE) found.emplace_back(child);
  }
  return found;
}

std::vector<Element> Element::children(std::string_view uri, std::string_view name) const {
  std::vector<Element> found;
  for (const Element child : children()) {
    if (child.is(uri, name)) found.push_back(child);
  }
  return found;
}

Element Element::only(std::string_view uri, std::string_view name) const {
  const std::vector<Element> found = children(uri, name);
  return found.size() == 1 ? found.front() : Element();
}

std::vector<Element> Element::subtree() const {
  std::vector<Element> all;
  if (node_ != nullptr) append_subtree(*this, all);
  return all;
}

std::optional<std::string> Element::attribute(std::string_view name) const {
  for (xmlAttr* one = node_ == nullptr ? nullptr : node_->properties; one != nullptr;
       one = one->next) {
    if (one->ns != nullptr || view(one->name) != name) continue;
    std::string value;
    for (const xmlNode* part = one->children; part != nullptr; part = part->next) {
      value += view(part->content);
    }
    return value;
  }
  return std::nullopt;
}

std::string Element::text() const {
  std::string text;
  for (const xmlNode* child = node_ == nullptr ? nullptr : node_->children; child != nullptr;
       child = child->next) {
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
      text += view(child->content);
    }
  }
  return text;
}

}  // namespace pes::xades
