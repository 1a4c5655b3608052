#pragma once

#include "sandbox/layout.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace pes::sandbox::tdt {

/// S²LOW's control of the signatures (tdt §7.2): digests, signature value, certificate at the
/// signing time. Policy, role and usage are not looked at. The reason of a refusal in S²LOW's
/// words; none when all signatures verify.
std::optional<std::string> signature_fault(const Layout& layout, const std::filesystem::path& file);

}  // namespace pes::sandbox::tdt
