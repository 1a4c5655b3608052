#include "helios/rewritten.hpp"

#include "support/text.hpp"

#include <cstddef>
#include <cstdint>

namespace pes::helios {

namespace {

std::string qualified(std::string_view prefix, std::string_view local) {
  return prefix.empty() ? std::string(local) : fill("{1}:{2}", {prefix, local});
}

std::string attribute(const std::string& name, std::string_view value) {
  return " " + name + "=\"" + rewritten(value) + "\"";
}

}  // namespace

std::string rewritten(std::string_view utf8) {
  std::string text;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t character = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      character = (character << 6U) | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
    }
    const bool plain = character >= ' ' && character < 0x7F && character != '&' &&
                       character != '<' && character != '>' && character != '"';
    if (plain) {
      text += utf8[i];
    } else {
      text += "&#" + std::to_string(static_cast<std::uint32_t>(character)) + ";";
    }
    i += length;
  }
  return text;
}

std::string rewritten(const xml::StartElement& element) {
  std::string tag = "<" + qualified(element.name.prefix, element.name.local);
  for (const xml::NamespaceDeclaration& one : element.namespaces) {
    tag += attribute(one.prefix.empty() ? "xmlns" : qualified("xmlns", one.prefix), one.uri);
  }
  for (const xml::Attribute& one : element.attributes) {
    tag += attribute(qualified(one.prefix, one.local), one.value);
  }
  return tag + ">";
}

std::string rewritten_end(const xml::ElementName& name) {
  return "</" + qualified(name.prefix, name.local) + ">";
}

std::string rewritten_instruction(std::string_view target, std::string_view data) {
  return fill("<?{1} {2}?>", {target, data});
}

}  // namespace pes::helios
