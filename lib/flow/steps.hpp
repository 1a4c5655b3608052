#pragma once

#include "flow/in_hand.hpp"

namespace pes::flow {

/// What a step learned. A failure is thrown; a step that moved has recorded its row.
enum class StepResult { moved, nothing_new };

enum class RequireAck { no, yes };

/// Chooses the next step of the route and writes its first state (workflow §2.4).
/// @param require_ack with `yes`, an acquit that is not OK holds the dossier back when
///        the configuration asks so (`sae.require_ack`)
StepResult orient(InHand& hand, const User& user, RequireAck require_ack);

/// Reads the PES and fills « Information PES Aller ».
StepResult extract(InHand& hand, const User& user);
/// A state that only announces the next one.
StepResult announce(InHand& hand, const User& user, Action state);

StepResult send_to_tdt(InHand& hand, const User& user, port::Tdt& tdt);
StepResult ask_tdt(InHand& hand, const User& user, port::Tdt& tdt);

StepResult deposit_in_sae(InHand& hand, const User& user, const Partners& partners);
StepResult ask_sae_for_ar(InHand& hand, const User& user, port::Sae& sae);
StepResult ask_sae_for_reply(InHand& hand, const User& user, port::Sae& sae);

/// What is known beforehand to fail is put off, without counting as a try nor being journaled:
/// throws the interruption of the service, if there is one.
void require_open(InHand& hand, const std::optional<Error>& interruption);

/// Nothing new yet: the job asks again after `pause`, and keeps the service's words.
/// What is said for the first time is journaled and told; the same words again are not.
/// @param reason stable code, when a person should know of this wait
StepResult wait_longer(InHand& hand, const User& user, const std::string& words,
                       std::chrono::seconds pause, Notice::Kind kind = Notice::Kind::message,
                       std::string_view reason = {});

}  // namespace pes::flow
