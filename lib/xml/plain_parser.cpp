#include "xml/plain_parser.hpp"

#include "support/text.hpp"
#include "xml/ascii_names.hpp"
#include "xml/character_reference.hpp"
#include "xml/character_scan.hpp"
#include "xml/xml_declaration.hpp"

#include <algorithm>

namespace pes::xml {

namespace {

/// What a tag, a comment or an instruction may measure. Each is seen whole, in memory.
constexpr std::ptrdiff_t markup_limit = 1 << 20;

bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }

}  // namespace

PlainParser::PlainParser(ByteSource& source, RawWindow& window, const Encoding& encoding,
                         Events& events, int max_depth)
    : source_(source),
      window_(window),
      events_(events),
      max_depth_(static_cast<std::size_t>(max_depth)),
      utf8_(encoding.utf8),
      latin1_(lowered_ascii(encoding.declared) == "iso-8859-1"),
      place_(encoding.utf8, 1) {}

bool PlainParser::reads(const Encoding& encoding) {
  const std::string name = lowered_ascii(encoding.declared);
  const bool known = name.empty() || name == "utf-8" || name == "iso-8859-1" || name == "us-ascii";
  return known && encoding.ascii_compatible && !encoding.byte_order_mark;
}

void PlainParser::parse() {
  look_at_window(0);
  const auto declaration = length_of_xml_declaration(window_.bytes());
  if (!declaration) throw NotPlain();
  at_ += *declaration;
  while (at_ != end_ || refill()) {
    const bool advanced = in_cdata_ ? cdata() : open_.empty() ? outside_root() : content();
    if (!advanced && !refill()) throw NotPlain();
  }
  if (!open_.empty() || !root_seen_) throw NotPlain();
}

/// The only bytes that may be lost are those before `at_`, so places are counted first.
bool PlainParser::refill() {
  if (end_ - at_ > markup_limit) throw NotPlain();
  count_to(at_);
  const std::uint64_t at = offset(at_);
  const std::string_view piece = source_.next();
  if (piece.empty()) return false;
  window_.append(piece, at);
  look_at_window(at);
  return true;
}

void PlainParser::look_at_window(std::uint64_t at) {
  const std::string_view bytes = window_.bytes();
  begin_ = bytes.data();
  at_ = begin_ + (at - window_.begin());
  end_ = bytes.data() + bytes.size();
}

const char* PlainParser::cut_at(const char* at) const {
  if (at != end_) throw NotPlain();
  return nullptr;
}

std::uint64_t PlainParser::offset(const char* at) const {
  return window_.begin() + static_cast<std::uint64_t>(at - begin_);
}

void PlainParser::count_to(const char* at) {
  const char* const from = begin_ + (counted_ - window_.begin());
  place_.pass({from, static_cast<std::size_t>(at - from)});
  counted_ = offset(at);
}

bool PlainParser::outside_root() {
  if (is_blank(*at_)) {
    at_ = std::find_if_not(at_, end_, is_blank);
    return true;
  }
  if (*at_ != '<') throw NotPlain();
  return markup();
}

bool PlainParser::content() {
  switch (*at_) {
    case '<':
      return markup();
    case '&':
      return reference();
    case '\r':
      return carriage_return();
    default:
      return text();
  }
}

bool PlainParser::cdata() {
  if (*at_ == '\r') return carriage_return();
  if (end_ - at_ >= 3 && std::string_view(at_, 3) == "]]>") {
    in_cdata_ = false;
    at_ += 3;
    return true;
  }
  return text();
}

bool PlainParser::markup() {
  switch (at_[1]) {
    case '/':
      return end_tag();
    case '!':
      return at_[2] == '[' ? cdata_start() : comment();
    case '?':
      return processing_instruction();
    default:
      return start_tag();
  }
}

bool PlainParser::reference() {
  const Reference found = read_reference({at_, static_cast<std::size_t>(end_ - at_)});
  if (found.kind == Reference::Kind::cut) return false;
  if (found.kind == Reference::Kind::wrong) throw NotPlain();
  std::string character;
  append_utf8(character, found.character);
  events_.text(character);
  at_ += found.length;
  return true;
}

/// The end of a line is a line feed, whatever it is in the document (XML 1.0, section 2.11).
bool PlainParser::carriage_return() {
  if (at_ + 1 == end_) return false;
  if (at_[1] != '\n') events_.text("\n");
  ++at_;
  return true;
}

