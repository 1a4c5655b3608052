#include "xades/xml_tree.hpp"

#include "pes/error.hpp"
#include "xml/absolute_uri.hpp"
#include "xml/document_reader.hpp"
#include "xml/plain_parser.hpp"

#include <algorithm>

namespace pes::xades {

/// Makes a tree of what a parser tells.
class TreeBuilder final : public xml::Events {
 public:
  void start_element(const xml::StartElement& element, const xml::Tag& tag) override;
  void end_element(const xml::ElementName& /*name*/, const xml::Tag& /*tag*/) override {
    open_.pop_back();
  }
  void text(std::string_view text) override;
  void processing_instruction(std::string_view target, std::string_view data) override;
  void comment(std::string_view text) override;

  XmlDocument take() { return std::move(tree_); }

 private:
  XmlNode& add(XmlNode::Kind kind);
  std::string_view kept_name(std::string_view name);
  std::string_view kept_value(std::string_view value);
  void keep_namespaces(const xml::StartElement& element, XmlNode& node);

  std::unique_ptr<XmlTree> tree_ = std::make_unique<XmlTree>();
  std::vector<XmlNode*> open_;
  XmlNode* told_last_ = nullptr;
};

void TreeBuilder::start_element(const xml::StartElement& element, const xml::Tag& /*tag*/) {
  XmlNode& node = add(XmlNode::Kind::element);
  node.name = {kept_name(element.name.prefix), kept_name(element.name.local),
               kept_name(element.name.uri)};
  keep_namespaces(element, node);
  for (const xml::Attribute& attribute : element.attributes) {
    node.attributes.push_back({kept_name(attribute.prefix), kept_name(attribute.local),
                               kept_name(attribute.uri), kept_value(attribute.value)});
  }
  open_.push_back(&node);
}

void TreeBuilder::keep_namespaces(const xml::StartElement& element, XmlNode& node) {
  for (const xml::NamespaceDeclaration& declared : element.namespaces) {
    node.namespaces.push_back({kept_name(declared.prefix), kept_name(declared.uri)});
    const bool is_usable = declared.uri.empty() || xml::is_absolute_uri(declared.uri);
    tree_->has_canonical_forms_ = tree_->has_canonical_forms_ && is_usable;
  }
}

/// It may come in pieces.
void TreeBuilder::text(std::string_view text) {
  const std::vector<const XmlNode*>& before = open_.back()->children;
  const bool goes_on = !before.empty() && before.back()->kind == XmlNode::Kind::text;
  (goes_on ? *told_last_ : add(XmlNode::Kind::text)).text += text;
}

void TreeBuilder::processing_instruction(std::string_view target, std::string_view data) {
  if (open_.empty()) return;
  XmlNode& node = add(XmlNode::Kind::instruction);
  node.name.local = kept_name(target);
  node.text = data;
}

void TreeBuilder::comment(std::string_view text) {
  if (!open_.empty()) add(XmlNode::Kind::comment).text = text;
}

XmlNode& TreeBuilder::add(XmlNode::Kind kind) {
  XmlNode& node = tree_->nodes_.emplace_back();
  node.kind = kind;
  node.tree = tree_.get();
  if (!open_.empty()) open_.back()->children.push_back(&node);
  told_last_ = &node;
  return node;
}

std::string_view TreeBuilder::kept_name(std::string_view name) {
  if (name.empty()) return {};
  const auto known = tree_->names_.find(name);
  return known != tree_->names_.end() ? *known : *tree_->names_.emplace(name).first;
}

std::string_view TreeBuilder::kept_value(std::string_view value) {
  return tree_->values_.emplace_back(value);
}

namespace {

constexpr int most_depth = 256;

/// By one of DocumentReader's two ways of reading.
XmlDocument parsed_by(void (xml::DocumentReader::*way)(xml::Events&, int), std::string_view text) {
  xml::TextSource source(text, {});
  xml::DocumentReader document(source);
  TreeBuilder builder;
  (document.*way)(builder, most_depth);
  return builder.take();
}

void append_subtree(Element element, std::vector<Element>& all) {
  all.push_back(element);
  for (const Element child : element.children()) append_subtree(child, all);
}

}  // namespace

XmlDocument parse_document(std::string_view text) {
  try {
    try {
      return parsed_by(&xml::DocumentReader::read_plain, text);
    } catch (const xml::NotPlain&) {
      return parsed_by(&xml::DocumentReader::read, text);
    }
  } catch (const Error&) {
    return nullptr;
  }
}

Element Element::root_of(const XmlDocument& document) {
  return Element(document ? document->root() : nullptr);
}

std::string_view Element::name() const {
  return node_ == nullptr ? std::string_view() : node_->name.local;
}

std::string_view Element::uri() const {
  return node_ == nullptr ? std::string_view() : node_->name.uri;
}

bool Element::is(std::string_view uri, std::string_view name) const {
  return node_ != nullptr && this->name() == name && this->uri() == uri;
}

std::vector<Element> Element::children() const {
  std::vector<Element> found;
  if (node_ == nullptr) return found;
  for (const XmlNode* child : node_->children) {
    if (child->kind == XmlNode::Kind::element) found.emplace_back(child);
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
  if (node_ == nullptr) return std::nullopt;
  for (const xml::Attribute& one : node_->attributes) {
    if (one.prefix.empty() && one.local == name) return std::string(one.value);
  }
  return std::nullopt;
}

std::string Element::text() const {
  std::string text;
  if (node_ == nullptr) return text;
  for (const XmlNode* child : node_->children) {
    if (child->kind == XmlNode::Kind::text) text += child->text;
  }
  return text;
}

}  // namespace pes::xades
