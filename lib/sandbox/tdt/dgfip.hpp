#pragma once

#include "sandbox/tdt/flow.hpp"
#include "sandbox/tdt/state.hpp"

#include <string>

namespace pes::sandbox::tdt {

/// A PES Acquit as it comes from the DGFiP.
struct Acquit {
  std::string name;   // of the file
  std::string bytes;  // ISO-8859-1
  /// How S²LOW takes it (tdt §8.3): a valid acquit, one that breaks its schema or that is
  /// something else with this NomFic, or nothing that it could give to a transaction.
  enum class Kind { valid, invalid, unattached };
  Kind kind = Kind::valid;
};

/// The double of Hélios: what the transaction's scenario makes it answer about each element
/// of the flow (pes §9). It says that it is a test, as sender and in every text.
/// @param rank 1 for the first file that comes about the flow, 2 for the next one
Acquit make_acquit(const Flow& flow, const State& state, int rank, Instant date);

/// How many files come about a flow.
int acquits_of(Scenario scenario);

}  // namespace pes::sandbox::tdt
