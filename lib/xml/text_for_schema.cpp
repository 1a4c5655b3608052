#include "xml/text_for_schema.hpp"

#include <utility>

namespace pes::xml {

namespace {

constexpr std::size_t quantum = 4;  // RFC 4648 §4: four letters are three bytes
/// Beyond the bound, what is no letter of base64: a few padding signs, or else a text that is no
/// base64 whatever follows.
constexpr std::size_t oddities = 1024;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_base64_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '/';
}

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80U; }

/// How much of the text, whole characters only: half of one would be no UTF-8.
std::size_t fitting(std::string_view text, std::size_t most) {
  if (most >= text.size()) return text.size();
  constexpr unsigned marks = 0xC0;
  constexpr unsigned continuation = 0x80;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & marks) == continuation) --most;
  return most;
}

}  // namespace

void TextForSchema::append(std::string_view piece) {
  if (!is_beyond_) {
    const std::size_t size = fitting(piece, bound - kept_.size());
    kept_ += piece.substr(0, size);
    piece.remove_prefix(size);
    is_beyond_ = !piece.empty();
  }
  for (const char c : piece) append_beyond(c);
}

void TextForSchema::append_beyond(char c) {
  if (is_blank(c)) return;
  if (is_base64_letter(c)) {
    base64_ += c;
    if (base64_.size() > 2 * quantum) base64_.erase(0, quantum);
    return;
  }
  if (kept_.size() >= bound + oddities) return;
  kept_ += std::exchange(base64_, {});
  kept_ += is_ascii(c) ? c : '?';  // a byte of a character that may be cut
}

std::string TextForSchema::take() {
  is_beyond_ = false;
  kept_ += std::exchange(base64_, {});
  return std::exchange(kept_, {});
}

}  // namespace pes::xml
