#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pes::xml {

/// A qualified name as a document writes it.
struct Name {
  std::string_view qualified;
  std::string_view prefix;
  std::string_view local;
  bool declares = false;  // a namespace: `xmlns` or `xmlns:…`
  /// The element that was opened after one of this name the last time, and the attribute that
  /// stood after a name like this one in a tag: documents repeat themselves.
  Name* next_element = nullptr;
  Name* next_attribute = nullptr;
};

/// The names of a document, each kept once and for as long as the table.
class NameTable {
 public:
  NameTable();

  /// The name of these letters, with at most one colon, neither first nor last; nullptr
  /// for others, and when the table has no room: it takes little memory, and no document
  /// can make it slow.
  Name* find(std::string_view qualified);
  /// Another text, kept as long, once; nothing when there is no room.
  std::optional<std::string_view> keep(std::string_view text);

 private:
  /// Where the name is, or may be put; nullptr when those near are taken by others.
  Name** slot_of(std::string_view qualified);
  Name* add(std::string_view qualified, Name** slot);
  void grow();

  std::vector<Name*> slots_;  // a power of two of them, half of them empty
  std::deque<Name> names_;
  std::set<std::string, std::less<>> texts_;
  std::size_t kept_bytes_ = 0;
};

}  // namespace pes::xml
