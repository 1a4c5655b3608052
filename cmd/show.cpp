#include "acquit_text.hpp"
#include "batch.hpp"
#include "commands.hpp"
#include "dossier_json.hpp"
#include "dossier_text.hpp"
#include "exit_status.hpp"
#include "output_file.hpp"
#include "pes/error.hpp"
#include "pes/flow.hpp"
#include "pes/pes_acquit.hpp"
#include "session.hpp"
#include "suggestion.hpp"
#include "ui/labels.hpp"
#include "ui/language.hpp"

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

namespace pes::cmd {

namespace {

struct Options {
  std::string dossier, section, get;
  std::string output = "-";
  bool acquit = false;
  bool files = false;
  Existing existing = Existing::kept;
};

const ui::Section& section_named(const std::string& name) {
  if (const ui::Section* section = ui::find_section(name)) return *section;
  std::vector<std::string> names;
  std::string list;
  for (const ui::Section& section : ui::sections()) {
    names.emplace_back(section.name);
    list += list.empty() ? names.back() : ", " + names.back();
  }
  throw Error(ErrorCode::usage, say("there is no section « {1} »", {name}),
              did_you_mean(name, names, say("choose one of {1}", {list})));
}

const StoredFile& file_named(const Dossier& dossier, const std::string& field) {
  if (const StoredFile* file = dossier.file(field)) return *file;
  throw Error(ErrorCode::file_unknown,
              say("dossier {1} has no file {2}", {dossier.id_d.text(), field}),
              say("see its files: pes show {1} --fichiers", {dossier.id_d.text()}));
}

/// The fields of a section that have something to show.
ui::Table section_table(const Dossier& dossier, const ui::Section& section) {
  ui::Table table({{""}, {"", ui::Table::Cut::two_lines}});
  const auto add = [&](std::string_view field) {
    const std::string value = ui::field_value(dossier, field);
    if (!value.empty()) table.add({std::string(ui::field_label(field)), value});
  };
  for (const std::string_view field : section.fields) {
    add(field);
    for (const std::string& earlier : dossier.earlier(field)) add(earlier);
  }
  return table;
}

ui::Table files_table(const Dossier& dossier) {
  ui::Table table({{tr("Field")},
                   {tr("Label"), ui::Table::Cut::middle},
                   {tr("Name"), ui::Table::Cut::middle},
                   {tr("Bytes")},
                   {"SHA-256", ui::Table::Cut::middle}});
  for (const auto& [field, file] : dossier.files) {
    table.add({field, std::string(ui::field_label(field)), file.name, std::to_string(file.size),
               file.sha256});
  }
  return table;
}

void show_sections(ui::Console& console, const Dossier& dossier, const Options& options) {
  for (const ui::Section& section : ui::sections()) {
    const ui::Table table = section_table(dossier, section);
    const bool wanted = options.section.empty() || &section == &section_named(options.section);
    if (!wanted || table.empty()) continue;
    console.blank_line();
    console.title(section.name);
    console.result(table);
  }
}

void show_possible_actions(ui::Console& console, const Dossier& dossier) {
  std::string list;
  for (const Action action : flow::possible_actions(dossier)) {
    list += list.empty() ? "" : ", ";
    list += button(action);
  }
  if (!list.empty()) console.note(say("possible: {1}", {list}));
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    throw Error(ErrorCode::io_failed, say("{1} cannot be read", {path.native()}));
  }
  return {std::istreambuf_iterator<char>(stream), {}};
}

int get_file(Session& session, const Dossier& dossier, const Options& options) {
  ui::Console& console = session.console();
  if (console.json() && options.output == "-") {
    throw Error(ErrorCode::usage, tr("bytes and JSON cannot share standard output"),
                tr("write the file elsewhere: -o <file>"));
  }
  const StoredFile& file = file_named(dossier, options.get);
  flow::Services& services = session.services();
  flow::record_consultation(services, dossier, file.name);
  copy_out(console, services.store.readable(dossier.id_d, file).path(), options.output,
           options.existing);
  if (console.json()) {
    ui::Json document = ui::with_schema("show");
    document["id_d"] = dossier.id_d.text();
    document["champ"] = options.get;
    document["nom"] = file.name;
    document["taille"] = file.size;
    document["sha256"] = file.sha256;
    document["output"] = options.output;
    console.result_json(document);
  } else if (options.output != "-") {
    console.note(say("{1} written to {2}", {file.name, options.output}));
  }
  return exit_status::done;
}

/// Those of the flow that the acquit does not speak of; none when the flow cannot be read any more.
std::vector<Bordereau> without_answer(Session& session, const Dossier& dossier,
                                      const PesAcquit& acquit) {
  const StoredFile* const flow = dossier.file(field::fichier_pes);
  if (flow == nullptr) return {};
  try {
    return bordereaux_without_answer(
        acquit, read_pes_aller(session.store().readable(dossier.id_d, *flow).path()));
  } catch (const Error& error) {
    session.console().warning(error.message());
    return {};
  }
}

void show_acquit_text(Session& session, const Dossier& dossier, const PesAcquit& acquit) {
  ui::Console& console = session.console();
  show_heading(session, dossier);
  console.title(fill("{1} : {2}, {3}",
                     {ui::field_label(field::pes_etat_ack),
                      ui::field_value(dossier, field::pes_etat_ack), outcome_text(acquit)}));
  console.result(acquit_table(acquit));
  if (acquit.outcome != PesAcquit::Outcome::accepted) {
    console.warning(outcome_text(acquit));
  }
  for (const Bordereau& bordereau : without_answer(session, dossier, acquit)) {
    console.warning(say("the acquit does not speak of bordereau {1} of {2}",
                        {bordereau.id_bord, bordereau.exer}));
  }
  for (const std::string& earlier : dossier.earlier(field::pes_acquit)) {
    console.note(
        say("an earlier acquit is kept: pes show {1} --get {2}", {dossier.id_d.text(), earlier}));
  }
  if (const std::string advice = outcome_advice(acquit); !advice.empty()) console.hint(advice);
}

int show_acquit(Session& session, const Dossier& dossier) {
  const StoredFile& file = file_named(dossier, std::string(field::pes_acquit));
  flow::Services& services = session.services();
  const PesAcquit acquit =
      read_pes_acquit_leniently(bytes_of(services.store.readable(dossier.id_d, file).path()));
  flow::record_consultation(services, dossier, file.name);
  ui::Console& console = session.console();
  if (!console.json()) {
    show_acquit_text(session, dossier, acquit);
    return exit_status::done;
  }
  ui::Json document = ui::with_schema("show");
  document["id_d"] = dossier.id_d.text();
  document["acquit"] = acquit_json(acquit);
  document["bordereaux_sans_reponse"] = bordereaux_json(without_answer(session, dossier, acquit));
  document["acquits_precedents"] = dossier.earlier(field::pes_acquit);
  console.result_json(document);
  return exit_status::done;
}

/// Whoever may not write here, or comes while a process holds the dossier, reads it all the same.
void note_reading(Session& session, const Dossier& dossier) {
  try {
    flow::record_reading(session.services(), dossier);
  } catch (const Error& error) {
    session.console().warning(say("this reading could not be journaled: {1}", {error.message()}));
  }
}

int show_dossier(Session& session, const Dossier& dossier, const Options& options) {
  ui::Console& console = session.console();
  note_reading(session, dossier);
  if (console.json()) {
    ui::Json document = ui::with_schema("show");
    document.update(dossier_detail(dossier, session.settings().entities()));
    console.result_json(document);
    return exit_status::done;
  }
  show_heading(session, dossier);
  if (options.files) {
    console.result(files_table(dossier));
    return exit_status::done;
  }
  show_sections(console, dossier, options);
  if (options.section.empty() && console.is_terminal()) {
    console.blank_line();
    console.result(states_table(dossier));
  }
  show_possible_actions(console, dossier);
  return exit_status::done;
}

void require_coherent(const Options& options) {
  if (options.output != "-" && options.get.empty()) {
    throw Error(ErrorCode::usage, say("{1} goes with {2}", {"--output", "--get"}),
                tr("name the file: pes show <dossier> --fichiers"));
  }
  const int views = (options.get.empty() ? 0 : 1) + (options.acquit ? 1 : 0) +
                    (options.files ? 1 : 0) + (options.section.empty() ? 0 : 1);
  if (views > 1) {
    throw Error(ErrorCode::usage, tr("--onglet, --acquit, --fichiers and --get exclude each other"),
                tr("keep one of them"));
  }
}

int run(const Options& options, Session& session) {
  require_coherent(options);
  if (!options.section.empty()) (void)section_named(options.section);
  const Dossier dossier = session.store().read(parse_dossier_id(options.dossier));
  if (!options.get.empty()) return get_file(session, dossier, options);
  if (options.acquit) return show_acquit(session, dossier);
  return show_dossier(session, dossier, options);
}

}  // namespace

void add_show(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add("show", tr("show what is known of a dossier, or one of its files"),
                              {.examples = {"pes show O5uC72H", "pes show O5uC72H --acquit",
                                            "pes show O5uC72H --get pes_acquit -o acquit.xml"}},
                              [options](Session& session) { return run(*options, session); });
  command.add_option("dossier", options->dossier, tr("its identifier"))
      .type_name("<dossier>")
      .required();
  command.add_option("--onglet", options->section, tr("this section alone: PES, SAE, …"))
      .type_name("<section>");
  command.add_flag("--acquit", options->acquit, tr("the acquit, bordereau by bordereau"));
  command.add_flag("--fichiers", options->files, tr("its files, with size and digest"));
  command.add_option("--get", options->get, tr("the bytes of this file")).type_name("<field>");
  command.add_option("-o,--output", options->output, tr("where to write them")).type_name("<file>");
  add_force_option(command, options->existing);
}

}  // namespace pes::cmd
