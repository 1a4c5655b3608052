#include "record/node.hpp"

#include "pes/time.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace pes::record {

namespace {

/// What stands after the slash of `pes.dossier/1`: a decimal number from 1.
std::optional<unsigned> schema_number(std::string_view schema) {
  const std::size_t slash = schema.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const char* const end = schema.data() + schema.size();
  unsigned number = 0;
  const auto [rest, failure] = std::from_chars(schema.data() + slash + 1, end, number);
  if (failure != std::errc() || rest != end || number == 0) return std::nullopt;
  return number;
}

}  // namespace

Node::Node(const Json& root, const Source& source) : value_(&root), source_(&source) {}

Node::Node(const Json& value, const Source& source, std::string place)
    : value_(&value), source_(&source), place_(std::move(place)) {}

void Node::reject(std::string_view pattern) const {
  throw_damaged(*source_, fill(pattern, {source_->name(), place_}));
}

std::string Node::place_of(std::string_view key) const {
  return place_.empty() ? std::string(key) : fill("{1}.{2}", {place_, key});
}

bool Node::is_null() const { return value_->is_null(); }

std::optional<Node> Node::find(std::string_view key) const {
  if (!value_->is_object()) reject(tr("{1}: {2} is not an object"));
  const auto found = value_->find(std::string(key));
  if (found == value_->end()) return std::nullopt;
  return Node(*found, *source_, place_of(key));
}

Node Node::at(std::string_view key) const {
  if (auto found = find(key)) return *found;
  throw_damaged(*source_, say("{1}: {2} is missing", {source_->name(), place_of(key)}));
}

void Node::each_member(
    const std::function<void(const std::string& key, const Node&)>& callback) const {
  if (!value_->is_object()) reject(tr("{1}: {2} is not an object"));
  for (const auto& [key, value] : value_->items()) {
    callback(key, Node(value, *source_, place_of(key)));
  }
}

void Node::each_item(const std::function<void(const Node&)>& callback) const {
  if (!value_->is_array()) reject(tr("{1}: {2} is not an array"));
  std::size_t rank = 0;
  for (const Json& value : *value_) {
    callback(Node(value, *source_, place_ + "[" + std::to_string(rank++) + "]"));
  }
}

std::string Node::text() const {
  if (!value_->is_string()) reject(tr("{1}: {2} is not a text"));
  return value_->get<std::string>();
}

std::string Node::text_or_null() const { return is_null() ? std::string() : text(); }

std::uint64_t Node::number() const {
  if (!value_->is_number_unsigned()) reject(tr("{1}: {2} is not a natural number"));
  return value_->get<std::uint64_t>();
}

bool Node::boolean() const {
  if (!value_->is_boolean()) reject(tr("{1}: {2} is neither true nor false"));
  return value_->get<bool>();
}

Instant Node::instant() const {
  const auto instant = parse_iso8601(text());
  if (!instant) reject(tr("{1}: {2} is not a date and time"));
  return *instant;
}

std::optional<Instant> Node::instant_or_null() const {
  if (is_null()) return std::nullopt;
  return instant();
}

Action Node::action() const {
  const auto action = parse_action(text());
  if (!action) reject(tr("{1}: {2} is not a known action"));
  return *action;
}

std::string Node::digest(std::size_t digits) const {
  std::string value = text();
  const bool is_hex = std::all_of(value.begin(), value.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  });
  if (!is_hex || value.size() != digits) reject(tr("{1}: {2} is not a digest"));
  return value;
}

Json parse_document(std::string_view text, const Source& source) {
  Json document;
  try {
    document = Json::parse(text);
  } catch (const Json::exception& failure) {
    throw_damaged(source, say("{1} is not JSON", {source.name()}), failure.what());
  }
  if (!document.is_object()) {
    throw_damaged(source, say("{1} is not a JSON object", {source.name()}));
  }
  return document;
}

void require_schema(const Node& root, std::string_view ours) {
  const Node schema = root.at("schema");
  const std::string text = schema.text();
  const auto number = schema_number(text);
  const std::size_t name_length = ours.rfind('/');
  if (!number || std::string_view(text).substr(0, text.rfind('/')) != ours.substr(0, name_length)) {
    schema.reject(tr("{1}: {2} names another kind of document"));
  }
  if (*number > schema_number(ours)) throw_newer(root.source(), text);
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json instant_or_null(const std::optional<Instant>& instant) {
  return instant ? Json(iso8601(*instant)) : Json();
}

std::string to_text(const Json& document, int indent) {
  return document.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pes::record
