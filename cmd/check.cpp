#include "batch.hpp"
#include "check_sarif.hpp"
#include "commands.hpp"
#include "dossier_json.hpp"
#include "dossier_text.hpp"
#include "excerpt.hpp"
#include "exit_status.hpp"
#include "pes/error.hpp"
#include "pes/flow.hpp"
#include "pes/preflight.hpp"
#include "session.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pes::cmd {

namespace {

struct Options {
  BatchOptions batch;
  bool strict = false;
  std::string format = "text";
};

/// A word with a dot or a slash is a file; seven letters are a dossier unless none bears
/// that name and a file does.
ItemKind kind_of(const std::string& word, Session& session) {
  const auto id = DossierId::parse(word);
  if (!id) return ItemKind::file;
  if (!std::filesystem::exists(word)) return ItemKind::dossier;
  if (!session.has_home()) return ItemKind::file;
  try {
    (void)session.store().read(*id);
    return ItemKind::dossier;
  } catch (const Error& error) {
    return error.code() == ErrorCode::dossier_unknown ? ItemKind::file : ItemKind::dossier;
  }
}

enum class Format { text, sarif };

Format parse_format(const std::string& word, const ui::Console& console) {
  if (word == "text") return Format::text;
  if (word != "sarif") {
    throw Error(ErrorCode::usage, say("« {1} » is no format of a report", {word}),
                tr("there are text and sarif; and --json"));
  }
  if (console.json()) {
    throw Error(ErrorCode::usage, tr("--json and --format exclude each other"));
  }
  return Format::sarif;
}

/// Who refuses what; empty when nothing is.
const char* consequence_text(const Finding& finding) {
  switch (finding.consequence) {
    case Consequence::none:
      return "";
    case Consequence::flow:
      return finding.refused_by == Refuser::tdt ? tr("flow refused by the TdT")
                                                : tr("flow refused by Hélios");
    case Consequence::bordereau:
      return tr("bordereau refused by Hélios");
    case Consequence::pj:
      return tr("PJ refused by Hélios");
    case Consequence::facture:
      return tr("PES_Facture refused by Hélios");
  }
  return "";
}

/// `flux.xml:12:4: …`, then the line and a caret where the place is known.
void show_finding(ui::Console& console, const std::string& name, const std::filesystem::path& file,
                  const Finding& finding) {
  std::string place = name;
  if (finding.line > 0) place += ":" + std::to_string(finding.line);
  if (finding.column > 0) place += ":" + std::to_string(finding.column);
  const char* degree = finding.severity == Severity::error ? tr("error:") : tr("warning:");
  const std::string consequence = consequence_text(finding);
  const std::string code = consequence.empty() ? finding.code : finding.code + ", " + consequence;
  console.result(fill("{1}: {2} {3} [{4}]", {place, degree, finding.message, code}));
  if (const std::string lines = excerpt(file, finding.line, finding.column); !lines.empty()) {
    console.result_text(lines + "\n");
  }
}

ui::Json flow_json(const PesAller& flow) {
  return {
      {"nom_fic", ui::text_or_null(flow.nom_fic)},   {"cod_col", ui::text_or_null(flow.cod_col)},
      {"id_coll", ui::text_or_null(flow.id_coll)},   {"cod_bud", ui::text_or_null(flow.cod_bud)},
      {"dte_str", ui::text_or_null(flow.dte_str)},   {"domaines", ui::text_or_null(flow.domains())},
      {"encoding", ui::text_or_null(flow.encoding)}, {"size", flow.size},
      {"bordereaux", flow.bordereaux.size()},        {"signatures", flow.signatures}};
}

/// What is known of a file or a dossier once it was checked.
struct Checked {
  std::string name;   // as it is shown
  ReadableFile file;  // the flow; of no path when there is none
  std::vector<std::string> form;
  std::vector<Finding> findings;
  std::optional<PesAller> flow;
};

/// One run over several files and dossiers.
class Checking {
 public:
  Checking(const Options& options, Session& session)
      : options_(options),
        session_(session),
        format_(parse_format(options.format, session.console())) {}

