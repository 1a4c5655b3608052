#include "net/http_answer.hpp"

#include "net/excerpt.hpp"
#include "support/text.hpp"

namespace pes::net {

namespace {

std::string_view quoted_value(std::string_view text) {
  const std::size_t end = text.find('"', 1);
  return end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
}

std::string_view last_part(std::string_view path) {
  return path.substr(path.find_last_of("/\\") + 1);
}

}  // namespace

std::string proposed_file_name(std::string_view content_disposition) {
  constexpr std::string_view key = "filename=";
  const std::size_t place = lowered_ascii(content_disposition).find(key);
  if (place == std::string::npos) return {};
  const std::string_view rest = content_disposition.substr(place + key.size());
  const std::string_view value =
      rest.starts_with('"') ? quoted_value(rest) : rest.substr(0, rest.find(';'));
  const std::string name = one_line(last_part(trimmed(value)));
  return name == "." || name == ".." ? std::string() : name;
}

bool looks_like_markup(std::string_view body) { return trimmed(body).starts_with('<'); }

bool is_html(const HttpAnswer& answer) {
  const std::string begin = lowered_ascii(trimmed(answer.body).substr(0, 200));
  if (begin.starts_with("<?xml")) return begin.find("<html") != std::string::npos;
  return begin.starts_with("<!doctype html") || begin.starts_with("<html") ||
         begin.starts_with("<br") || begin.starts_with("<head") || begin.starts_with("<body");
}

}  // namespace pes::net
