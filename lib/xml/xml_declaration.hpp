#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace pes::xml {

/// The length of `<?xml version="1.0" encoding="…" standalone="…"?>` at the start of a
/// document, 0 when there is none, and nothing when it is not in that form.
/// @param head long enough to hold it
std::optional<std::size_t> length_of_xml_declaration(std::string_view head);

}  // namespace pes::xml
