#include "batch.hpp"
#include "commands.hpp"
#include "dossier_json.hpp"
#include "dossier_text.hpp"
#include "excerpt.hpp"
#include "exit_status.hpp"
#include "pes/error.hpp"
#include "pes/flow.hpp"
#include "pes/pes_aller.hpp"
#include "session.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <memory>
#include <string>

namespace pes::cmd {

namespace {

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

bool has_error(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::error; });
}

/// `flux.xml:12:4: …`, then the line and a caret where the place is known.
void show_finding(ui::Console& console, const std::string& name, const std::filesystem::path& file,
                  const Finding& finding) {
  std::string place = name;
  if (finding.line > 0) place += ":" + std::to_string(finding.line);
  if (finding.column > 0) place += ":" + std::to_string(finding.column);
  const char* degree = finding.severity == Severity::error ? tr("error:") : tr("warning:");
  console.result(fill("{1}: {2} {3} [{4}]", {place, degree, finding.message, finding.code}));
  if (const std::string lines = excerpt(file, finding.line, finding.column); !lines.empty()) {
    console.result_text(lines + "\n");
  }
}

void show_findings(ui::Console& console, const std::string& name, const std::filesystem::path& file,
                   const std::vector<Finding>& findings) {
  if (console.json()) return;
  for (const Finding& finding : findings) show_finding(console, name, file, finding);
}

ui::Json flow_json(const PesAller& flow) {
  return {
      {"nom_fic", ui::text_or_null(flow.nom_fic)},   {"cod_col", ui::text_or_null(flow.cod_col)},
      {"id_coll", ui::text_or_null(flow.id_coll)},   {"cod_bud", ui::text_or_null(flow.cod_bud)},
      {"dte_str", ui::text_or_null(flow.dte_str)},   {"domaines", ui::text_or_null(flow.domains())},
      {"encoding", ui::text_or_null(flow.encoding)}, {"size", flow.size},
      {"bordereaux", flow.bordereaux.size()},        {"signatures", flow.signatures}};
}

ItemOutcome outcome(bool sendable, const std::string& name) {
  ItemOutcome result;
  result.result = sendable ? ItemOutcome::Result::done : ItemOutcome::Result::refused;
  result.status = sendable ? exit_status::done : exit_status::input_refused;
  result.text = sendable ? say("{1}: nothing stands in the way", {name})
                         : say("{1}: cannot be sent as it is", {name});
  return result;
}

ItemOutcome check_file(Session& session, const std::string& word) {
  const PesAller flow = read_pes_aller(word);
  const auto entity = session.entity();
  const std::string id_e = entity ? entity->id_e : std::string();
  const auto limit = static_cast<std::uint64_t>(session.settings().integer("tdt.max_size", id_e));
  std::vector<Finding> findings = check_pes_aller(flow, limit);
  const auto schemas = session.settings().path("schemas.pes", id_e);
  for (Finding& fault : schema_faults(word, schemas)) findings.push_back(std::move(fault));
  show_findings(session.console(), word, word, findings);
  ItemOutcome result = outcome(!has_error(findings), word);
  result.json = {{"form", ui::Json::array()},
                 {"findings", findings_json(findings)},
                 {"flow", flow_json(flow)}};
  return result;
}

ItemOutcome check_dossier(Session& session, const DossierId& id) {
  const flow::Services& services = session.services();
  const flow::CheckReport report = flow::check(services, id);
  if (!session.console().json()) {
    for (const std::string& fault : report.form) session.console().result(fault);
  }
  std::filesystem::path path;
  std::string name = id.text();
  if (const StoredFile* file = report.dossier.file(field::fichier_pes)) {
    path = services.store.path(id, *file);
    name = file->name;
  }
  show_findings(session.console(), name, path, report.findings);
  ItemOutcome result = outcome(report.sendable(), id.text());
  result.json = {{"form", report.form},
                 {"findings", findings_json(report.findings)},
                 {"flow", report.flow ? flow_json(*report.flow) : ui::Json(nullptr)}};
  return result;
}

int run(const BatchOptions& options, Session& session) {
  return run_batch(
      session, "check", with_standard_input(options),
      [&](const std::string& word) { return kind_of(word, session); },
      [&](const std::string& word, ItemKind kind) {
        return kind == ItemKind::file ? check_file(session, word)
                                      : check_dossier(session, parse_dossier_id(word));
      });
}

}  // namespace

void add_check(CommandLine& line) {
  auto options = std::make_shared<BatchOptions>();
  CLI::App& command =
      line.add("check", tr("tell what would stop a dossier, or a file, from being sent"),
               {.examples = {"pes check O5uC72H", "pes check test-032022.xml"}},
               [options](Session& session) { return run(*options, session); });
  command
      .add_option("what", options->items, tr("dossiers or files; - reads them on standard input"))
      ->type_name("<dossier-or-file>")
      ->required();
  command.add_flag("--fail-fast", options->fail_fast, tr("stop at the first failure"));
}

}  // namespace pes::cmd
