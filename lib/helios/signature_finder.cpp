#include "helios/signature_finder.hpp"

#include "support/text.hpp"

namespace pes::helios {

namespace {

/// For an attribute between `"`, in any encoding: other than ASCII goes by reference.
std::string attribute_text(std::string_view utf8) {
  std::string text;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t character = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      character = (character << 6U) | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
    }
    const bool plain = character >= ' ' && character < 0x7F && character != '&' &&
                       character != '<' && character != '"';
    if (plain) {
      text += utf8[i];
    } else {
      text += "&#" + std::to_string(static_cast<std::uint32_t>(character)) + ";";
    }
    i += length;
  }
  return text;
}

/// The XML declaration and the start tag of an element that puts its content in the same
/// namespaces; empty when the encoding has not the characters of a prefix.
std::string wrapper_start(const xml::Encoding& encoding, const xml::NamespaceScope& scope) {
  const std::string& name = encoding.declared.empty() ? "UTF-8" : encoding.declared;
  std::string start = R"(<?xml version="1.0" encoding=")" + name + R"("?><w)";
  for (const xml::NamespaceDeclaration& declaration : scope.in_force()) {
    const std::optional<std::string> prefix = xml::encoded(declaration.prefix, name);
    if (!prefix) return {};
    start += prefix->empty() ? " xmlns" : " xmlns:" + *prefix;
    start += "=\"" + attribute_text(declaration.uri) + "\"";
  }
  return start + ">";
}

}  // namespace

std::size_t SignatureFinder::open(const xml::Tag& tag, std::optional<std::size_t> parent,
                                  const xml::NamespaceScope& scope) {
  SignatureElement& signature = found_.emplace_back();
  signature.bytes.begin = tag.begin;
  signature.at = tag.at();
  signature.parent = parent;
  signature.last_child = true;
  if (!document_.raw().is_holding()) document_.raw().hold(tag.begin);
  open_.push_back({found_.size() - 1, wrapper_start(document_.encoding(), scope)});
  return found_.size() - 1;
}

void SignatureFinder::close(std::size_t rank, const xml::Tag& tag) {
  SignatureElement& signature = found_[rank];
  signature.bytes.end = tag.end;
  const std::string wrapper = std::move(open_.back().wrapper);
  open_.pop_back();
  const auto raw = document_.raw().slice(signature.bytes.begin, signature.bytes.end);
  const bool usable = raw && !raw->empty() && raw->size() <= xml::DocumentReader::hold_limit;
  if (usable && !wrapper.empty()) signature.wrapped = fill("{1}{2}</w>", {wrapper, *raw});
  if (open_.empty()) document_.raw().release();
}

}  // namespace pes::helios
