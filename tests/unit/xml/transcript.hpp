#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pes::test {

/// All that reading a document tells, places included, one event a line.
/// @param piece_size of the pieces in which it comes
/// By libxml2; nothing when the document is refused.
std::optional<std::string> transcript(std::string_view document, std::size_t piece_size);
/// By our own parser; nothing when it leaves the document to libxml2.
std::optional<std::string> plain_transcript(std::string_view document, std::size_t piece_size);

/// Why our readings of these bytes cannot all be right, by comparing our own parser with
/// libxml2's, and our canonical form with libxml2's; empty when they can.
std::string disagreement(std::string_view document, std::size_t piece_size);

}  // namespace pes::test
