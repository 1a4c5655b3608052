#include "pes/error.hpp"
#include "pes/settings.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes {

namespace {

bool is_variable_name(std::string_view name) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !name.empty() && !is_digit(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return is_letter(c) || is_digit(c); });
}

bool is_descriptor(std::string_view number) {
  return !number.empty() && number.size() <= 4 &&
         number.find_first_not_of("0123456789") == std::string_view::npos;
}

// The text itself is never repeated: a person may have written the secret there.
[[noreturn]] void refuse(const char* message) {
  throw Error(ErrorCode::config_invalid, message,
              tr("write env:NAME, file:path, fd:3, stdin or prompt"));
}

}  // namespace

SecretReference parse_secret_reference(std::string_view text) {
  using Kind = SecretReference::Kind;
  if (text == "stdin") return {.kind = Kind::standard_input};
  if (text == "prompt") return {.kind = Kind::prompt};

  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) refuse(tr("this does not say where a secret is"));
  const std::string_view scheme = text.substr(0, colon);
  const std::string_view place = text.substr(colon + 1);
  if (scheme == "env") {
    if (!is_variable_name(place)) refuse(tr("env: is not followed by the name of a variable"));
    return {.kind = Kind::environment, .place = std::string(place)};
  }
  if (scheme == "file") {
    if (place.empty()) refuse(tr("file: is not followed by a path"));
    return {.kind = Kind::file, .place = std::string(place)};
  }
  if (scheme == "fd") {
    if (!is_descriptor(place)) refuse(tr("fd: is not followed by a number"));
    return {.kind = Kind::descriptor, .place = std::string(place)};
  }
  if (scheme == "pass") {
    throw Error(ErrorCode::config_invalid, tr("a secret is not written in clear"),
                tr("put it alone on the first line of a file that only you can read, then write "
                   "file:path"));
  }
  refuse(tr("this does not say where a secret is"));
}

}  // namespace pes
