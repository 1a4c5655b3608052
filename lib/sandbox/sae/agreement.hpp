#pragma once

#include "sandbox/layout.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pes::sandbox::sae {

/// What the SAE was told to accept, in `sae/agreement.json`: an object whose keys are the
/// members below, all optional. Without the file it accepts every agency and agreement.
struct Agreement {
  std::vector<std::string> originating, archival, transferring;  // empty: any
  std::vector<std::string> agreements;                           // empty: any
  std::vector<std::string> mime_types;                           // empty: any
  std::filesystem::path profile;                // RELAX NG of the archival profile; empty: none
  std::optional<std::uint64_t> max_bytes;       // of the files of one transfer
  bool extra_files = false;                     // files that the bordereau does not name are let in
  bool pieces = true;                           // deposits in several pieces are understood
  std::optional<std::uint64_t> max_part_bytes;  // of one file of a form
};

/// Throws config_invalid.
Agreement agreement(const Layout& layout);

}  // namespace pes::sandbox::sae
