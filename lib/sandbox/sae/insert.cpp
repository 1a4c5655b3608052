#include "sandbox/sae/insert.hpp"

#include <algorithm>

namespace pes::sandbox::sae {

pugi::xml_node child_in_order(pugi::xml_node parent, std::string_view name,
                              std::span<const std::string_view> order) {
  const std::string text(name);
  if (const pugi::xml_node present = parent.child(text.c_str())) return present;
  const auto place = std::find(order.begin(), order.end(), name);
  for (const pugi::xml_node child : parent.children()) {
    if (std::find(place, order.end(), std::string_view(child.name())) != order.end()) {
      return parent.insert_child_before(text.c_str(), child);
    }
  }
  return parent.append_child(text.c_str());
}

void drop_scheme_attributes(pugi::xml_node node) {
  pugi::xml_attribute attribute = node.first_attribute();
  while (attribute) {
    const pugi::xml_attribute next = attribute.next_attribute();
    if (std::string_view(attribute.name()).starts_with("scheme")) node.remove_attribute(attribute);
    attribute = next;
  }
  for (const pugi::xml_node child : node.children()) drop_scheme_attributes(child);
}

std::string archive_id(std::uint64_t number, unsigned rank) {
  const std::string id = std::to_string(number);
  return rank == 1 ? id : id + "-" + std::to_string(rank);
}

std::string numbered(const std::string& parent, unsigned rank) {
  const std::string digits = std::to_string(rank);
  return parent + "_" + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

}  // namespace pes::sandbox::sae
