#pragma once

#include "pes/export.hpp"
#include "pes/pes_acquit.hpp"
#include "pes/pes_aller.hpp"
#include "pes/time.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pes {

/// An agency of the transfer; the name may be empty.
struct SedaAgency {
  std::string identification;
  std::string name;
};

/// What the archival agreement decides (sae §7): settings, not code.
struct SedaAgreement {
  SedaAgency archival, transferring, originating;
  std::string agreement;      // ArchivalAgreement
  std::string profile;        // ArchivalProfile
  std::string service_level;  // optional
  std::string access_code = "AR048";
  std::string appraisal_code = "detruire";  // or "conserver"
  std::string appraisal_duration = "P10Y";
  std::string archive_level = "file";   // DescriptionLevel of the archive
  std::string pes_level = "recordgrp";  // of the PES Aller's object
};

/// A file of the archive: its name there, its bytes on disk.
struct ArchiveEntry {
  std::string name;
  std::filesystem::path path;
  std::uint64_t size = 0;
  std::string sha256;  // lower-case hex
};

struct SedaRequest {
  SedaAgreement agreement;
  std::string transfer_id;  // unique for ever for the transferring agency (sae §7)
  Instant date;
  std::string entity_name, entity_siren;
  std::string tdt_name;  // for the comment
  PesAller flow;
  std::optional<PesAcquit> acquit;
  ArchiveEntry pes_aller;
  std::optional<ArchiveEntry> pes_acquit;
  std::optional<ArchiveEntry> journal;  // « Faisceau de preuves »
};

/// The SEDA 1.0 ArchiveTransfer of a PES (sae §5, §8), UTF-8. Throws config_missing
/// naming what the agreement lacks.
PES_EXPORT std::string build_bordereau_seda(const SedaRequest& request);

/// The transferring agency that such a bordereau names. Throws input_invalid when it names none.
PES_EXPORT std::string transferring_agency_of(std::string_view bordereau_seda);

/// Validates against an XSD (`seda_v1-0.xsd` and the like), without network. Returns the
/// first faults, none when valid. Throws config_invalid when the schema cannot be loaded.
PES_EXPORT std::vector<Finding> validate_against_schema(std::string_view xml,
                                                        const std::filesystem::path& schema);

/// Name of a file inside the archive and in the bordereau: bytes outside 0x20–0x7E and
/// slashes deleted, a leading `-` or `.` prefixed with `_`, `stem_1.ext` when taken (sae §2.5).
PES_EXPORT std::string archive_entry_name(std::string_view name,
                                          const std::vector<std::string>& taken);

/// Writes a gzipped tar holding exactly these files. The same files give the same bytes.
PES_EXPORT void write_archive(const std::filesystem::path& output,
                              const std::vector<ArchiveEntry>& entries);

/// The AR or the reply of the SAE, of SEDA 0.2, 1.0, 2.1, 2.2 or VITAM (sae §2.6, §3.5).
struct SaeMessageContent {
  enum class Kind { acknowledgement, accepted, rejected };
  Kind kind = Kind::acknowledgement;
  std::string own_id;       // of the message: names the stored file
  std::string transfer_id;  // of the transfer it answers
  std::string reply_code;   // empty on an acknowledgement
  std::string comment;
  std::string archive_id;         // « cote », on acceptance
  bool with_reservation = false;  // codes 001 and 002, WARNING
};
enum class SaeMessageExpected { acknowledgement, reply };

/// @param sent_transfer_id as@lae swaps the two identifiers in 2.x: whichever equals this
///        one is the transfer's (sae §2.6)
/// Throws input_not_xml, input_not_pes (root is no such message; an acknowledgement is no reply).
PES_EXPORT SaeMessageContent read_sae_message(std::string_view bytes, SaeMessageExpected expected,
                                              std::string_view sent_transfer_id);

}  // namespace pes
