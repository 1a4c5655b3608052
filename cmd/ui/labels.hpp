#pragma once

#include "pes/dossier.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pes::ui {

/// A tab of the dossier's page. Names and labels are Pastell's, byte for byte, in every
/// locale (workflow §1.5 to §1.8, §2.7).
struct Section {
  std::string_view name;
  std::vector<std::string_view> fields;  // technical names
};
const std::vector<Section>& sections();
/// Null when no tab has that name; case does not count.
const Section* find_section(std::string_view name);

/// « Établissement émetteur »; the technical name itself for a field without a label.
std::string_view field_label(std::string_view field);

/// What is shown of a field: the name of a file, « OUI » for a checked step, « Acquittement
/// OK »; empty when the dossier has no such thing.
std::string field_value(const Dossier& dossier, std::string_view field);

/// « Non acquitté », « Acquittement OK », « Acquittement KO » (workflow §2.4).
std::string_view etat_ack_label(std::string_view etat_ack);

/// « OUI » or « NON ».
std::string_view oui_non(bool value);

}  // namespace pes::ui
