#include "pes/time.hpp"
#include "sandbox/sae/echo.hpp"
#include "sandbox/sae/insert.hpp"
#include "support/text.hpp"

#include <array>

namespace pes::sandbox::sae {
namespace {

constexpr const char* own_identifier = "ArchivalAgencyArchiveUnitIdentifier";

/// What may stand before the identifier in a Content (sae §6).
constexpr std::array<const char*, 5> before_identifier{
    "DescriptionLevel", "Title", "FilePlanPosition", "SystemId", "OriginatingSystemId"};

void set_identifier(pugi::xml_node content, const std::string& id) {
  pugi::xml_node identifier = content.child(own_identifier);
  if (!identifier) {
    pugi::xml_node last;
    for (const char* before : before_identifier) {
      for (const pugi::xml_node child : content.children(before)) last = child;
    }
    identifier = last ? content.insert_child_after(own_identifier, last)
                      : content.prepend_child(own_identifier);
  }
  identifier.text().set(id.c_str());
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the bordereau, which libxml2 has bounded
void number_units(pugi::xml_node parent, const std::string& id) {
  unsigned rank = 0;
  for (const pugi::xml_node unit : parent.children("ArchiveUnit")) {
    const std::string unit_id = numbered(id, ++rank);
    if (const pugi::xml_node content = unit.child("Content")) set_identifier(content, unit_id);
    number_units(unit, unit_id);
  }
}

}  // namespace

void echo_2(pugi::xml_node message, const pugi::xml_document& bordereau, std::uint64_t number,
            Instant date) {
  const pugi::xml_node package =
      message.append_copy(bordereau.document_element().child("DataObjectPackage"));
  const std::string year = iso8601(date).substr(0, 4);
  const pugi::xml_node units = package.child("DescriptiveMetadata");
  unsigned rank = 0;
  for (const pugi::xml_node unit : units.children("ArchiveUnit")) {
    const std::string id = fill("AE_{1}_{2}", {year, archive_id(number, ++rank)});
    if (const pugi::xml_node content = unit.child("Content")) set_identifier(content, id);
    number_units(unit, id);
  }
}

}  // namespace pes::sandbox::sae
