#pragma once

#include "pes/port/signer.hpp"

#include <pugixml.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pes::sandbox::sae {

/// The versions of SEDA that as@lae speaks (sae §4).
enum class Version { v0_2, v1_0, v2_1, v2_2 };
std::string_view namespace_of(Version version);
bool is_2(Version version);

struct Agency {
  std::string identification;
  std::string name;
};

/// A file that the bordereau announces.
struct Attachment {
  std::string name;       // of the entry in the archive
  std::string algorithm;  // as it stands
  std::string digest;     // as it stands; empty: the bordereau gives none
  std::string mime_type, format;
};
/// None when it is not one that as@lae computes.
std::optional<port::DigestAlgorithm> digest_algorithm(const Attachment& attachment);

/// What the SAE needs of an ArchiveTransfer (sae §5, §6, §10).
struct Transfer {
  Version version = Version::v1_0;
  std::string id;
  Agency archival, transferring;
  std::string originating;  // identification of the originating agency
  std::string agreement;
  std::string comment;
  std::string nom_fic;  // OriginatingAgencyArchiveIdentifier and its like
  std::string date;     // `YYYY-MM-DD`
  std::vector<Attachment> attachments;
};

/// A bordereau as a document. None when the bytes are not well-formed XML.
std::optional<pugi::xml_document> parse_bordereau(std::string_view bytes);

/// None when the root is no ArchiveTransfer of a version above, or when the identifier of
/// the transfer or of the transferring agency is missing: no message could answer it.
std::optional<Transfer> read_transfer(const pugi::xml_document& bordereau);

}  // namespace pes::sandbox::sae
