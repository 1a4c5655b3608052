#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pes::net {

/// What a service wrote, as UTF-8: its bytes when they are that, else read as ISO-8859-1. The
/// declared encoding is of no account, since S²LOW 5 declares the one and writes the other
/// (tdt §5.1).
std::string utf8_of(std::string_view bytes);

/// One line of at most `characters` in UTF-8, without the control characters by which a
/// service could write on our terminal.
std::string one_line(std::string_view bytes, std::size_t characters = 512);

/// What an answer that was not expected says, for a person: the title of a page, the
/// beginning of a text. A page is not quoted further: some show the credentials they got.
std::string excerpt(std::string_view body);

}  // namespace pes::net
