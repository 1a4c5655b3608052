#pragma once

#include "command_line.hpp"

namespace pes::cmd {

void add_init(CommandLine& line);
void add_create(CommandLine& line);
void add_deposit(CommandLine& line);
void add_edit(CommandLine& line);
void add_check(CommandLine& line);
void add_sign(CommandLine& line);
void add_verify(CommandLine& line);
void add_send(CommandLine& line);
void add_status(CommandLine& line);
void add_show(CommandLine& line);
void add_list(CommandLine& line);
void add_jobs(CommandLine& line);
void add_journal(CommandLine& line);
void add_report(CommandLine& line);
void add_archive(CommandLine& line);
void add_retour(CommandLine& line);
void add_run(CommandLine& line);
void add_delete(CommandLine& line);
void add_keys(CommandLine& line);
void add_trust(CommandLine& line);
void add_tdt(CommandLine& line);
void add_sae(CommandLine& line);
void add_store(CommandLine& line);
void add_entities(CommandLine& line);
void add_types(CommandLine& line);
void add_config(CommandLine& line);
void add_sandbox(CommandLine& line);
void add_completion(CommandLine& line);
void add_help(CommandLine& line);

/// Every command, in the order of the daily cycle.
void add_commands(CommandLine& line);

/// Those that these arguments may need: the command that they begin with, when it tells nothing of
/// the others. Declaring all of them takes a tenth of the time of verifying a small flow.
void add_commands(CommandLine& line, const std::vector<std::string>& arguments);

}  // namespace pes::cmd
