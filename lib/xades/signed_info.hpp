#pragma once

#include "support/encoding.hpp"
#include "xades/check_row.hpp"
#include "xades/signature_tree.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pes::xades {

struct Reference {
  std::optional<std::string> uri;
  std::optional<std::string> type;
  std::vector<std::string> transforms;
  bool has_parameters = false;  // a transform holds something
  std::string digest_method;
  std::optional<Bytes> digest;

  /// The Id it names (`#Id`); empty for any other form of address.
  [[nodiscard]] std::string target() const;
};

/// What SignedInfo says, before any of it is believed.
struct SignedInfo {
  std::string canonicalization;
  bool canonicalization_has_parameters = false;
  std::string signature_method;
  bool signature_method_has_parameters = false;
  std::vector<Reference> references;
  bool properties_first = false;

  /// The two references by what they are for; null when there are not two.
  [[nodiscard]] const Reference* content() const;
  [[nodiscard]] const Reference* properties() const;
};

SignedInfo read_signed_info(const SignatureTree& tree);

/// The exact lists of transforms that are accepted (signature §8, check 10).
bool has_content_transforms(const Reference& reference);
bool has_properties_transforms(const Reference& reference);

// Checks 6 to 10 of signature §8: what SignedInfo asks for.
CheckRow check_canonicalization(const SignedInfo& info);
/// @param signed_at when it says that it was signed: what was strong then may be weak today
CheckRow check_signature_method(const SignedInfo& info, const std::optional<Certificate>& signer,
                                std::optional<Instant> signed_at);
CheckRow check_references(const SignedInfo& info, SignatureMode mode);
CheckRow check_digest_methods(const SignedInfo& info, std::optional<Instant> signed_at);
CheckRow check_transforms(const SignedInfo& info);

}  // namespace pes::xades
