#include "ui/language.hpp"

#include <langinfo.h>
#include <libintl.h>

#include <clocale>
#include <cstdlib>

namespace pes::ui {

namespace {

constexpr const char* domain = "pes";

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

/// The locale asked for messages, in the order of POSIX.
std::string_view wanted_locale() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (const std::string_view value = variable(name); !value.empty()) return value;
  }
  return {};
}

/// Sets a category from the environment or, where the system lacks the locale that was asked
/// for, to one that every system has.
enum class Known { yes, no };
Known take_from_environment(int category) {
  if (std::setlocale(category, "") != nullptr) return Known::yes;
  std::setlocale(category, "C.UTF-8");
  return Known::no;
}

}  // namespace

void choose_language(const std::filesystem::path& executable) {
  // Numbers and dates are written by our own code: the other categories stay as they are.
  take_from_environment(LC_CTYPE);
  const Known messages = take_from_environment(LC_MESSAGES);
  // Our catalogue only needs the name of the language.
  constexpr int keep = 0;
  if (messages == Known::no && wanted_locale().starts_with("fr")) {
    ::setenv("LANGUAGE", "fr", keep);
  }
  const auto catalogues = executable.parent_path().parent_path() / "share" / "locale";
  ::bindtextdomain(domain, catalogues.c_str());
  ::bind_textdomain_codeset(domain, "UTF-8");
  ::textdomain(domain);
}

bool charset_is_utf8() { return std::string_view(::nl_langinfo(CODESET)) == "UTF-8"; }

const char* tr(const char* english) {
  // An empty msgid would return the catalogue's header.
  return *english == '\0' ? english : ::dgettext(domain, english);
}

std::string fill(std::string_view pattern, std::initializer_list<std::string_view> arguments) {
  std::string result;
  result.reserve(pattern.size() + 32);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool placeholder = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' &&
                             pattern[i + 1] >= '1' && pattern[i + 1] <= '9';
    if (!placeholder) {
      result += pattern[i];
      continue;
    }
    const auto rank = static_cast<std::size_t>(pattern[i + 1] - '1');
    if (rank < arguments.size()) result += arguments.begin()[rank];
    i += 2;
  }
  return result;
}

std::string say(const char* english, std::initializer_list<std::string_view> arguments) {
  return fill(tr(english), arguments);
}

}  // namespace pes::ui
