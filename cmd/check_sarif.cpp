#include "check_sarif.hpp"

#include "sarif.hpp"
#include "ui/language.hpp"

#include <utility>

namespace pes::cmd {

namespace {

constexpr const char* unreadable = "file.unreadable";
constexpr const char* form_incomplete = "form.incomplete";

ui::Json properties_of(Consequence consequence, Refuser refuser) {
  return {{"consequence", ui::text_or_null(id(consequence))},
          {"refusedBy", ui::text_or_null(id(refuser))}};
}

std::vector<SarifRule> rules() {
  std::vector<SarifRule> result{
      {unreadable, tr("the file can be read: well-formed XML within bounds, a PES Aller"),
       properties_of(Consequence::flow, Refuser::tdt)},
      {form_incomplete, tr("the form of the dossier is complete"),
       properties_of(Consequence::none, Refuser::nobody)}};
  for (const FindingRule& rule : finding_rules()) {
    result.push_back({std::string(rule.code), tr(rule.meaning),
                      properties_of(rule.consequence, rule.refused_by)});
  }
  return result;
}

void add_finding(const std::string& file, const Finding& finding, SarifLog& log) {
  log.add({.rule = finding.code,
           .level = finding.severity == Severity::error ? "error" : "warning",
           .message = finding.message,
           .file = file,
           .line = finding.line,
           .column = finding.column,
           .properties = properties_of(finding.consequence, finding.refused_by)});
}

}  // namespace

ui::Json sarif_log(const std::vector<CheckedFile>& files) {
  SarifLog log(rules());
  for (const CheckedFile& file : files) {
    log.add_file(file.name);
    if (file.error) {
      log.add({.rule = unreadable, .message = file.error->message(), .file = file.name});
    }
    for (const std::string& fault : file.form) {
      log.add({.rule = form_incomplete, .message = fault, .file = file.name});
    }
    for (const Finding& finding : file.findings) add_finding(file.name, finding, log);
  }
  return log.document();
}

}  // namespace pes::cmd
