#pragma once

#include "flow/in_hand.hpp"

#include <chrono>
#include <optional>
#include <string>

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

/// What nobody knows yet of a request that may have been accepted.
struct LostAnswer {
  Action action;  // that it was sent for
  std::string reason;
  /// When the service can be asked what became of it; nullopt: only a person can tell.
  std::optional<std::chrono::seconds> ask_after;
  std::string hint;
};
/// `pause`, or longer when the service asks for more.
std::chrono::seconds at_least(std::chrono::seconds pause,
                              const std::optional<std::chrono::seconds>& retry_after);

/// Journals it, and throws fate_unknown. The attempt stays open.
[[noreturn]] void fate_unknown(InHand& hand, const User& user, const LostAnswer& lost);

}  // namespace pes::flow
