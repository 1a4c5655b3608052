// The tags of plain documents.

#include "xml/ascii_names.hpp"
#include "xml/canonical_writer.hpp"
#include "xml/character_reference.hpp"
#include "xml/character_scan.hpp"
#include "xml/plain_parser.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace pes::xml {

namespace {

/// Every attribute is compared with every other.
constexpr std::size_t most_attributes = 64;
constexpr std::size_t rank(char c) { return static_cast<unsigned char>(c); }

/// A table, since branches on what a byte is are what reading small elements costs most.
constexpr std::array<bool, 256> table_of(bool (*belongs)(char)) {
  std::array<bool, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = belongs(static_cast<char>(i));
  return table;
}

constexpr auto in_name = table_of([](char c) { return is_name_character(c) || c == ':'; });
constexpr auto in_plain_value = table_of([](char c) {
  return rank(c) >= rank(' ') && rank(c) < 0x80 && c != '"' && c != '\'' && c != '&' && c != '<';
});

bool is_high(char c) { return rank(c) >= 0x80; }

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

bool PlainParser::start_tag() {
  raw_attributes_.clear();
  decoded_count_ = 0;
  canonical_ = true;
  const char* at = name(at_ + 1, opened_->next_element);
  if (at == nullptr) return false;
  Name& element = *opened_->next_element;
  Name* before = &element;
  while (true) {
    const char* const gap = at;
    while (is_blank(*at)) ++at;
    if (*at == '>' || *at == '/') {
      const bool is_empty = *at == '/';
      if (is_empty && at[1] != '>') return cut_at(at + 1) != nullptr;
      const std::string_view spelled = canonical_ ? between(at_, gap) : std::string_view();
      const Tag tag =
          is_empty ? tag_at(at + 2, Tag::Kind::empty) : tag_at(at + 1, Tag::Kind::start);
      opened_ = &element;
      open_element(element, spelled, tag);
      return true;
    }
    if (at == gap) return cut_at(at) != nullptr;
    canonical_ = canonical_ && at == gap + 1 && *gap == ' ';
    at = attribute(at, before->next_attribute);
    if (at == nullptr) return false;
    before = before->next_attribute;
  }
}

/// @param expected the name that stood there the last time, and then the one that does now
const char* PlainParser::name(const char* from, Name*& expected) {
  if (expected != nullptr) {
    const std::string_view known = expected->qualified;
    if (static_cast<std::size_t>(end_ - from) > known.size() &&
        std::memcmp(from, known.data(), known.size()) == 0 && !in_name[rank(from[known.size()])]) {
      return from + known.size();
    }
  }
  const char* at = from;
  while (in_name[rank(*at)]) ++at;
  if (at == end_) return nullptr;
  Name* const found = names_.find(between(from, at));
  if (found == nullptr) throw NotPlain();
  expected = found;
  return at;
}

/// @param expected as for `name`
const char* PlainParser::attribute(const char* from, Name*& expected) {
  if (raw_attributes_.size() == most_attributes) throw NotPlain();
  const char* at = name(from, expected);
  if (at == nullptr) return nullptr;
  RawAttribute& attribute = raw_attributes_.emplace_back();
  attribute.name = expected;
  canonical_ = canonical_ && at[0] == '=' && at[1] == '"' && !attribute.name->declares;
  while (is_blank(*at)) ++at;
  if (*at != '=') return cut_at(at);
  ++at;
  while (is_blank(*at)) ++at;
  if (*at != '"' && *at != '\'') return cut_at(at);
  return attribute_value(at, attribute.value);
}

/// @param open the quote before it
const char* PlainParser::attribute_value(const char* open, std::string_view& value) {
  const char quote = *open;
  const char* const begin = open + 1;
  const char* at = begin;
  const char other = quote == '"' ? '\'' : '"';
  while (in_plain_value[rank(*at)] || *at == other) ++at;
  if (*at != quote) return decoded_value(begin, quote, value);
  value = between(begin, at);
  return at + 1;
}

const char* PlainParser::decoded_value(const char* begin, char quote, std::string_view& value) {
  canonical_ = false;
  if (decoded_count_ == decoded_.size()) decoded_.emplace_back();
  std::string& text = decoded_[decoded_count_++];
  text.clear();
  const char* at = begin;
  while (*at != quote) {
    const char* const plain = at;
    while (in_plain_value[rank(*at)]) ++at;
    text.append(plain, at);
    if (*at == quote) break;
    at = decoded_character(at, text);
    if (at == nullptr) return nullptr;
  }
  value = text;
  return at + 1;
}

/// One character of a value, its blanks made spaces (XML 1.0, section 3.3.3).
const char* PlainParser::decoded_character(const char* from, std::string& text) {
  if (*from == '&') {
    const Reference found = read_reference({from, static_cast<std::size_t>(end_ - from)});
    if (found.kind == Reference::Kind::cut) return nullptr;
    if (found.kind == Reference::Kind::wrong) throw NotPlain();
    append_utf8(text, found.character);
    return from + found.length;
  }
  if (*from == '\r') {
    if (from + 1 == end_) return nullptr;
    text += ' ';
    return from[1] == '\n' ? from + 2 : from + 1;
  }
  if (*from == '\t' || *from == '\n') {
    text += ' ';
    return from + 1;
  }
  if (*from == '"' || *from == '\'') {
    text += *from;
    return from + 1;
  }
  if (is_high(*from) && latin1_) {
    append_utf8(text, static_cast<unsigned char>(*from));
    return from + 1;
  }
  if (is_high(*from) && utf8_) {
    const Utf8Sequence sequence = utf8_sequence(from, end_);
    if (sequence.kind == Utf8Sequence::Kind::cut) return nullptr;
    if (sequence.kind == Utf8Sequence::Kind::wrong) throw NotPlain();
    text.append(from, sequence.length);
    return from + sequence.length;
  }
  return cut_at(from);
}

Tag PlainParser::tag_at(const char* end, Tag::Kind kind) {
  return {kind, offset(at_), offset(end), this};
}

/// What stands before a tag is counted once, and no later than it leaves the window.
Position PlainParser::of(const Tag& tag) {
  if (tag.begin > counted_) count_to(begin_ + (tag.begin - window_.begin()));
  return place_.position();
}

/// @param spelled the tag as it stands, when each of its attributes is as canonical form has it
void PlainParser::open_element(const Name& name, std::string_view spelled, const Tag& tag) {
  if (root_seen_ && open_.empty()) throw NotPlain();
  if (open_.size() == max_depth_) throw NotPlain();
  root_seen_ = true;
  open_.push_back({&name, {}, bindings_.size()});
  resolve_attributes();
  const std::string_view uri = name.prefix.empty() ? default_uri_ : uri_of(name.prefix);
  open_.back().uri = uri;
  at_ = begin_ + (tag.end - window_.begin());
  const bool in_order = attributes_.size() < 2 || is_canonical_order(attributes_);
  events_.start_element({{name.prefix, name.local, uri},
                         namespaces_,
                         attributes_,
                         in_order ? spelled : std::string_view()},
                        tag);
  if (tag.kind == Tag::Kind::empty) close_element(tag);
}

/// Declarations first, for they hold for their own element wherever they stand in its tag.
void PlainParser::resolve_attributes() {
  namespaces_.clear();
  attributes_.clear();
  for (const RawAttribute& attribute : raw_attributes_) {
    const Name& name = *attribute.name;
    if (!name.declares) {
      attributes_.push_back({name.prefix, name.local, {}, attribute.value});
    } else {
      bind(name.prefix.empty() ? std::string_view() : name.local, attribute.value);
    }
  }
  for (Attribute& attribute : attributes_) {
    if (!attribute.prefix.empty()) attribute.uri = uri_of(attribute.prefix);
  }
  if (raw_attributes_.size() > 1) require_distinct_attributes();
}

void PlainParser::bind(std::string_view prefix, std::string_view uri) {
  const bool is_reserved = prefix.starts_with("xml") || uri.starts_with("http://www.w3.org/XML/") ||
                           uri.starts_with("http://www.w3.org/2000/xmlns");
  const bool is_plain = std::all_of(uri.begin(), uri.end(),
                                    [](char c) { return in_plain_value[rank(c)] && c != ' '; });
  if (is_reserved || !is_plain || (uri.empty() && !prefix.empty())) throw NotPlain();
  const auto kept = names_.keep(uri);
  if (!kept) throw NotPlain();
  bindings_.push_back({prefix, *kept});
  namespaces_.push_back({prefix, *kept});
  if (prefix.empty()) default_uri_ = *kept;
}

std::string_view PlainParser::uri_of(std::string_view prefix) const {
  const auto nearest = std::find_if(bindings_.rbegin(), bindings_.rend(),
                                    [&](const Binding& known) { return known.prefix == prefix; });
  if (nearest == bindings_.rend()) throw NotPlain();
  return nearest->uri;
}

void PlainParser::require_distinct_attributes() const {
  for (auto one = raw_attributes_.begin(); one != raw_attributes_.end(); ++one) {
    for (auto other = raw_attributes_.begin(); other != one; ++other) {
      if (one->name == other->name) throw NotPlain();
    }
  }
  for (auto one = attributes_.begin(); one != attributes_.end(); ++one) {
    if (one->prefix.empty()) continue;
    for (auto other = attributes_.begin(); other != one; ++other) {
      if (one->uri == other->uri && one->local == other->local) throw NotPlain();
    }
  }
}

bool PlainParser::end_tag() {
  if (open_.empty()) throw NotPlain();
  const std::string_view expected = open_.back().name->qualified;
  const char* at = at_ + 2;
  if (end_ - at <= static_cast<std::ptrdiff_t>(expected.size())) return false;
  if (std::memcmp(at, expected.data(), expected.size()) != 0) throw NotPlain();
  at += expected.size();
  while (is_blank(*at)) ++at;
  if (*at != '>') return cut_at(at) != nullptr;
  const Tag tag = tag_at(at + 1, Tag::Kind::end);
  at_ = at + 1;
  close_element(tag);
  return true;
}

void PlainParser::close_element(const Tag& tag) {
  const Open& open = open_.back();
  events_.end_element({open.name->prefix, open.name->local, open.uri}, tag);
  if (bindings_.size() != open.bindings) {
    bindings_.resize(open.bindings);
    const auto nearest = std::find_if(bindings_.rbegin(), bindings_.rend(),
                                      [](const Binding& known) { return known.prefix.empty(); });
    default_uri_ = nearest == bindings_.rend() ? std::string_view() : nearest->uri;
  }
  open_.pop_back();
}

}  // namespace pes::xml
