#pragma once

#include "pes/dossier.hpp"
#include "pes/error.hpp"
#include "session.hpp"
#include "ui/table.hpp"

#include <optional>
#include <string>

namespace pes::cmd {

/// « TEST-PES-0322 (PES (avec signature)) »
std::string heading(const Dossier& dossier);

/// « O5uC72H : Transmis au TdT »: what a command answers for a dossier.
std::string standing(const Dossier& dossier);

/// Title and entity, above what is shown of a dossier on a terminal.
void show_heading(Session& session, const Dossier& dossier);

/// « États du dossier » (workflow S81), oldest first; in a pipe, with the identifier.
ui::Table states_table(const Dossier& dossier);

/// Why a dossier waits for a person, and the command that lets it go on; nothing for one
/// that goes on by itself, is finished, or was refused.
/// @param last_message what the event of the last state says; may be empty
std::optional<Error> trouble(const Dossier& dossier, const std::string& last_message);

/// The command for whoever looks at a dossier that does not go on by itself; for any other, the
/// one that tells how it stands.
std::string next_command(const Dossier& dossier);

/// What comes next by itself, or what a person can do: notes and hints.
/// @param last_message what the event of the last state says; may be empty
void explain(ui::Console& console, const Dossier& dossier, const std::string& last_message);

/// The message of the event behind the last state, when that state is an answer short of
/// success; empty otherwise. Reads the journal, and only then.
std::string last_message(const port::Journal& journal, const Dossier& dossier);

}  // namespace pes::cmd
