#pragma once

#include "sandbox/sae/agreement.hpp"
#include "sandbox/sae/transfer.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace pes::sandbox::sae {

/// Codes 001 and 002 accept too, with something to read or to wait for (sae §2.7).
bool means_accepted(std::string_view code);

/// What the SAE decides of a transfer (sae §2.7).
struct Verdict {
  std::string code = "000";
  std::string reason;  // French; empty on acceptance
  /// Size of each file received, by its name in the bordereau.
  std::map<std::string, std::uint64_t, std::less<>> sizes;

  [[nodiscard]] bool is_acceptance() const { return means_accepted(code); }
};

/// Looks for the first fault of a deposit, in the order: bordereau, agencies, agreement,
/// profile, digests given, files, digests, formats, volume.
/// @param seda_schema XSD of SEDA 1.0; empty: only the structure that is read counts
Verdict judge(std::string_view bordereau, const Transfer& transfer,
              const std::filesystem::path& archive, const Agreement& agreement,
              const std::filesystem::path& seda_schema);

}  // namespace pes::sandbox::sae
