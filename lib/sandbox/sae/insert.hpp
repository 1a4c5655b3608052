#pragma once

#include <pugixml.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace pes::sandbox::sae {

/// The child of that name, made where the schema wants it when there is none.
/// @param order the names of the children, in the order of the schema
pugi::xml_node child_in_order(pugi::xml_node parent, std::string_view name,
                              std::span<const std::string_view> order);

/// Removes `schemeName` and its like, here and below; as@lae keeps only texts.
void drop_scheme_attributes(pugi::xml_node node);

/// `160` for the first archive of a transfer, `160-2` for the second.
std::string archive_id(std::uint64_t number, unsigned rank);

/// `160_001`
std::string numbered(const std::string& parent, unsigned rank);

}  // namespace pes::sandbox::sae
