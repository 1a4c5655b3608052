#include "fuzz/element_edits.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace pes::fuzz {

namespace {

/// Where an element stands in the text.
struct Extent {
  std::size_t begin = 0;    // its `<`
  std::size_t content = 0;  // after its start tag
  std::size_t end_tag = 0;  // the `<` of its end tag; `content` in a tag of its own
  std::size_t end = 0;      // after it
};

/// Of a text as the seeds are: no `>` in a value, no CDATA section. Of what edits made of it, as
/// far as it can be told.
std::vector<Extent> extents(std::string_view text) {
  std::vector<Extent> all;
  std::vector<std::size_t> open;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::size_t close = text.find('>', at);
    if (close == std::string_view::npos) break;
    const std::size_t after = close + 1;
    const char kind = at + 1 < text.size() ? text[at + 1] : '?';
    if (kind == '?' || kind == '!') continue;
    if (kind == '/') {
      if (open.empty()) continue;
      all[open.back()].end_tag = at;
      all[open.back()].end = after;
      open.pop_back();
    } else {
      if (text[close - 1] != '/') open.push_back(all.size());
      all.push_back({.begin = at, .content = after, .end_tag = after, .end = after});
    }
  }
  return all;
}

std::string_view cut(std::string_view text, std::size_t begin, std::size_t end) {
  return begin <= end ? text.substr(begin, end - begin) : std::string_view();
}

std::string with(std::string_view text, std::size_t begin, std::size_t end,
                 std::string_view replacement) {
  return std::string(text.substr(0, begin)) + std::string(replacement) +
         std::string(text.substr(end));
}

/// The value of Id in a start tag; empty when there is none.
std::string_view id_in(std::string_view tag) {
  constexpr std::string_view opening = " Id=\"";
  const std::size_t begin = tag.find(opening);
  if (begin == std::string_view::npos) return {};
  const std::size_t value = begin + opening.size();
  return cut(tag, value, tag.find('"', value));
}

class Edit {
 public:
  Edit(std::string_view text, const std::vector<Extent>& elements, std::uint8_t one,
       std::uint8_t other)
      : text_(text),
        one_(elements[one % elements.size()]),
        other_(elements[other % elements.size()]),
        choice_(other) {}

  [[nodiscard]] std::string done(std::uint8_t what) const {
    switch (what % 10U) {
      case 0:
        return with(text_, one_.begin, one_.end, "");
      case 1:
        return inserted(other_.begin);
      case 2:
        return inserted(other_.content);
      case 3:
        return inserted(other_.end_tag);
      case 4:
        return with(text_, other_.begin, other_.end, copy());
      case 5:
        return with(text_, one_.begin, one_.end, "<Enveloppe>" + copy() + "</Enveloppe>");
      case 6:
        return with_id_of_other();
      case 7:
        return with(text_, one_.content, one_.content, notes());
      case 8:
        return with(text_, one_.content, one_.end_tag, cut(text_, other_.content, other_.end_tag));
      default:
        return with_changed_byte();
    }
  }

 private:
  [[nodiscard]] std::string copy() const { return std::string(cut(text_, one_.begin, one_.end)); }

  [[nodiscard]] std::string inserted(std::size_t place) const {
    return with(text_, place, place, copy());
  }

  [[nodiscard]] std::string with_id_of_other() const {
    const std::string_view own = id_in(cut(text_, one_.begin, one_.content));
    const std::string_view wanted = id_in(cut(text_, other_.begin, other_.content));
    if (own.empty()) {
      const std::size_t place = std::min(text_.find_first_of(" />", one_.begin), one_.content - 1);
      return with(text_, place, place, " Id=\"" + std::string(wanted) + "\"");
    }
    const auto place = static_cast<std::size_t>(own.data() - text_.data());
    return with(text_, place, place + own.size(), wanted);
  }

  /// What readers of XML are known to disagree about.
  [[nodiscard]] std::string_view notes() const {
    constexpr std::array<std::string_view, 7> all{
        "<!-- -->", "<?n n?>", "<![CDATA[]]>", "<![CDATA[1]]>", "&#13;", "\r\n", "<Bordereau/>"};
    return all[choice_ % all.size()];
  }

  [[nodiscard]] std::string with_changed_byte() const {
    std::string changed(text_);
    changed[one_.begin + choice_ % (one_.end - one_.begin)] ^= 1;
    return changed;
  }

  std::string_view text_;
  Extent one_;
  Extent other_;
  std::uint8_t choice_;
};

}  // namespace

std::string edited(std::string document, std::span<const std::uint8_t> edits) {
  constexpr std::size_t largest = 1U << 17U;
  for (; edits.size() >= 3; edits = edits.subspan(3)) {
    const std::vector<Extent> elements = extents(document);
    if (elements.empty() || document.size() > largest) break;
    document = Edit(document, elements, edits[1], edits[2]).done(edits[0]);
  }
  return document;
}

}  // namespace pes::fuzz
