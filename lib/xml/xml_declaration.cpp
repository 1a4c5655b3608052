#include "xml/xml_declaration.hpp"

#include "xml/ascii_names.hpp"

#include <algorithm>

namespace pes::xml {

namespace {

/// Takes a declaration apart from left to right.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  bool take_blanks() {
    const auto* const end = std::find_if_not(rest_.begin(), rest_.end(), is_blank);
    const auto count = static_cast<std::size_t>(end - rest_.begin());
    rest_.remove_prefix(count);
    return count > 0;
  }
  /// The value of ` name = "value"`; nothing, and nothing taken, when there is none.
  std::optional<std::string_view> take_value_of(std::string_view name) {
    const std::string_view before = rest_;
    const bool found = take_blanks() && take(name);
    if (found) {
      take_blanks();
      const bool equals = take("=");
      take_blanks();
      if (equals && !rest_.empty() && (rest_.front() == '"' || rest_.front() == '\'')) {
        const std::size_t close = rest_.find(rest_.front(), 1);
        if (close != std::string_view::npos) {
          const std::string_view value = rest_.substr(1, close - 1);
          rest_.remove_prefix(close + 1);
          return value;
        }
      }
    }
    rest_ = before;
    return std::nullopt;
  }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
};

bool is_encoding_name(std::string_view name) {
  const auto is_plain = [](char c) { return is_name_character(c); };
  return !name.empty() && is_name_start(name.front()) && name.front() != '_' &&
         std::all_of(name.begin(), name.end(), is_plain);
}

}  // namespace

std::optional<std::size_t> length_of_xml_declaration(std::string_view head) {
  Words words(head);
  if (!words.take("<?xml")) return 0;
  if (words.take_value_of("version") != "1.0") return std::nullopt;
  const auto encoding = words.take_value_of("encoding");
  if (encoding && !is_encoding_name(*encoding)) return std::nullopt;
  const auto standalone = words.take_value_of("standalone");
  if (standalone && standalone != "yes" && standalone != "no") return std::nullopt;
  words.take_blanks();
  if (!words.take("?>")) return std::nullopt;
  return head.size() - words.left();
}

}  // namespace pes::xml