  ItemOutcome check(const std::string& word, ItemKind kind) {
    try {
      return outcome_of(kind == ItemKind::file ? checked_file(word) : checked_dossier(word), word);
    } catch (const Error& error) {
      keep({.name = word, .form = {}, .findings = {}, .error = error});
      throw;
    }
  }

  /// Once all were seen.
  void show_whole() {
    if (format_ == Format::sarif) session_.console().result_json(sarif_log(files_));
  }

 private:
  Checked checked_file(const std::string& word) {
    const auto entity = session_.entity();
    PreflightReport report =
        check_flow(std::filesystem::path(word),
                   flow::preflight_rules(session_.settings(), entity ? entity->id_e : std::string(),
                                         session_.clock().now()));
    return {.name = word,
            .file = std::filesystem::path(word),
            .form = {},
            .findings = std::move(report.findings),
            .flow = std::move(report.flow)};
  }

  Checked checked_dossier(const std::string& word) {
    const DossierId id = parse_dossier_id(word);
    const flow::Services& services = session_.services();
    flow::CheckReport report = flow::check(services, id);
    Checked checked{.name = word,
                    .file = {},
                    .form = std::move(report.form),
                    .findings = std::move(report.findings),
                    .flow = std::move(report.flow)};
    if (const StoredFile* file = report.dossier.file(field::fichier_pes)) {
      checked.file = services.store.readable(id, *file);
      checked.name = file->name;
    }
    return checked;
  }

  ItemOutcome outcome_of(const Checked& checked, const std::string& word) {
    ItemOutcome outcome;
    const bool passes = is_passed(checked);
    outcome.result = passes ? ItemOutcome::Result::done : ItemOutcome::Result::refused;
    outcome.status = passes ? exit_status::done : exit_status::input_refused;
    if (format_ != Format::text) {
      keep({.name = checked.file.path().empty() ? word : checked.file.path().native(),
            .form = checked.form,
            .findings = checked.findings,
            .error = std::nullopt});
      return outcome;
    }
    show(checked);
    outcome.text = passes ? say("{1}: nothing stands in the way", {word})
                          : say("{1}: cannot be sent as it is", {word});
    outcome.json = {{"form", checked.form},
                    {"findings", findings_json(checked.findings)},
                    {"flow", checked.flow ? flow_json(*checked.flow) : ui::Json(nullptr)}};
    return outcome;
  }

  [[nodiscard]] bool is_passed(const Checked& checked) const {
    const auto stops = [&](const Finding& finding) {
      return options_.strict || finding.severity == Severity::error;
    };
    return checked.form.empty() &&
           std::none_of(checked.findings.begin(), checked.findings.end(), stops);
  }

  void show(const Checked& checked) {
    ui::Console& console = session_.console();
    if (console.json()) return;
    for (const std::string& fault : checked.form) console.result(fault);
    for (const Finding& finding : checked.findings) {
      show_finding(console, checked.name, checked.file.path(), finding);
    }
  }

  /// A report that is shown at once is not kept: there may be thousands.
  void keep(CheckedFile file) {
    if (format_ != Format::text) files_.push_back(std::move(file));
  }

  const Options& options_;
  Session& session_;
  Format format_;
  std::vector<CheckedFile> files_;
};

int run(const Options& options, Session& session) {
  Checking checking(options, session);
  const int status = run_batch(
      session, "check", with_standard_input(options.batch),
      [&](const std::string& word) { return kind_of(word, session); },
      [&](const std::string& word, ItemKind kind) { return checking.check(word, kind); });
  checking.show_whole();
  return status;
}

}  // namespace

void add_check(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command =
      line.add("check", tr("tell what would stop a dossier, or a file, from being sent"),
               {.examples = {"pes check O5uC72H", "pes check test-032022.xml",
                             "pes check --format sarif *.xml"}},
               [options](Session& session) { return run(*options, session); });
  command
      .add_option("what", options->batch.items,
                  tr("dossiers or files; - reads them on standard input"))
      .type_name("<dossier-or-file>")
      .required();
  command.add_flag("--strict", options->strict, tr("refuse what otherwise is a warning"));
  command.add_option("--format", options->format, tr("form of the report"))
      .type_name("{text | sarif}");
  command.add_flag("--fail-fast", options->batch.fail_fast, tr("stop at the first failure"));
}

}  // namespace pes::cmd
