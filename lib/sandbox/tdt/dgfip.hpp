#pragma once

#include "sandbox/tdt/flow.hpp"
#include "sandbox/tdt/state.hpp"

#include <string>

namespace pes::sandbox::tdt {

/// A PES Acquit as it comes from the DGFiP.
struct Acquit {
  std::string name;      // of the file
  std::string bytes;     // ISO-8859-1
  bool is_valid = true;  // for the schema: S²LOW takes another for a technical rejection
};

/// The double of Hélios: what the transaction's scenario makes it answer about each element
/// of the flow (pes §9). It says that it is a test, as sender and in every text.
Acquit make_acquit(const Flow& flow, const State& state, Instant date);

}  // namespace pes::sandbox::tdt
