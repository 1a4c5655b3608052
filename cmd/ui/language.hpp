#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>

namespace pes::ui {

/// Takes language and charset from the system's variables, once, before any thread starts
/// and before the first text. The catalogue is looked for in `<executable>/../share/locale`.
void choose_language(const std::filesystem::path& executable);

/// False where a terminal or a file is expected to hold ASCII alone.
bool charset_is_utf8();

/// The text in the reader's language (gettext domain `pes`).
const char* tr(const char* english);

/// Replaces {1}, {2}… by the arguments. A placeholder may be used twice or left
/// out, so a translation can move words.
std::string fill(std::string_view pattern, std::initializer_list<std::string_view> arguments);

/// `fill(tr(english), {…})`
std::string say(const char* english, std::initializer_list<std::string_view> arguments);

}  // namespace pes::ui

namespace pes::cmd {
using ui::fill;
using ui::say;
using ui::tr;
}  // namespace pes::cmd
