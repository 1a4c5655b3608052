#include "xml/tag_scanner.hpp"

#include <algorithm>

namespace pes::xml {

namespace {

constexpr std::string_view blanks = " \t\r\n";

/// The index of `wanted` from `i` on, or the size.
std::size_t index_of(std::string_view piece, std::size_t i, char wanted) {
  return std::min(piece.find(wanted, i), piece.size());
}

}  // namespace

void TagScanner::scan(std::string_view piece) {
  counted_ = 0;
  std::size_t i = 0;
  while (i < piece.size()) i = step(piece, i);
  move_to(piece, piece.size());
  offset_ += piece.size();
}

std::optional<TagScanner::Found> TagScanner::take() {
  if (found_.empty()) return std::nullopt;
  const Found found = found_.front();
  found_.pop_front();
  return found;
}

std::uint64_t TagScanner::oldest_needed() const {
  if (!found_.empty()) return found_.front().tag.begin;
  return state_ == State::text ? offset_ : current_.tag.begin;
}

/// Consumes at least one byte, at most to the end of the piece.
std::size_t TagScanner::step(std::string_view piece, std::size_t i) {
  switch (state_) {
    case State::text:
      return step_text(piece, i);
    case State::opened:
      return step_opened(piece[i], i);
    case State::start_tag:
      return step_start_tag(piece, i);
    case State::quoted:
      return step_quoted(piece, i);
    case State::end_tag:
      return step_end_tag(piece, i);
    case State::declaration:
      return step_declaration(piece[i], i);
    case State::skipped:
      return step_skipped(piece, i);
  }
  return piece.size();
}

std::size_t TagScanner::step_text(std::string_view piece, std::size_t i) {
  i = index_of(piece, i, '<');
  if (i == piece.size()) return i;
  move_to(piece, i);
  current_ = {{.begin = offset_ + i}, place_.position()};
  state_ = State::opened;
  return i + 1;
}

std::size_t TagScanner::step_opened(char first, std::size_t i) {
  switch (first) {
    case '/':
      state_ = State::end_tag;
      break;
    case '!':
      state_ = State::declaration;
      break;
    case '?':
      skip('?', 1, 0);
      break;
    default:
      state_ = State::start_tag;
      slash_ = false;
  }
  return i + 1;
}

std::size_t TagScanner::step_start_tag(std::string_view piece, std::size_t i) {
  for (; i < piece.size(); ++i) {
    const char c = piece[i];
    if (c == '>') {
      finish_tag(i, slash_ ? Tag::Kind::empty : Tag::Kind::start);
      return i + 1;
    }
    slash_ = c == '/';
    if (c == '"' || c == '\'') {
      quote_ = c;
      state_ = State::quoted;
      return i + 1;
    }
  }
  return i;
}

std::size_t TagScanner::step_quoted(std::string_view piece, std::size_t i) {
  i = index_of(piece, i, quote_);
  if (i == piece.size()) return i;
  state_ = State::start_tag;
  return i + 1;
}

std::size_t TagScanner::step_end_tag(std::string_view piece, std::size_t i) {
  i = index_of(piece, i, '>');
  if (i == piece.size()) return i;
  finish_tag(i, Tag::Kind::end);
  return i + 1;
}

/// `<!--` or `<![CDATA[`; a DOCTYPE is refused elsewhere.
std::size_t TagScanner::step_declaration(char first, std::size_t i) {
  switch (first) {
    case '-':
      skip('-', 2, 1);
      break;
    case '[':
      skip(']', 2, 6);
      break;
    default:
      state_ = State::text;
  }
  return i + 1;
}

void TagScanner::skip(char mark, std::size_t needed, std::size_t opening) {
  state_ = State::skipped;
  mark_ = mark;
  needed_ = needed;
  opening_ = opening;
  seen_ = 0;
}

std::size_t TagScanner::step_skipped(std::string_view piece, std::size_t i) {
  const std::size_t opening = std::min(opening_, piece.size() - i);
  opening_ -= opening;
  for (i += opening; i < piece.size(); ++i) {
    const char c = piece[i];
    if (c == '>' && seen_ >= needed_) {
      state_ = State::text;
      return i + 1;
    }
    seen_ = c == mark_ ? seen_ + 1 : 0;
  }
  return i;
}

void TagScanner::finish_tag(std::size_t i, Tag::Kind kind) {
  current_.tag.end = offset_ + i + 1;
  current_.tag.kind = kind;
  found_.push_back(current_);
  state_ = State::text;
}

/// Every byte is counted once, so that a file of one line costs no more than another.
void TagScanner::move_to(std::string_view piece, std::size_t i) {
  place_.pass(piece.substr(counted_, i - counted_));
  counted_ = i;
}

std::optional<std::pair<std::size_t, std::size_t>> attribute_value(std::string_view tag,
                                                                   std::string_view name) {
  std::size_t i = std::min(tag.find_first_of(blanks), tag.size());
  while (true) {
    const std::size_t begin = tag.find_first_not_of(blanks, i);
    const std::size_t open = tag.find_first_of("\"'", i);
    if (open == std::string_view::npos) return std::nullopt;
    const std::size_t close = tag.find(tag[open], open + 1);
    if (close == std::string_view::npos) return std::nullopt;
    const std::size_t name_end = tag.find_first_of(" \t\r\n=", begin);
    if (tag.substr(begin, name_end - begin) == name) return std::pair(open + 1, close);
    i = close + 1;
  }
}

}  // namespace pes::xml
