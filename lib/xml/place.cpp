#include "xml/place.hpp"

#include "support/text.hpp"
#include "xml/character_scan.hpp"

namespace pes::xml {

void Place::pass(std::string_view bytes) {
  const LineFeeds feeds = line_feeds(bytes);
  if (feeds.count > 0) {
    position_.line += feeds.count;
    position_.column = 1;
    bytes.remove_prefix(feeds.after_last);
  }
  position_.column += utf8_ ? length_in_characters(bytes) : bytes.size();
}

}  // namespace pes::xml
