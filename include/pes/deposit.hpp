#pragma once

#include "pes/export.hpp"
#include "pes/pes_aller.hpp"
#include "pes/time.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// What accounting software drops in a folder: flows, ZIPs of flows, and folders with the
/// manifest of Pastell's watched folders (workflow §5.6).
namespace pes::deposit {

/// What tells a file from another one of its name, and from itself once it is written again.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::chrono::nanoseconds written{};
  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

/// Something dropped, taken and filed as a whole.
struct Source {
  enum class Kind { flow, zip, folder };
  Kind kind = Kind::flow;
  std::filesystem::path path;
  Instant last_written;                  // the latest of all that is in it
  std::vector<FileIdentity> identities;  // its own, then those of what a folder holds, by name
};

/// Whether a source is still what it was when it was found: when nobody can tell, it is not.
enum class Presence { as_it_was, changed, gone };
PES_EXPORT Presence presence_of(const Source& source);

/// What is dropped in a folder, by name: `*.xml`, `*.zip` and folders, whatever the case of the
/// extension. Links, other files and names that begin with a dot are passed over.
/// @param left_out folders that are no deposits: where others are filed
/// Throws file_unknown, io_failed.
PES_EXPORT std::vector<Source> sources_in(const std::filesystem::path& folder,
                                          const std::vector<std::filesystem::path>& left_out);

/// The flow or ZIP that a person names, link or not. Throws file_unknown, io_failed.
PES_EXPORT Source source_at(const std::filesystem::path& file);

/// A flow of a source, and what was said with it.
struct Flow {
  std::string name;            // of its file, as it was dropped
  std::filesystem::path file;  // where its bytes can be read
  std::string type;            // these three from the manifest; empty when it does not say
  std::string objet;
  std::optional<bool> envoi_sae;
  /// What the manifest says in vain; of the first flow of a ZIP, what else is in it as well.
  std::vector<Finding> warnings;
};

/// What may come out of a ZIP; beyond, input_too_large.
struct Limits {
  std::uint64_t max_file = 128ULL << 20U;  // bytes of one file
  std::uint64_t max_total = 1ULL << 30U;   // bytes of all
  std::size_t max_files = 1000;
};

/// The flows of a source: one of a file or of a manifest; of a ZIP without manifest, each `*.xml`
/// in it. Nothing is read outside of it, whatever the names that it holds.
/// @param workspace empty folder for what a ZIP is unpacked to, under names of our own; outlives
/// the flows, and serves nothing else Throws file_unknown (it is gone), input_empty, input_invalid
/// (ZIP or manifest), input_not_xml, input_doctype, input_too_large, io_failed.
PES_EXPORT std::vector<Flow> flows_of(const Source& source, const std::filesystem::path& workspace,
                                      const Limits& limits);

/// Throws file_unknown when there is no such folder, and usage when it is on another file system
/// than `from`: a file cannot be moved there at once.
PES_EXPORT void require_place_beside(const std::filesystem::path& folder,
                                     const std::filesystem::path& from);

/// Moves a file or folder at once into another folder of its file system, under its name or, when
/// that is taken, `name-1.xml`, `name-2.xml`… Nothing is ever replaced. Throws io_failed, and
/// file_unknown when it is gone. @return where it is now
PES_EXPORT std::filesystem::path move_aside(const std::filesystem::path& source,
                                            const std::filesystem::path& folder);

}  // namespace pes::deposit
