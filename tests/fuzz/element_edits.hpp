#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace pes::fuzz {

/// The text of a document after edits that move whole elements about, as whoever attacks a
/// signature does, and change single bytes. Three bytes make an edit: what is done, to which
/// element, and which other element or byte is concerned; elements are counted in document
/// order, round and round.
std::string edited(std::string document, std::span<const std::uint8_t> edits);

}  // namespace pes::fuzz
