#pragma once

#include "pes/dossier.hpp"
#include "pes/export.hpp"

#include <array>
#include <string_view>
#include <vector>

namespace pes {

/// What a state means to whoever must know whether there is something to do.
enum class Standing {
  draft,      // nobody has sent it yet
  under_way,  // it goes on by itself
  finished,   // nothing is left to do
  refused,    // it went all its way, but Hélios refused some or all of it: « Acquittement KO »
  rejected,   // the SAE does not want it
  tdt_error,  // the TdT has it as an error
  failed,     // a step failed, and is not tried again by itself
  suspended,  // only a person can let it go on
  fate_unknown,  // an answer was lost: nobody knows whether it arrived
};
inline constexpr std::array all_standings{
    Standing::draft,   Standing::under_way, Standing::finished,
    Standing::refused, Standing::rejected,  Standing::tdt_error,
    Standing::failed,  Standing::suspended, Standing::fate_unknown};

PES_EXPORT Standing standing_of(const Dossier& dossier);

/// States that only a person leads out of, when no automatic action is planned.
PES_EXPORT std::vector<Action> states_for_a_person();

/// For machines: `fate_unknown`.
PES_EXPORT std::string_view id(Standing standing);

}  // namespace pes
