#pragma once

#include "pes/action.hpp"
#include "pes/time.hpp"
#include "record/source.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace pes::record {

using Json = nlohmann::ordered_json;

/// A value of the document being read and its place in it. Every function throws the
/// source's `damaged` code, naming that place, when the value is not what it asks for.
class Node {
 public:
  /// The root of a document; both are kept by reference.
  Node(const Json& root, const Source& source);

  [[nodiscard]] const Source& source() const noexcept { return *source_; }
  [[nodiscard]] bool is_null() const;
  /// The value of a key that must be there.
  [[nodiscard]] Node at(std::string_view key) const;
  [[nodiscard]] std::optional<Node> find(std::string_view key) const;
  void each_member(const std::function<void(const std::string& key, const Node&)>& callback) const;
  void each_item(const std::function<void(const Node&)>& callback) const;

  [[nodiscard]] std::string text() const;
  /// Null, the written form of "unknown" and "none", is read as empty.
  [[nodiscard]] std::string text_or_null() const;
  [[nodiscard]] std::uint64_t number() const;
  [[nodiscard]] bool boolean() const;
  [[nodiscard]] Instant instant() const;
  [[nodiscard]] std::optional<Instant> instant_or_null() const;
  [[nodiscard]] Action action() const;
  /// Lower-case hexadecimal of so many digits.
  [[nodiscard]] std::string digest(std::size_t digits) const;

  /// @param pattern a sentence where {1} is the source and {2} the place
  [[noreturn]] void reject(std::string_view pattern) const;

 private:
  Node(const Json& value, const Source& source, std::string place);
  [[nodiscard]] std::string place_of(std::string_view key) const;

  const Json* value_;
  const Source* source_;
  std::string place_;  // `etats[2].date`
};

/// Parses a document whose root is an object.
Json parse_document(std::string_view text, const Source& source);

/// @param ours `pes.dossier/1`; a document of that name with a higher number is newer, any
/// other schema is damage
void require_schema(const Node& root, std::string_view ours);

/// Null when there is nothing to say.
Json text_or_null(const std::string& text);
Json instant_or_null(const std::optional<Instant>& instant);

/// The bytes of a document or line. A text that is not UTF-8 (a file name, the words of a
/// service) keeps its readable characters: an outcome must be recorded in any case.
std::string to_text(const Json& document, int indent);

}  // namespace pes::record
