#pragma once

#include "preflight/element_table.hpp"
#include "preflight/findings.hpp"
#include "xml/events.hpp"
#include "xml/tag.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace pes::preflight {

/// Holds the elements of a PES Aller against the tables, one after the other (pes §4). What no
/// table knows is told once and not looked into.
class Structure {
 public:
  explicit Structure(Findings& findings) : findings_(findings) {}

  /// What the table has for this element; null when it is not looked into.
  const Child* enter(const xml::StartElement& element, const xml::Tag& tag);
  void text(std::string_view text);
  /// What the element was that ends here; opaque when it was not looked into.
  Shape leave();

  /// Of the innermost element that is looked into.
  [[nodiscard]] Shape shape() const { return open_.empty() ? Shape::opaque : open_.back().shape; }
  [[nodiscard]] bool is_inside_opaque() const { return opaque_depth_ > 0; }

 private:
  /// A required child in whose stead another came; it may still come, misplaced.
  struct Skipped {
    const Child* child;
    xml::Position at;
  };
  struct Open {
    Shape shape = Shape::opaque;
    const ElementRule* rule = nullptr;
    std::string_view name;
    xml::Position at;
    std::size_t next = 0;     // first child that may still come
    bool repeating = false;   // the one before `next` was there, and may come again
    std::uint8_t branch = 0;  // the one that was chosen
    bool text_told = false;
    std::vector<Skipped> skipped;
  };

  const Child* enter_root(const xml::StartElement& element, const xml::Tag& tag);
  const Child* place(std::string_view name, const xml::Tag& tag);
  const Child* misplaced(std::string_view name, const xml::Tag& tag);
  void choose_branch(const Child& child, const xml::Tag& tag);
  static void skip(Open& parent, std::size_t end, xml::Position at);
  void tell_missing(Open& open);
  void check_attributes(const Child& child, const xml::StartElement& element, const xml::Tag& tag);
  void check_value(const Child& child, const xml::StartElement& element, const xml::Tag& tag,
                   Open& open);

  Findings& findings_;
  std::vector<Open> open_;
  std::size_t opaque_depth_ = 0;
};

}  // namespace pes::preflight
