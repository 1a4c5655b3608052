#include "xml/place.hpp"

#include "support/text.hpp"

#include <algorithm>

namespace pes::xml {

void Place::pass(std::string_view bytes) {
  const std::size_t last_feed = bytes.rfind('\n');
  if (last_feed != std::string_view::npos) {
    line_ += static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
    column_ = 1;
    bytes.remove_prefix(last_feed + 1);
  }
  column_ += utf8_ ? length_in_characters(bytes) : bytes.size();
}

}  // namespace pes::xml
