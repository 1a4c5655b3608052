#include "sandbox/sae/echo.hpp"
#include "sandbox/sae/insert.hpp"
#include "support/text.hpp"

#include <array>

namespace pes::sandbox::sae {
namespace {

using Sizes = std::map<std::string, std::uint64_t, std::less<>>;

// Orders of seda_v1-0_archive.xsd.
constexpr std::array<std::string_view, 13> archive_order{"ArchivalAgencyArchiveIdentifier",
                                                         "ArchivalAgreement",
                                                         "ArchivalProfile",
                                                         "DescriptionLanguage",
                                                         "Name",
                                                         "OriginatingAgencyArchiveIdentifier",
                                                         "ServiceLevel",
                                                         "TransferringAgencyArchiveIdentifier",
                                                         "ContentDescription",
                                                         "AccessRestrictionRule",
                                                         "AppraisalRule",
                                                         "ArchiveObject",
                                                         "Document"};
constexpr std::array<std::string_view, 9> object_order{"ArchivalAgencyObjectIdentifier",
                                                       "Name",
                                                       "OriginatingAgencyObjectIdentifier",
                                                       "TransferringAgencyObjectIdentifier",
                                                       "ContentDescription",
                                                       "AccessRestrictionRule",
                                                       "AppraisalRule",
                                                       "ArchiveObject",
                                                       "Document"};
constexpr std::array<std::string_view, 14> description_order{"Description",
                                                             "DescriptionLevel",
                                                             "FilePlanPosition",
                                                             "Language",
                                                             "LatestDate",
                                                             "OldestDate",
                                                             "OtherDescriptiveData",
                                                             "AccessRestrictionRule",
                                                             "CustodialHistory",
                                                             "Keyword",
                                                             "OriginatingAgency",
                                                             "OtherMetadata",
                                                             "RelatedObjectReference",
                                                             "Repository"};
constexpr std::array<std::string_view, 4> keyword_order{"KeywordContent", "KeywordReference",
                                                        "KeywordType", "AccessRestrictionRule"};
constexpr std::array<std::string_view, 20> document_order{"ArchivalAgencyDocumentIdentifier",
                                                          "Attachment",
                                                          "Control",
                                                          "Copy",
                                                          "Creation",
                                                          "Description",
                                                          "Integrity",
                                                          "Issue",
                                                          "Language",
                                                          "OriginatingAgencyDocumentIdentifier",
                                                          "Purpose",
                                                          "Receipt",
                                                          "Response",
                                                          "Size",
                                                          "Status",
                                                          "Submission",
                                                          "TransferringAgencyDocumentIdentifier",
                                                          "Type",
                                                          "OtherMetadata",
                                                          "RelatedData"};

/// Copies a child of `from` that `to` does not have.
void inherit(pugi::xml_node from, pugi::xml_node to, const char* name,
             std::span<const std::string_view> order) {
  const pugi::xml_node source = from.child(name);
  if (!source || to.child(name)) return;
  pugi::xml_node place = child_in_order(to, name, order);
  for (const pugi::xml_attribute attribute : source.attributes()) place.append_copy(attribute);
  for (const pugi::xml_node child : source.children()) place.append_copy(child);
}

/// Descriptions can be read at once, whatever the documents are.
void open_to_all(pugi::xml_node node, const std::string& date,
                 std::span<const std::string_view> order) {
  if (node.child("AccessRestrictionRule")) return;
  pugi::xml_node rule = child_in_order(node, "AccessRestrictionRule", order);
  pugi::xml_node code = rule.append_child("Code");
  code.append_attribute("listVersionID").set_value("edition 2009");
  code.text().set("AR038");
  rule.append_child("StartDate").text().set(date.c_str());
}

void complete_description(pugi::xml_node description, const std::string& date) {
  if (!description) return;
  open_to_all(description, date, description_order);
  for (const pugi::xml_node keyword : description.children("Keyword")) {
    open_to_all(keyword, date, keyword_order);
  }
}

/// The same digest under the name that as@lae gives to its algorithm.
void rename_algorithm(pugi::xml_node integrity) {
  pugi::xml_attribute algorithm = integrity.attribute("algorithme");
  const std::string uri = algorithm.value();
  const std::size_t begin = uri.find("#sha");
  if (begin == std::string::npos) return;
  algorithm.set_value(
      ("http://id.loc.gov/vocabulary/cryptographicHashFunctions/sha-" + uri.substr(begin + 4))
          .c_str());
}

void complete_document(pugi::xml_node document, const std::string& id, const Sizes& sizes) {
  child_in_order(document, "ArchivalAgencyDocumentIdentifier", document_order)
      .text()
      .set(id.c_str());
  if (!document.child("Control")) {
    child_in_order(document, "Control", document_order).text().set("false");
  }
  rename_algorithm(document.child("Integrity"));
  const auto received = sizes.find(document.child("Attachment").attribute("filename").value());
  if (received == sizes.end()) return;
  document.remove_child("Size");
  pugi::xml_node size = child_in_order(document, "Size", document_order);
  size.append_attribute("unitCode").set_value("AD");
  size.text().set(std::to_string(received->second).c_str());
}

/// What the archive and each object do with what they hold.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the bordereau, which libxml2 has bounded
void complete_content(pugi::xml_node parent, const std::string& id, const std::string& date,
                      const Sizes& sizes) {
  complete_description(parent.child("ContentDescription"), date);
  unsigned rank = 0;
  for (const pugi::xml_node object : parent.children("ArchiveObject")) {
    const std::string object_id = numbered(id, ++rank);
    child_in_order(object, "ArchivalAgencyObjectIdentifier", object_order)
        .text()
        .set(object_id.c_str());
    inherit(parent, object, "AccessRestrictionRule", object_order);
    inherit(parent, object, "AppraisalRule", object_order);
    if (const pugi::xml_node description = object.child("ContentDescription")) {
      inherit(parent.child("ContentDescription"), description, "OriginatingAgency",
              description_order);
    }
    complete_content(object, object_id, date, sizes);
  }
  for (const pugi::xml_node document : parent.children("Document")) {
    complete_document(document, numbered(id, ++rank), sizes);
  }
}

}  // namespace

void echo_1_0(pugi::xml_node message, const pugi::xml_document& bordereau, const Transfer& transfer,
              const Sizes& sizes, std::uint64_t number) {
  unsigned rank = 0;
  for (const pugi::xml_node sent : bordereau.document_element().children("Archive")) {
    const pugi::xml_node archive = message.append_copy(sent);
    const std::string id = archive_id(number, ++rank);
    drop_scheme_attributes(archive);
    child_in_order(archive, "ArchivalAgencyArchiveIdentifier", archive_order)
        .text()
        .set(id.c_str());
    complete_content(archive, id, transfer.date, sizes);
  }
}

}  // namespace pes::sandbox::sae
