#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace pes::ui {

/// Keys keep the order in which they are written: it is part of the formats (pes-json(5)).
using Json = nlohmann::ordered_json;

/// A document, or a line of many, opening with its schema: `pes.status/1`.
Json with_schema(std::string_view name);

/// A line of many: its type first, then its schema.
Json typed_line(std::string_view type, std::string_view schema_name);

/// A text, or null for "unknown" when it is empty.
Json text_or_null(std::string_view text);

/// On one line, in UTF-8; bytes that are none are replaced.
std::string serialised(const Json& json);

}  // namespace pes::ui
