#include "xml/character_scan.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include <array>
#include <bit>

namespace pes::xml {

namespace {

using ByteSet = std::array<bool, 256>;

constexpr ByteSet set_of(bool (*belongs)(unsigned char)) {
  ByteSet set{};
  for (std::size_t i = 0; i < set.size(); ++i) set[i] = belongs(static_cast<unsigned char>(i));
  return set;
}

constexpr ByteSet is_markup = set_of([](unsigned char c) {
  if (c == '<' || c == '&' || c == ']' || c >= 0x80) return true;
  return c < ' ' && c != '\t' && c != '\n';
});

constexpr ByteSet is_escaped =
    set_of([](unsigned char c) { return c == '&' || c == '<' || c == '>' || c == '\r'; });

constexpr ByteSet is_beyond_base64 = set_of([](unsigned char c) {
  const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return !letter && !(c >= '/' && c <= '9') && c != '+';
});

constexpr ByteSet is_c1 = set_of([](unsigned char c) { return (c & 0xE0U) == 0x80U; });

#if defined(__SSE2__)

using Block = __m128i;

Block load(const char* bytes) { return _mm_loadu_si128(reinterpret_cast<const Block*>(bytes)); }

Block equal(Block block, char c) { return _mm_cmpeq_epi8(block, _mm_set1_epi8(c)); }

Block either(Block left, Block right) { return _mm_or_si128(left, right); }

unsigned bits(Block block) { return static_cast<unsigned>(_mm_movemask_epi8(block)); }

// Compared as signed bytes, those above 0x7F are below the space as well.
unsigned markup_bits(Block block) {
  const Block low = _mm_cmplt_epi8(block, _mm_set1_epi8(' '));
  const Block allowed = either(equal(block, '\t'), equal(block, '\n'));
  const Block marks = either(either(equal(block, '<'), equal(block, '&')), equal(block, ']'));
  return bits(either(_mm_andnot_si128(allowed, low), marks));
}

unsigned escaped_bits(Block block) {
  // `<` and `>` differ by one bit.
  const Block angles = equal(_mm_or_si128(block, _mm_set1_epi8(2)), '>');
  return bits(either(either(equal(block, '&'), equal(block, '\r')), angles));
}

/// Bytes from `first` to `last`, both below 0x80.
Block within(Block block, char first, char last) {
  return _mm_and_si128(_mm_cmpgt_epi8(block, _mm_set1_epi8(static_cast<char>(first - 1))),
                       _mm_cmplt_epi8(block, _mm_set1_epi8(static_cast<char>(last + 1))));
}

// `/` stands before the digits; small letters are the capitals with one more bit.
unsigned beyond_base64_bits(Block block) {
  const Block letters = within(_mm_or_si128(block, _mm_set1_epi8(0x20)), 'a', 'z');
  const Block allowed = either(either(letters, within(block, '/', '9')), equal(block, '+'));
  return bits(allowed) ^ 0xFFFFU;
}

// Compared as signed bytes, only 0x80 to 0x9F are below 0xA0.
unsigned c1_bits(Block block) {
  return bits(_mm_cmplt_epi8(block, _mm_set1_epi8(static_cast<char>(0xA0))));
}

#endif

/// By blocks of sixteen bytes where the processor has them, then one by one. x86-64 always
/// has SSE2, so nothing is chosen at run time.
template <typename BlockBits>
const char* find(const char* begin, const char* end, [[maybe_unused]] BlockBits block_bits,
                 const ByteSet& wanted) {
#if defined(__SSE2__)
  for (; end - begin >= 16; begin += 16) {
    const unsigned found = block_bits(load(begin));
    if (found != 0) return begin + std::countr_zero(found);
  }
#endif
  while (begin != end && !wanted[static_cast<unsigned char>(*begin)]) ++begin;
  return begin;
}

#if !defined(__SSE2__)
constexpr int markup_bits = 0;
constexpr int escaped_bits = 0;
constexpr int beyond_base64_bits = 0;
constexpr int c1_bits = 0;
#endif

}  // namespace

const char* find_markup(const char* begin, const char* end) {
  return find(begin, end, markup_bits, is_markup);
}

const char* find_escaped(const char* begin, const char* end) {
  return find(begin, end, escaped_bits, is_escaped);
}

const char* find_beyond_base64(const char* begin, const char* end) {
  return find(begin, end, beyond_base64_bits, is_beyond_base64);
}

bool holds_c1_bytes(std::string_view bytes) {
  const char* const end = bytes.data() + bytes.size();
  return find(bytes.data(), end, c1_bits, is_c1) != end;
}

LineFeeds line_feeds(std::string_view bytes) {
  LineFeeds feeds;
  std::size_t i = 0;
#if defined(__SSE2__)
  for (; bytes.size() - i >= 16; i += 16) {
    const unsigned found = bits(equal(load(bytes.data() + i), '\n'));
    if (found == 0) continue;
    feeds.count += static_cast<std::size_t>(std::popcount(found));
    feeds.after_last = i + static_cast<std::size_t>(std::bit_width(found));
  }
#endif
  for (; i < bytes.size(); ++i) {
    if (bytes[i] != '\n') continue;
    ++feeds.count;
    feeds.after_last = i + 1;
  }
  return feeds;
}

bool is_xml_character(std::uint32_t character) {
  if (character < ' ') return character == '\t' || character == '\n' || character == '\r';
  return character < 0xD800 || (character >= 0xE000 && character < 0xFFFE) ||
         (character >= 0x10000 && character < 0x110000);
}

Utf8Sequence utf8_sequence(const char* begin, const char* end) {
  using Kind = Utf8Sequence::Kind;
  const auto lead = static_cast<unsigned char>(*begin);
  const std::size_t length = lead < 0xC2   ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length == 0) return {Kind::wrong, 0};
  std::uint32_t character = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (begin + i == end) return {Kind::cut, 0};
    const auto byte = static_cast<unsigned char>(begin[i]);
    if ((byte & 0xC0U) != 0x80U) return {Kind::wrong, 0};
    character = (character << 6U) | (byte & 0x3FU);
  }
  const bool longer_than_needed =
      (length == 3 && character < 0x800) || (length == 4 && character < 0x10000);
  if (longer_than_needed || !is_xml_character(character)) return {Kind::wrong, 0};
  return {Kind::whole, length};
}

}  // namespace pes::xml
