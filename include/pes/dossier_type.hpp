#pragma once

#include "pes/export.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pes {

/// Whether a route asks for a local signature before sending.
enum class SignatureStep { none, required };

struct DossierType {
  std::string id;     // technical: "pes", "pes-avec-signature"
  std::string label;  // "PES (avec signature)"
  std::string group;  // "Types de dossiers PES Mégalis"
  SignatureStep signature = SignatureStep::none;
};

/// The two types that `pes` implements.
PES_EXPORT const std::vector<DossierType>& dossier_types();

/// A type by id or label; « PES avec signature » without brackets is accepted (S8).
/// Throws type_unknown.
PES_EXPORT const DossierType& dossier_type(std::string_view id_or_label);

/// A type of the platform that other tools handle: only its name is known (S16–S25).
struct ForeignType {
  std::string group;
  std::string label;
};
PES_EXPORT const std::vector<ForeignType>& foreign_types();

}  // namespace pes
