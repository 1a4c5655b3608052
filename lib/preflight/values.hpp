#pragma once

#include "preflight/field.hpp"
#include "xml/tag.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace pes::preflight {

/// The values of the elements around the place where the reading stands.
class Values {
 public:
  void set(Field field, std::string_view text, xml::Position at);
  /// This one and all that are forgotten with it.
  void forget_from(Field first);

  [[nodiscard]] bool has(Field field) const { return value(field).is_there; }
  /// Empty when it is not there.
  [[nodiscard]] std::string_view text(Field field) const { return value(field).text; }
  /// {0, 0} when it is not there.
  [[nodiscard]] xml::Position at(Field field) const { return value(field).at; }
  [[nodiscard]] bool is(Field field, std::string_view text) const {
    return has(field) && value(field).text == text;
  }

 private:
  struct Value {
    bool is_there = false;
    std::string text;
    xml::Position at;
  };

  [[nodiscard]] const Value& value(Field field) const {
    return values_[static_cast<std::size_t>(field)];
  }

  std::array<Value, field_count> values_;
};

}  // namespace pes::preflight
