#include "commands.hpp"

namespace pes::cmd {

void add_commands(CommandLine& line) {
  add_init(line);
  add_create(line);
  add_edit(line);
  add_check(line);
  add_sign(line);
  add_verify(line);
  add_send(line);
  add_status(line);
  add_show(line);
  add_list(line);
  add_journal(line);
  add_archive(line);
  add_retour(line);
  add_run(line);
  add_delete(line);
  add_keys(line);
  add_trust(line);
  add_tdt(line);
  add_sae(line);
  add_entities(line);
  add_types(line);
  add_config(line);
  add_sandbox(line);
  add_completion(line);
  add_help(line);
}

}  // namespace pes::cmd
