#pragma once

#include "helios/reading.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace pes::xades {

/// For a signature whose content digest is not that of its Bordereau in the flow, and is that of
/// the Bordereau cut out as text and parsed alone, as Pastell and S²LOW do: what to tell whoever
/// believes that the flow was modified. It happens where a prefix declared above the Bordereau
/// (`xsi:nil`) is undeclared in the text alone (signature §4, « The stand-alone fragment trap »).
/// The signature is broken all the same. Nothing for any other signature, or when the Bordereau
/// has more than 64 MiB, which is read whole.
std::optional<std::string> stand_alone_explanation(const std::filesystem::path& file,
                                                   const helios::Reading& reading,
                                                   const helios::SignatureElement& signature);

}  // namespace pes::xades
