#include "xml/canonical_writer.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"
#include "xml/absolute_uri.hpp"
#include "xml/character_scan.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>

namespace pes::xml {

namespace {

std::string_view escaped_in_text(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    default:
      return "&#xD;";
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
    default:
      return "&#xD;";
  }
}

/// A table: values are too short for anything else.
constexpr auto escaped_in_value = [] {
  std::array<bool, 256> table{};
  for (const char c : {'&', '<', '"', '\t', '\n', '\r'})
    table[static_cast<unsigned char>(c)] = true;
  return table;
}();

bool precedes(const Attribute& left, const Attribute& right) {
  return std::tie(left.uri, left.local) < std::tie(right.uri, right.local);
}

}  // namespace

std::optional<std::string_view> relative_namespace(std::span<const NamespaceDeclaration> declared) {
  for (const NamespaceDeclaration& declaration : declared) {
    if (declaration.uri.empty()) continue;
    if (!is_absolute_uri(declaration.uri)) return declaration.uri;
  }
  return std::nullopt;
}

void CanonicalWriter::start_element(const StartElement& element) {
  if (const auto relative = relative_namespace(element.namespaces)) {
    throw Error(ErrorCode::input_invalid,
                say("the namespace « {1} » is not an absolute URI, so what declares it has no "
                    "canonical form",
                    {*relative}));
  }
  ++depth_;
  fresh_.clear();
  use(element.name.prefix, element.name.uri);
  for (const Attribute& attribute : element.attributes) {
    if (!attribute.prefix.empty()) use(attribute.prefix, attribute.uri);
  }
  if (fresh_.empty() && !element.canonical.empty()) {
    put(element.canonical);
  } else {
    put('<');
    put_name(element.name.prefix, element.name.local);
    write_namespaces();
    write_attributes(element.attributes);
  }
  put('>');
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
    put(fresh.prefix.empty() ? " xmlns" : " xmlns:");
    put(fresh.prefix);
    put_value(fresh.uri);
    rendered_.push_back({fresh, depth_});
  }
}

bool is_canonical_order(std::span<const Attribute> attributes) {
  return std::is_sorted(attributes.begin(), attributes.end(), precedes);
}

void CanonicalWriter::write_attributes(std::span<const Attribute> attributes) {
  if (is_canonical_order(attributes)) {
    for (const Attribute& attribute : attributes) write_attribute(attribute);
    return;
  }
  order_.clear();
  for (const Attribute& attribute : attributes) order_.push_back(&attribute);
  std::sort(order_.begin(), order_.end(),
            [](const Attribute* a, const Attribute* b) { return precedes(*a, *b); });
  for (const Attribute* attribute : order_) write_attribute(*attribute);
}

void CanonicalWriter::write_attribute(const Attribute& attribute) {
  put(' ');
  put_name(attribute.prefix, attribute.local);
  put_value(attribute.value);
}

void CanonicalWriter::end_element(const ElementName& name) {
  put("</");
  put_name(name.prefix, name.local);
  put('>');
  while (!rendered_.empty() && rendered_.back().depth == depth_) rendered_.pop_back();
  --depth_;
}

void CanonicalWriter::text(std::string_view text) {
  const char* clean = text.data();
  const char* const end = clean + text.size();
  while (true) {
    const char* const stop = find_escaped(clean, end);
    put({clean, static_cast<std::size_t>(stop - clean)});
    if (stop == end) return;
    put(escaped_in_text(*stop));
    clean = stop + 1;
  }
}

void CanonicalWriter::processing_instruction(std::string_view target, std::string_view data) {
  put("<?");
  put(target);
  if (!data.empty()) {
    put(' ');
    put(data);
  }
  put("?>");
}

void CanonicalWriter::comment(std::string_view text) {
  put("<!--");
  put(text);
  put("-->");
}

void CanonicalWriter::put_name(std::string_view prefix, std::string_view local) {
  if (!prefix.empty()) {
    put(prefix);
    put(':');
  }
  put(local);
}

void CanonicalWriter::put_value(std::string_view value) {
  put("=\"");
  std::size_t clean = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (!escaped_in_value[static_cast<unsigned char>(value[i])]) continue;
    put(value.substr(clean, i - clean));
    put(escaped_in_attribute(value[i]));
    clean = i + 1;
  }
  put(value.substr(clean));
  put('"');
}

void CanonicalWriter::put_across(std::string_view bytes) {
  while (!bytes.empty()) {
    if (at_ == end_) renew_room();
    const std::size_t count = bytes.copy(at_, static_cast<std::size_t>(end_ - at_));
    at_ += count;
    bytes.remove_prefix(count);
  }
}

void CanonicalWriter::renew_room() {
  flush();
  const std::span<char> room = sink_.room();
  begin_ = at_ = room.data();
  end_ = begin_ + room.size();
}

void CanonicalWriter::flush() {
  if (at_ != begin_) sink_.written(static_cast<std::size_t>(at_ - begin_));
  begin_ = at_ = end_ = nullptr;
}

}  // namespace pes::xml
