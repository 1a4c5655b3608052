#include "xml/canonical_writer.hpp"

#include "pes/error.hpp"
#include "support/owned.hpp"
#include "support/text.hpp"

#include <libxml/uri.h>

#include <algorithm>
#include <tuple>

namespace pes::xml {

namespace {

constexpr std::size_t buffer_size = 32768;

std::string_view escaped_in_text(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '\r':
      return "&#xD;";
    default:
      return {};
  }
}

std::string_view escaped_in_attribute(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '"':
      return "&quot;";
    case '\t':
      return "&#x9;";
    case '\n':
      return "&#xA;";
    case '\r':
      return "&#xD;";
    default:
      return {};
  }
}

// Function objects, so that `find` has them inlined.
constexpr auto is_escaped_in_text = [](char c) {
  return c == '&' || c == '<' || c == '>' || c == '\r';
};
constexpr auto is_escaped_in_attribute = [](char c) {
  return c == '&' || c == '<' || c == '"' || c == '\t' || c == '\n' || c == '\r';
};

/// The index of the first such character from `i` on, or the size. Blocks of a constant
/// length without early exit are what compilers make vector instructions of; a PJ is one
/// text of megabytes.
template <typename Predicate>
std::size_t find(std::string_view text, std::size_t i, Predicate is_escaped) {
  constexpr std::size_t block = 32;
  while (text.size() - i >= block) {
    unsigned char found = 0;
    for (std::size_t k = 0; k < block; ++k) {
      found |= static_cast<unsigned char>(is_escaped(text[i + k]));
    }
    if (found != 0) break;
    i += block;
  }
  while (i < text.size() && !is_escaped(text[i])) ++i;
  return i;
}

template <typename Predicate, typename Escape>
void append_escaped(std::string& buffer, std::string_view text, Predicate is_escaped,
                    Escape escape) {
  std::size_t clean = 0;
  for (std::size_t i = find(text, 0, is_escaped); i < text.size();
       i = find(text, clean, is_escaped)) {
    buffer += text.substr(clean, i - clean);
    buffer += escape(text[i]);
    clean = i + 1;
  }
  buffer += text.substr(clean);
}

/// W3C Canonical XML, section 1.3: a document with a relative namespace is not to be
/// canonicalised. libxml2, hence xmlsec, refuses it, and what is no URI with it.
void refuse_relative(std::span<const NamespaceDeclaration> declared) {
  for (const NamespaceDeclaration& declaration : declared) {
    if (declaration.uri.empty()) continue;
    const Owned<xmlURI, xmlFreeURI> uri(xmlParseURI(std::string(declaration.uri).c_str()));
    if (uri && uri->scheme != nullptr) continue;
    throw Error(ErrorCode::input_invalid,
                say("the namespace « {1} » is not an absolute URI, so the element that declares it "
                    "cannot be signed",
                    {declaration.uri}));
  }
}

}  // namespace

CanonicalWriter::CanonicalWriter(ByteSink& sink) : sink_(sink) { buffer_.reserve(2 * buffer_size); }

void CanonicalWriter::start_element(const StartElement& element) {
  refuse_relative(element.namespaces);
  ++depth_;
  buffer_ += '<';
  append_name(element.name.prefix, element.name.local);
  fresh_.clear();
  use(element.name.prefix, element.name.uri);
  for (const Attribute& attribute : element.attributes) {
    if (!attribute.prefix.empty()) use(attribute.prefix, attribute.uri);
  }
  write_namespaces();
  write_attributes(element.attributes);
  buffer_ += '>';
  flush_when_full();
}

/// A prefix is declared where it is visibly used and the output does not bind it so yet.
void CanonicalWriter::use(std::string_view prefix, std::string_view uri) {
  if (prefix == "xml" || rendered_uri(prefix) == uri) return;
  const bool known = std::any_of(fresh_.begin(), fresh_.end(),
                                 [&](const auto& fresh) { return fresh.prefix == prefix; });
  if (!known) fresh_.push_back({prefix, uri});
}

std::string_view CanonicalWriter::rendered_uri(std::string_view prefix) const {
  const auto nearest = std::find_if(rendered_.rbegin(), rendered_.rend(), [&](const auto& done) {
    return done.declaration.prefix == prefix;
  });
  return nearest == rendered_.rend() ? std::string_view() : nearest->declaration.uri;
}

void CanonicalWriter::write_namespaces() {
  std::sort(fresh_.begin(), fresh_.end(),
            [](const auto& a, const auto& b) { return a.prefix < b.prefix; });
  for (const NamespaceDeclaration& fresh : fresh_) {
    buffer_ += fresh.prefix.empty() ? " xmlns" : " xmlns:";
    buffer_ += fresh.prefix;
    append_attribute_value(fresh.uri);
    rendered_.push_back({fresh, depth_});
  }
}

void CanonicalWriter::write_attributes(std::span<const Attribute> attributes) {
  order_.clear();
  for (const Attribute& attribute : attributes) order_.push_back(&attribute);
  std::sort(order_.begin(), order_.end(), [](const Attribute* a, const Attribute* b) {
    return std::tie(a->uri, a->local) < std::tie(b->uri, b->local);
  });
  for (const Attribute* attribute : order_) {
    buffer_ += ' ';
    append_name(attribute->prefix, attribute->local);
    append_attribute_value(attribute->value);
  }
}

void CanonicalWriter::end_element(const ElementName& name) {
  buffer_ += "</";
  append_name(name.prefix, name.local);
  buffer_ += '>';
  while (!rendered_.empty() && rendered_.back().depth == depth_) rendered_.pop_back();
  --depth_;
  flush_when_full();
}

void CanonicalWriter::text(std::string_view text) {
  append_escaped(buffer_, text, is_escaped_in_text, escaped_in_text);
  flush_when_full();
}

void CanonicalWriter::processing_instruction(std::string_view target, std::string_view data) {
  buffer_ += "<?";
  buffer_ += target;
  if (!data.empty()) {
    buffer_ += ' ';
    buffer_ += data;
  }
  buffer_ += "?>";
  flush_when_full();
}

void CanonicalWriter::append_name(std::string_view prefix, std::string_view local) {
  if (!prefix.empty()) {
    buffer_ += prefix;
    buffer_ += ':';
  }
  buffer_ += local;
}

void CanonicalWriter::append_attribute_value(std::string_view value) {
  buffer_ += "=\"";
  append_escaped(buffer_, value, is_escaped_in_attribute, escaped_in_attribute);
  buffer_ += '"';
}

void CanonicalWriter::flush_when_full() {
  if (buffer_.size() >= buffer_size) flush();
}

void CanonicalWriter::flush() {
  if (!buffer_.empty()) sink_.write(buffer_);
  buffer_.clear();
}

}  // namespace pes::xml
