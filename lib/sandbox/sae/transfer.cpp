#include "sandbox/sae/transfer.hpp"

#include "support/owned.hpp"
#include "support/text.hpp"

#include <libxml/parser.h>

#include <array>
#include <map>
#include <utility>

namespace pes::sandbox::sae {
namespace {

using LibxmlDocument = Owned<xmlDoc, xmlFreeDoc>;

constexpr std::array versions{
    std::pair(Version::v0_2, std::string_view("fr:gouv:ae:archive:draft:standard_echange_v0.2")),
    std::pair(Version::v1_0, std::string_view("fr:gouv:culture:archivesdefrance:seda:v1.0")),
    std::pair(Version::v2_1, std::string_view("fr:gouv:culture:archivesdefrance:seda:v2.1")),
    std::pair(Version::v2_2, std::string_view("fr:gouv:culture:archivesdefrance:seda:v2.2"))};

std::string text_at(pugi::xml_node node, const char* path) {
  return std::string(trimmed(node.first_element_by_path(path).text().get()));
}

std::optional<Version> version_of(pugi::xml_node root) {
  const std::string_view uri = root.attribute("xmlns").value();
  for (const auto& [version, name] : versions) {
    if (uri == name) return version;
  }
  return std::nullopt;
}

/// Removes the prefix of the root from all names, so that one spelling has to be read.
void strip_prefix(pugi::xml_node node, std::string_view prefix) {
  const std::string_view name = node.name();
  if (name.starts_with(prefix)) node.set_name(std::string(name.substr(prefix.size())).c_str());
  for (const pugi::xml_node child : node.children()) strip_prefix(child, prefix);
}

void use_default_namespace(pugi::xml_node root) {
  const std::string name = root.name();
  const std::size_t colon = name.find(':');
  if (colon == std::string::npos) return;
  const std::string declaration = "xmlns:" + name.substr(0, colon);
  const std::string uri = root.attribute(declaration.c_str()).value();
  root.remove_attribute(declaration.c_str());
  root.append_attribute("xmlns").set_value(uri.c_str());
  strip_prefix(root, name.substr(0, colon + 1));
}

template <typename Visit>
void for_each_named(pugi::xml_node node, std::string_view name, const Visit& visit) {
  for (const pugi::xml_node child : node.children()) {
    if (child.name() == name) visit(child);
    for_each_named(child, name, visit);
  }
}

Agency agency_at(pugi::xml_node root, const std::string& name) {
  const pugi::xml_node agency = root.child(name.c_str());
  const std::string identification = text_at(agency, "Identification");
  return {identification.empty() ? text_at(agency, "Identifier") : identification,
          text_at(agency, "Name")};
}

/// In 0.2 the digests stand together at the top, each with the name of its file.
std::map<std::string, pugi::xml_node> digests_by_name(pugi::xml_node root) {
  std::map<std::string, pugi::xml_node> digests;
  for (const pugi::xml_node integrity : root.children("Integrity")) {
    digests[text_at(integrity, "UnitIdentifier")] = integrity.child("Contains");
  }
  return digests;
}

std::vector<Attachment> documents(pugi::xml_node root) {
  const std::map<std::string, pugi::xml_node> apart = digests_by_name(root);
  std::vector<Attachment> result;
  for_each_named(root, "Document", [&](pugi::xml_node document) {
    const pugi::xml_node attachment = document.child("Attachment");
    const std::string name = attachment.attribute("filename").value();
    const auto found = apart.find(name);
    const pugi::xml_node integrity =
        found == apart.end() ? document.child("Integrity") : found->second;
    result.push_back({.name = name,
                      .algorithm = integrity.attribute("algorithme").value(),
                      .digest = std::string(trimmed(integrity.text().get())),
                      .mime_type = attachment.attribute("mimeCode").value(),
                      .format = attachment.attribute("format").value()});
  });
  return result;
}

std::vector<Attachment> data_objects(pugi::xml_node root) {
  std::vector<Attachment> result;
  for_each_named(root, "BinaryDataObject", [&](pugi::xml_node object) {
    const pugi::xml_node digest = object.child("MessageDigest");
    result.push_back({.name = text_at(object, "Uri"),
                      .algorithm = digest.attribute("algorithm").value(),
                      .digest = std::string(trimmed(digest.text().get())),
                      .mime_type = text_at(object, "FormatIdentification/MimeType"),
                      .format = text_at(object, "FormatIdentification/FormatId")});
  });
  return result;
}

void read_1(pugi::xml_node root, Transfer& transfer) {
  const pugi::xml_node archive =
      root.child(transfer.version == Version::v0_2 ? "Contains" : "Archive");
  transfer.id = text_at(root, "TransferIdentifier");
  transfer.agreement = text_at(archive, "ArchivalAgreement");
  transfer.originating = text_at(archive, "ContentDescription/OriginatingAgency/Identification");
  transfer.nom_fic = text_at(archive, "OriginatingAgencyArchiveIdentifier");
  if (transfer.nom_fic.empty()) transfer.nom_fic = text_at(archive, "Name");
  transfer.attachments = documents(root);
}

void read_2(pugi::xml_node root, Transfer& transfer) {
  const pugi::xml_node package = root.child("DataObjectPackage");
  const pugi::xml_node content =
      package.first_element_by_path("DescriptiveMetadata/ArchiveUnit/Content");
  transfer.id = text_at(root, "MessageIdentifier");
  transfer.agreement = text_at(root, "ArchivalAgreement");
  transfer.originating = text_at(content, "OriginatingAgency/Identifier");
  transfer.nom_fic = text_at(content, "OriginatingAgencyArchiveUnitIdentifier");
  transfer.attachments = data_objects(package);
}

}  // namespace

std::string_view namespace_of(Version version) {
  for (const auto& [known, name] : versions) {
    if (known == version) return name;
  }
  return {};
}

bool is_2(Version version) { return version == Version::v2_1 || version == Version::v2_2; }

std::optional<port::DigestAlgorithm> digest_algorithm(const Attachment& attachment) {
  const std::string_view uri = attachment.algorithm;
  constexpr std::array known{std::pair(std::string_view("sha1"), port::DigestAlgorithm::sha1),
                             std::pair(std::string_view("sha256"), port::DigestAlgorithm::sha256),
                             std::pair(std::string_view("sha512"), port::DigestAlgorithm::sha512)};
  std::string name = lowered_ascii(uri.substr(uri.find_last_of("#/") + 1));
  std::erase(name, '-');
  for (const auto& [spelling, algorithm] : known) {
    if (name == spelling) return algorithm;
  }
  return std::nullopt;
}

std::optional<pugi::xml_document> parse_bordereau(std::string_view bytes) {
  const LibxmlDocument well_formed(
      xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  pugi::xml_document document;
  if (well_formed == nullptr || !document.load_buffer(bytes.data(), bytes.size())) {
    return std::nullopt;
  }
  use_default_namespace(document.document_element());
  return document;
}

std::optional<Transfer> read_transfer(const pugi::xml_document& bordereau) {
  const pugi::xml_node root = bordereau.document_element();
  const std::optional<Version> version = version_of(root);
  if (!version || std::string_view(root.name()) != "ArchiveTransfer") return std::nullopt;
  Transfer transfer{.version = *version,
                    .id = {},
                    .archival = agency_at(root, "ArchivalAgency"),
                    .transferring = agency_at(root, "TransferringAgency"),
                    .originating = {},
                    .agreement = {},
                    .comment = text_at(root, "Comment"),
                    .nom_fic = {},
                    .date = text_at(root, "Date").substr(0, 10),
                    .attachments = {}};
  if (is_2(*version)) {
    read_2(root, transfer);
  } else {
    read_1(root, transfer);
  }
  if (transfer.id.empty() || transfer.transferring.identification.empty()) return std::nullopt;
  return transfer;
}

}  // namespace pes::sandbox::sae
