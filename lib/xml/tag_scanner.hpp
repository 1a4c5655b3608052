#pragma once

#include "xml/place.hpp"
#include "xml/tag.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <utility>

namespace pes::xml {

/// Finds the tags of a document in its raw bytes, which no XML parser tells. It takes the
/// document for well-formed: whatever it finds in another is never used, since the parser
/// that reads beside it refuses that document.
class TagScanner {
 public:
  /// @param utf8 columns count characters, so continuation bytes are left out
  /// @param first_column 0 when a byte order mark precedes the first character
  TagScanner(bool utf8, std::uint64_t first_column) : place_(utf8, first_column) {}

  struct Found {
    Tag tag;
    Position at;
  };

  void scan(std::string_view piece);

  /// The oldest tag not yet taken; tags come in the order of the parser's events.
  [[nodiscard]] std::optional<Found> take();
  /// Offset of the oldest tag not yet taken, complete or not, else of the next byte.
  [[nodiscard]] std::uint64_t oldest_needed() const;

 private:
  enum class State { text, opened, start_tag, quoted, end_tag, declaration, skipped };

  std::size_t step(std::string_view piece, std::size_t i);
  std::size_t step_text(std::string_view piece, std::size_t i);
  std::size_t step_opened(char first, std::size_t i);
  std::size_t step_start_tag(std::string_view piece, std::size_t i);
  std::size_t step_quoted(std::string_view piece, std::size_t i);
  std::size_t step_end_tag(std::string_view piece, std::size_t i);
  std::size_t step_declaration(char first, std::size_t i);
  std::size_t step_skipped(std::string_view piece, std::size_t i);
  void skip(char mark, std::size_t needed, std::size_t opening);
  void finish_tag(std::size_t i, Tag::Kind kind);
  void move_to(std::string_view piece, std::size_t i);

  State state_ = State::text;
  Found current_;
  char quote_ = 0;
  bool slash_ = false;  // the last byte of the start tag is `/`

  // A comment ends with `-->`, a CDATA section with `]]>`, an instruction with `?>`:
  // `needed_` times `mark_`, then `>`.
  char mark_ = 0;
  std::size_t needed_ = 0;
  std::size_t seen_ = 0;
  std::size_t opening_ = 0;  // bytes of the opening still to come

  std::deque<Found> found_;
  std::uint64_t offset_ = 0;  // of the current piece
  std::size_t counted_ = 0;   // bytes of the piece already in place_
  Place place_;
};

/// Where the value of an unprefixed attribute stands in the text of its tag: begin and
/// end offsets between the quotes.
std::optional<std::pair<std::size_t, std::size_t>> attribute_value(std::string_view tag,
                                                                   std::string_view name);

}  // namespace pes::xml