bool PlainParser::text() {
  const char* const end = text_end(at_);
  if (end != at_) {
    events_.text({at_, static_cast<std::size_t>(end - at_)});
    at_ = end;
    return true;
  }
  if (latin1_ && is_high(*at_)) {
    std::string character;
    append_utf8(character, static_cast<unsigned char>(*at_++));
    events_.text(character);
    return true;
  }
  const bool needs_more = *at_ == ']' || (utf8_ && is_high(*at_));
  if (!needs_more) throw NotPlain();
  return false;
}

const char* PlainParser::text_end(const char* from) const {
  for (const char* at = from;;) {
    at = find_markup(at, end_);
    if (at == end_) return at;
    if (*at == '<' || *at == '&') {
      if (!in_cdata_) return at;
      ++at;
    } else if (*at == ']') {
      if (end_ - at < 3) return at;
      if (at[1] == ']' && at[2] == '>') {
        if (!in_cdata_) throw NotPlain();
        return at;
      }
      ++at;
    } else if (utf8_ && is_high(*at)) {
      const Utf8Sequence sequence = utf8_sequence(at, end_);
      if (sequence.kind == Utf8Sequence::Kind::wrong) throw NotPlain();
      if (sequence.kind == Utf8Sequence::Kind::cut) return at;
      at += sequence.length;
    } else {
      return at;
    }
  }
}

bool PlainParser::cdata_start() {
  constexpr std::string_view opening = "<![CDATA[";
  if (end_ - at_ < static_cast<std::ptrdiff_t>(opening.size())) return false;
  if (open_.empty() || std::string_view(at_, opening.size()) != opening) throw NotPlain();
  in_cdata_ = true;
  at_ += opening.size();
  return true;
}

bool PlainParser::comment() {
  constexpr std::string_view opening = "<!--";
  const std::string_view bytes(at_, static_cast<std::size_t>(end_ - at_));
  if (bytes.size() < opening.size()) return false;
  if (!bytes.starts_with(opening)) throw NotPlain();
  const std::size_t hyphens = bytes.find("--", opening.size());
  if (hyphens == std::string_view::npos || hyphens + 2 == bytes.size()) return false;
  if (bytes[hyphens + 2] != '>') throw NotPlain();
  require_characters(bytes.substr(0, hyphens));
  tell_comment(bytes.substr(opening.size(), hyphens - opening.size()));
  at_ += hyphens + 3;
  return true;
}

void PlainParser::tell_comment(std::string_view written) {
  const bool is_told_as_written = std::none_of(
      written.begin(), written.end(), [&](char c) { return c == '\r' || (latin1_ && is_high(c)); });
  if (is_told_as_written) return events_.comment(written);
  std::string text;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const char c = written[i];
    if (latin1_ && is_high(c)) {
      append_utf8(text, static_cast<unsigned char>(c));
    } else if (c != '\r') {
      text += c;
    } else if (i + 1 == written.size() || written[i + 1] != '\n') {
      text += '\n';
    }
  }
  events_.comment(text);
}

bool PlainParser::processing_instruction() {
  const std::string_view bytes(at_, static_cast<std::size_t>(end_ - at_));
  const std::size_t end = bytes.find("?>", 2);
  if (end == std::string_view::npos) return false;
  std::string_view data = bytes.substr(2, end - 2);
  const auto* const name_end = std::find_if_not(data.begin(), data.end(), is_name_character);
  const std::string_view target = data.substr(0, static_cast<std::size_t>(name_end - data.begin()));
  data.remove_prefix(target.size());
  const bool is_plain =
      !target.empty() && is_name_start(target.front()) && lowered_ascii(target) != "xml" &&
      (data.empty() || is_blank(data.front())) && data.find('\r') == std::string_view::npos;
  if (!is_plain) throw NotPlain();
  require_characters(data);
  const bool is_ascii = std::none_of(data.begin(), data.end(), is_high);
  if (!is_ascii && !utf8_) throw NotPlain();
  data.remove_prefix(static_cast<std::size_t>(std::find_if_not(data.begin(), data.end(), is_blank) -
                                              data.begin()));
  events_.processing_instruction(target, data);
  at_ += end + 2;
  return true;
}

void PlainParser::require_characters(std::string_view bytes) const {
  const char* const end = bytes.data() + bytes.size();
  for (const char* at = find_markup(bytes.data(), end); at != end; at = find_markup(at, end)) {
    if (utf8_ && is_high(*at)) {
      const Utf8Sequence sequence = utf8_sequence(at, end);
      if (sequence.kind != Utf8Sequence::Kind::whole) throw NotPlain();
      at += sequence.length;
    } else if ((is_high(*at) && latin1_) || *at >= ' ' || *at == '\r') {
      ++at;
    } else {
      throw NotPlain();
    }
  }
}

}  // namespace pes::xml
