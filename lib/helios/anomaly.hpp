#pragma once

#include "pes/pes_acquit.hpp"

#include <string_view>

namespace pes::helios {

/// What an error of ERREUR_AUTRE is told from others by: the number at the head of its label
/// (pes §9). Empty for any other error, and for a label that begins otherwise.
std::string_view number_of(const AcquitError& error);

}  // namespace pes::helios
