#pragma once

#include "batch.hpp"
#include "pes/flow.hpp"
#include "session.hpp"

namespace pes::cmd {

/// Whether a command stays until the dossier rests, or only does what is due now.
enum class Wait { no, until_rest };

/// Lets the automaton work on the dossier.
flow::Step follow(Session& session, const DossierId& id, Wait wait);

/// What a step means for the person who waits, or does not: without waiting, an answer
/// that has not come yet is no concern.
/// @param changed whether the command itself did something before
ItemOutcome outcome_of(Session& session, const flow::Step& step, Wait wait, bool changed);

/// Notes and hints about what comes after the step; an error speaks for itself.
void tell_what_follows(Session& session, const flow::Step& step);

}  // namespace pes::cmd
