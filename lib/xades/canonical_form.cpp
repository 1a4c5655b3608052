#include "xades/canonical_form.hpp"

#include "xml/canonical_writer.hpp"

#include <array>

namespace pes::xades {

namespace {

class StringSink final : public xml::ByteSink {
 public:
  std::span<char> room() override { return room_; }
  void written(std::size_t count) override { text.append(room_.data(), count); }

  std::string text;

 private:
  std::array<char, 4096> room_{};
};

enum class Comments { kept, left_out };

struct Choice {
  Comments comments = Comments::left_out;
  const XmlNode* left_out = nullptr;
};

void write(const XmlNode& node, const Choice& choice, xml::CanonicalWriter& writer) {
  switch (node.kind) {
    case XmlNode::Kind::text:
      return writer.text(node.text);
    case XmlNode::Kind::instruction:
      return writer.processing_instruction(node.name.local, node.text);
    case XmlNode::Kind::comment:
      if (choice.comments == Comments::kept) writer.comment(node.text);
      return;
    case XmlNode::Kind::element:
      break;
  }
  if (&node == choice.left_out) return;
  writer.start_element({node.name, node.namespaces, node.attributes, {}});
  for (const XmlNode* child : node.children) write(*child, choice, writer);
  writer.end_element(node.name);
}

std::optional<std::string> canonicalised(Element element, const Choice& choice) {
  if (!element || !element.node()->tree->has_canonical_forms()) return std::nullopt;
  StringSink sink;
  xml::CanonicalWriter writer(sink);
  write(*element.node(), choice, writer);
  writer.flush();
  return std::move(sink.text);
}

}  // namespace

std::optional<std::string> canonical_form(Element element) { return canonicalised(element, {}); }

std::optional<std::string> canonical_form_with_comments(Element element) {
  return canonicalised(element, {.comments = Comments::kept});
}

std::optional<std::string> canonical_form_without(Element element, Element left_out) {
  return canonicalised(element, {.left_out = left_out.node()});
}

}  // namespace pes::xades
