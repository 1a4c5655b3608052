#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pes::test {

/// The form given of what libxml2 parses and refuses to canonicalise.
inline constexpr std::string_view refused_canonical_form = "libxml2 refuses to canonicalise";

/// The exclusive canonical form, without comments, of each element in document order, by
/// libxml2's own implementation on its own tree; nothing when libxml2 does not parse it.
std::optional<std::vector<std::string>> reference_canonical_forms(const std::string& document);

/// The same of the root alone.
std::optional<std::string> reference_canonical_form(const std::string& document);

}  // namespace pes::test
