#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace pes {

/// The text in the reader's language (gettext domain `pes`). Every string a
/// person reads passes here: `tr("dossier {1} is unknown")`.
const char* tr(const char* english);

/// Replaces {1}, {2}… by the arguments. A placeholder may be used twice or left
/// out, so a translation can move words.
std::string fill(std::string_view pattern, std::initializer_list<std::string_view> arguments);

/// `fill(tr(english), {…})`
std::string say(const char* english, std::initializer_list<std::string_view> arguments);

std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string_view trimmed(std::string_view text);
std::string lowered_ascii(std::string_view text);
bool contains_ignoring_case(std::string_view text, std::string_view part);

/// Number of characters (code points) of a UTF-8 text.
std::size_t length_in_characters(std::string_view utf8);
bool is_valid_utf8(std::string_view bytes);
/// ISO-8859-1 to UTF-8; every byte string is valid input.
std::string utf8_from_latin1(std::string_view latin1);

}  // namespace pes
