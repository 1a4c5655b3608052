#pragma once

#include "pes/ids.hpp"
#include "pes/port/journal.hpp"

#include <string>

namespace pes::flow {

/// « Faisceau de preuves »: the dossier's events, oldest first, at most 10 000, as a JSON
/// array of journal lines (workflow §2.4). UTF-8.
std::string proof_bundle(const port::Journal& journal, const DossierId& id);

}  // namespace pes::flow
