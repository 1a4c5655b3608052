#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pes::xades {

/// The `ds:Signature` elements in what Libersign returns (signature §5): base64 texts joined by
/// commas, each of a document that wraps one. They are written in ASCII, hence in any encoding
/// that contains it, with their namespaces first and LF as line ends, as the platforms do.
/// @param name what messages call the file that holds them
/// Throws input_invalid.
std::vector<std::string> returned_signatures(std::string_view text, const std::string& name);

}  // namespace pes::xades
