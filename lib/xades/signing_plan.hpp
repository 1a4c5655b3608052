#pragma once

#include "helios/reading.hpp"
#include "pes/signature.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pes::xades {

/// What will be signed.
struct SigningPlan {
  SignatureMode mode = SignatureMode::bordereau;
  std::vector<std::size_t> elements;  // indices in Reading::elements, in document order
};

/// Id of the signature to be put on the element of that Id (signature §2).
std::string signature_id(const std::string& signed_id);

/// Chooses the mode (signature §1), unless one is asked for, and the elements not signed yet
/// (§7).
/// Throws input_encoding, input_no_id, input_already_signed, input_duplicate_id, input_invalid;
/// `file` is named in messages.
SigningPlan plan_signing(const helios::Reading& reading, const std::filesystem::path& file,
                         std::optional<SignatureMode> mode);

}  // namespace pes::xades
