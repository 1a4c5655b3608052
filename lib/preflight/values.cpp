#include "preflight/values.hpp"

namespace pes::preflight {

void Values::set(Field field, std::string_view text, xml::Position at) {
  Value& value = values_.at(static_cast<std::size_t>(field));
  value.is_there = true;
  value.text = text;
  value.at = at;
}

void Values::forget_from(Field first) {
  for (std::size_t i = static_cast<std::size_t>(first); i < values_.size(); ++i) {
    if (!values_.at(i).is_there) continue;
    values_.at(i).is_there = false;
    values_.at(i).text.clear();
    values_.at(i).at = {};
  }
}

}  // namespace pes::preflight
