#include "batch.hpp"
#include "commands.hpp"
#include "dossier_json.hpp"
#include "dossier_text.hpp"
#include "exit_status.hpp"
#include "pes/error.hpp"
#include "pes/flow.hpp"
#include "session.hpp"
#include "ui/language.hpp"
#include "ui/question.hpp"

#include <memory>
#include <string>

namespace pes::cmd {

namespace {

struct Options {
  std::string dossier, confirm;
};

bool was_transmitted(const Dossier& dossier) {
  return !dossier.value(field::pes_tedetis_transaction_id).empty();
}

void confirm(const Options& options, Session& session, const Dossier& dossier) {
  const std::string& id = dossier.id_d.text();
  if (!options.confirm.empty() && options.confirm != id) {
    throw Error(ErrorCode::usage,
                say("{1} names another dossier: {2}", {"--confirm", options.confirm}));
  }
  if (options.confirm == id) return;
  const ui::Questions& questions = session.options().questions;
  const std::string entity = session.settings().entities().path(dossier.id_e);
  if (was_transmitted(dossier)) {
    ui::confirm_by_typing(
        questions,
        say("{1} of {2} was transmitted; deleting it erases the proof kept here. To delete it, "
            "type its identifier:",
            {heading(dossier), entity}),
        id, "--confirm " + id);
    return;
  }
  ui::confirm(questions,
              say("delete {1} of {2}, and its files: Êtes-vous sûr ?", {heading(dossier), entity}));
}

int run(const Options& options, Session& session) {
  const DossierId id = parse_dossier_id(options.dossier);
  flow::Services& services = session.services();
  const Dossier dossier = services.store.read(id);
  flow::require_possible(dossier, Action::supression);
  const bool dry = session.options().dry_run;
  if (!dry) {
    confirm(options, session, dossier);
    flow::erase(services, id);
  }

  ui::Console& console = session.console();
  if (console.json()) {
    ui::Json document = ui::with_schema("delete");
    document["changed"] = !dry;
    document["dry_run"] = dry;
    document.update(dossier_row(dossier, session.settings().entities()));
    console.result_json(document);
  } else if (dry) {
    console.result(say("dossier {1} would be deleted", {id.text()}));
  } else {
    console.result(fill("Le document « {1} » ({2}) a été supprimé", {dossier.titre(), id.text()}));
  }
  return exit_status::done;
}

}  // namespace

void add_delete(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add("delete", tr("erase a dossier and its files; its journal remains"),
                              {.examples = {"pes delete O5uC72H", "pes delete O5uC72H --yes"},
                               .dry_run = Stance::obeys,
                               .dossiers_allowing = Action::supression},
                              [options](Session& session) { return run(*options, session); });
  command.add_option("dossier", options->dossier, tr("its identifier"))
      .type_name("<dossier>")
      .required();
  command
      .add_option("--confirm", options->confirm,
                  tr("the identifier again, for a dossier that was transmitted"))
      .type_name("<identifier>");
}

}  // namespace pes::cmd
