#pragma once

#include "flow/in_hand.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pes::flow {

/// The other dossier that has this transaction of the same TdT: no two may follow one.
std::optional<Dossier> other_with_transaction(const InHand& hand, const std::string& transaction);

/// Whether what both send is the same, byte for byte: the TdT takes that once, for one of them.
bool sends_same_bytes(const Dossier& one, const Dossier& other);

/// Closes a sending whose bytes the TdT has from `other`.
void record_sent_by(InHand& hand, const User& user, const Dossier& other);

/// Whether an acquit names another flow than the dossier's. Names are compared as far as an acquit
/// written in the wrong encoding leaves them; one that names none is nobody else's.
bool is_of_another_flow(const InHand& hand, std::string_view acquit);

}  // namespace pes::flow
