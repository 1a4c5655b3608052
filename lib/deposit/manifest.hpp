#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pes::deposit {

/// The name of a manifest inside of a deposit, that of Pastell.
inline constexpr std::string_view manifest_name = "manifest.xml";

/// What a deposit says of itself (workflow §5.6): `<flux type="…">` with `<data name value>` and
/// `<files name><file content>`.
struct Manifest {
  std::string type;                                       // may be empty
  std::map<std::string, std::string> data;                // by field
  std::map<std::string, std::vector<std::string>> files;  // by field, names inside the deposit
};

/// @param shown_as the name that a person knows it by, for messages
/// Throws input_empty, input_not_xml, input_doctype, input_invalid, input_too_large.
Manifest read_manifest(const std::filesystem::path& file, const std::string& shown_as);

}  // namespace pes::deposit
