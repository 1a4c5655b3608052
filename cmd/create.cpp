#include "commands.hpp"
#include "dossier_json.hpp"
#include "dry_run.hpp"
#include "exit_status.hpp"
#include "input_file.hpp"
#include "pes/error.hpp"
#include "pes/flow.hpp"
#include "session.hpp"
#include "ui/labels.hpp"
#include "ui/language.hpp"

#include <memory>
#include <string>

namespace pes::cmd {

namespace {

struct Options {
  std::string file, objet, type = "pes-avec-signature", id, name;
};

std::string entity_to_create_for(Session& session) {
  if (const auto entity = session.entity()) return entity->id_e;
  throw Error(ErrorCode::usage, tr("the dossier's entity is not named"),
              tr("name it: --entity <entity> (see them: pes entities)"));
}

flow::Creation creation(const Options& options, Session& session, const InputFile* file) {
  flow::Creation creation;
  creation.type = options.type;
  creation.id_e = entity_to_create_for(session);
  if (!options.objet.empty()) creation.objet = options.objet;
  if (!options.id.empty()) {
    creation.id = DossierId::parse(options.id);
    if (!creation.id) {
      throw Error(ErrorCode::usage, say("{1} cannot be {2}", {"--id", options.id}),
                  tr("an identifier has seven letters or digits"));
    }
  }
  if (file != nullptr) {
    creation.file = file->file();
    creation.file_name = file->name();
  }
  return creation;
}

std::string what_happened(const flow::Outcome& outcome, bool dry) {
  const std::string& id = outcome.dossier.id_d.text();
  if (!outcome.changed) return say("dossier {1} was created before, with the same content", {id});
  return dry ? std::string(tr("a dossier would be created"))
             : fill("Le document {1} a été créé", {id});
}

void show_text(ui::Console& console, const flow::Outcome& outcome, bool dry) {
  const Dossier& dossier = outcome.dossier;
  if (console.quiet()) {
    if (!dry) console.result(dossier.id_d.text());
    return;
  }
  console.result(what_happened(outcome, dry));
  if (const StoredFile* file = dossier.file(field::fichier_pes)) {
    console.result(fill("{1} : {2}", {ui::field_label(field::fichier_pes), file->name}) +
                   say(", {1} bytes", {std::to_string(file->size)}) +
                   (file->sha256.empty() ? "" : ", SHA-256 " + file->sha256));
  }
}

int run(const Options& options, Session& session) {
  std::optional<InputFile> file;
  if (!options.file.empty()) file.emplace(options.file, options.name);
  const flow::Creation wanted = creation(options, session, file ? &*file : nullptr);
  const bool dry = session.options().dry_run;
  const flow::Outcome outcome = rehearsed_or_done(
      session, [&](flow::Services& services) { return flow::create(services, wanted); });

  if (session.console().json()) {
    ui::Json document = ui::with_schema("create");
    document["changed"] = outcome.changed && !dry;
    document["dry_run"] = dry;
    document.update(dossier_detail(outcome.dossier, session.settings().entities()));
    // The identifier drawn by a rehearsal names nothing.
    if (dry && options.id.empty()) document["id_d"] = nullptr;
    session.console().result_json(document);
  } else {
    show_text(session.console(), outcome, dry);
  }
  return exit_status::done;
}

}  // namespace

void add_create(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add("create", tr("create a dossier, with its flow when there is one"),
                              {.examples = {"pes create test-032022.xml --objet TEST-PES-0322",
                                            "pes create - --nom flux.xml --type pes < flux.xml"},
                               .dry_run = Stance::obeys},
                              [options](Session& session) { return run(*options, session); });
  command.add_option("file", options->file, tr("the PES Aller; - reads standard input"))
      .type_name("<file>");
  command.add_option("--objet", options->objet, tr("its title, 256 characters at most"))
      .type_name("<text>");
  command.add_option("--type", options->type, tr("type of dossier, by identifier or label"))
      .type_name("<type>");
  command.add_option("--id", options->id, tr("its identifier; the same again finds it again"))
      .type_name("<identifier>");
  command.add_option("--nom", options->name, tr("name of the file, when it is another"))
      .type_name("<name>");
}

}  // namespace pes::cmd
