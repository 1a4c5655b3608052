#include "sandbox/sae/echo.hpp"
#include "sandbox/sae/insert.hpp"

#include <array>

namespace pes::sandbox::sae {
namespace {

constexpr std::array<std::string_view, 3> head_of_object{"ArchivalAgencyObjectIdentifier",
                                                         "DescriptionLevel", "Name"};
constexpr std::array<std::string_view, 5> head_of_archive{
    "ArchivalAgencyArchiveIdentifier", "ArchivalAgreement", "ArchivalProfile",
    "DescriptionLanguage", "DescriptionLevel"};

// NOLINTNEXTLINE(misc-no-recursion): as deep as the bordereau, which libxml2 has bounded
void number_objects(pugi::xml_node parent, const std::string& id) {
  unsigned rank = 0;
  for (const pugi::xml_node object : parent.children("Contains")) {
    const std::string object_id = numbered(id, ++rank);
    child_in_order(object, "ArchivalAgencyObjectIdentifier", head_of_object)
        .text()
        .set(object_id.c_str());
    number_objects(object, object_id);
  }
}

}  // namespace

void echo_0_2(pugi::xml_node message, const pugi::xml_document& bordereau, std::uint64_t number) {
  unsigned rank = 0;
  for (const pugi::xml_node sent : bordereau.document_element().children("Contains")) {
    pugi::xml_node archive = message.append_copy(sent);
    const std::string id = archive_id(number, ++rank);
    archive.set_name("Archive");
    drop_scheme_attributes(archive);
    child_in_order(archive, "ArchivalAgencyArchiveIdentifier", head_of_archive)
        .text()
        .set(id.c_str());
    number_objects(archive, id);
  }
}

}  // namespace pes::sandbox::sae
