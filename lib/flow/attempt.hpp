#pragma once

#include "flow/in_hand.hpp"

namespace pes::flow {

/// Opens an attempt: journaled and saved, so that it is known before anything leaves.
/// @param action the action's identifier in the journal
void open_attempt(InHand& hand, const User& user, Action action, Attempt attempt);

/// `O5uC72H-20220302T160304Z`
std::string attempt_id(const InHand& hand);

/// A change that closes the attempt with a new state and its follower.
Change closing(const InHand& hand, Action state);

/// Closes an attempt of which it is certain that nothing was accepted; the state stays.
void record_nothing_sent(InHand& hand, const User& user, Action action, const Error& error);

/// Journals that nobody knows whether the request was accepted. The attempt stays open.
/// @param suspend true when only a person can settle it
[[noreturn]] void fate_unknown(InHand& hand, const User& user, Action action,
                               const std::string& reason, bool suspend, const std::string& hint);

}  // namespace pes::flow
