#pragma once

#include "pes/port/retours.hpp"
#include "record/source.hpp"

#include <string>
#include <string_view>

/// The record of a PES Retour, `retour.json` (pes-state(5)).
namespace pes::record {

std::string write_retour(const port::Retour& retour);
port::Retour read_retour(std::string_view text, const Source& source);

}  // namespace pes::record
