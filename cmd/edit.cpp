#include "batch.hpp"
#include "commands.hpp"
#include "dossier_json.hpp"
#include "dossier_text.hpp"
#include "dry_run.hpp"
#include "exit_status.hpp"
#include "input_file.hpp"
#include "pes/error.hpp"
#include "pes/flow.hpp"
#include "session.hpp"
#include "ui/language.hpp"

#include <memory>
#include <optional>
#include <string>

namespace pes::cmd {

namespace {

struct Options {
  std::string dossier, file, name;
  std::optional<std::string> objet;
  bool detach = false;
  bool with_sae = false;
  bool without_sae = false;
};

flow::Edition edition(const Options& options, const InputFile* file) {
  flow::Edition edition;
  edition.objet = options.objet;
  edition.detach_file = options.detach;
  if (options.with_sae) edition.envoi_sae = true;
  if (options.without_sae) edition.envoi_sae = false;
  if (file != nullptr) {
    edition.file = file->file();
    edition.file_name = file->name();
  }
  return edition;
}

void require_one_meaning(const Options& options) {
  const bool nothing = !options.objet && options.file.empty() && !options.detach &&
                       !options.with_sae && !options.without_sae;
  if (nothing) {
    throw Error(ErrorCode::usage, tr("nothing is said of what to change"),
                tr("see its options: pes help edit"));
  }
  if (options.with_sae && options.without_sae) {
    throw Error(ErrorCode::usage,
                say("{1} and {2} contradict each other", {"--avec-sae", "--sans-sae"}));
  }
  if (options.detach && !options.file.empty()) {
    throw Error(ErrorCode::usage,
                say("{1} and {2} contradict each other", {"--detach", "--fichier"}));
  }
}

int run(const Options& options, Session& session) {
  require_one_meaning(options);
  const DossierId id = parse_dossier_id(options.dossier);
  std::optional<InputFile> file;
  if (!options.file.empty()) file.emplace(options.file, options.name);
  const flow::Edition wanted = edition(options, file ? &*file : nullptr);
  const bool dry = session.options().dry_run;
  const flow::Outcome outcome = rehearsed_or_done(
      session, [&](flow::Services& services) { return flow::edit(services, id, wanted); });

  ui::Console& console = session.console();
  if (console.json()) {
    ui::Json document = ui::with_schema("edit");
    document["changed"] = outcome.changed && !dry;
    document["dry_run"] = dry;
    document.update(dossier_detail(outcome.dossier, session.settings().entities()));
    console.result_json(document);
    return exit_status::done;
  }
  if (!outcome.changed) {
    console.result(say("{1}, as it was", {standing(outcome.dossier)}));
  } else if (dry) {
    console.result(say("{1}, after the change that would be made", {standing(outcome.dossier)}));
  } else {
    console.result(standing(outcome.dossier));
  }
  return exit_status::done;
}

}  // namespace

void add_edit(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add("edit", tr("change a dossier before it is sent"),
                              {.examples = {"pes edit O5uC72H --objet TEST-PES-0322",
                                            "pes edit O5uC72H --fichier test-032022.xml"},
                               .dry_run = Stance::obeys,
                               .dossiers_allowing = Action::modification},
                              [options](Session& session) { return run(*options, session); });
  command.add_option("dossier", options->dossier, tr("its identifier"))
      .type_name("<dossier>")
      .required();
  command.add_option("--objet", options->objet, tr("its title, 256 characters at most"))
      .type_name("<text>");
  command.add_option("--fichier", options->file, tr("the PES Aller; - reads standard input"))
      .type_name("<file>");
  command.add_option("--nom", options->name, tr("name of the file, when it is another"))
      .type_name("<name>");
  command.add_flag("--detach", options->detach, tr("take the file away"));
  command.add_flag("--avec-sae", options->with_sae, tr("end in the SAE"));
  command.add_flag("--sans-sae", options->without_sae, tr("do not end in the SAE"));
}

}  // namespace pes::cmd
