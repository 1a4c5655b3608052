#include "helios/finding_rules.hpp"
#include "helios/flow_reader.hpp"
#include "helios/flow_source.hpp"
#include "pes/preflight.hpp"
#include "preflight/inspection.hpp"
#include "preflight/signature_rules.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

namespace pes {

namespace {

std::pair<std::uint64_t, std::uint64_t> place(const Finding& finding) {
  return {finding.line, finding.column};
}

/// What the schemas say of an element that something was said of here is the same, in other words.
void add_schema_faults(std::vector<Finding> faults, std::vector<Finding>& findings) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> told;
  for (const Finding& finding : findings) {
    if (finding.line > 0) told.push_back(place(finding));
  }
  std::sort(told.begin(), told.end());
  for (Finding& fault : faults) {
    if (std::binary_search(told.begin(), told.end(), place(fault))) continue;
    findings.push_back(std::move(fault));
  }
}

/// Of a value that the TdT refuses Hélios need not be heard too.
void leave_out_what_the_tdt_says(std::vector<Finding>& findings) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> refused;
  for (const Finding& finding : findings) {
    if (finding.refused_by == Refuser::tdt) refused.push_back(place(finding));
  }
  std::erase_if(findings, [&](const Finding& finding) {
    return finding.code.starts_with("value.") &&
           std::find(refused.begin(), refused.end(), place(finding)) != refused.end();
  });
}

void add_name_sent_before(const PesAller& flow, const PreflightRules& rules,
                          std::vector<Finding>& findings) {
  if (!rules.sent_before || flow.nom_fic.empty()) return;
  const std::string sender = rules.sent_before({flow.nom_fic, flow.cod_col});
  if (sender.empty()) return;
  findings.push_back({.severity = Severity::error,
                      .code = "nomfic.used",
                      .message = say("NomFic {1} was sent before, by dossier {2}: the TdT takes it "
                                     "once only",
                                     {flow.nom_fic, sender}),
                      .consequence = Consequence::flow,
                      .refused_by = Refuser::tdt});
}

/// The TdT's controls in its order, then what concerns the whole file, then by place.
void put_in_order(std::vector<Finding>& findings) {
  const auto rank = [](const Finding& finding) {
    return std::find_if(finding_rules().begin(), finding_rules().end(),
                        [&](const FindingRule& rule) { return rule.code == finding.code; });
  };
  const auto rest = std::stable_partition(
      findings.begin(), findings.end(),
      [](const Finding& finding) { return finding.refused_by == Refuser::tdt; });
  std::stable_sort(findings.begin(), rest, [&](const Finding& one, const Finding& other) {
    return rank(one) < rank(other);
  });
  std::stable_sort(rest, findings.end(), [](const Finding& one, const Finding& other) {
    return place(one) < place(other);
  });
}

}  // namespace

bool PreflightReport::is_refused() const {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::error; });
}

PreflightReport check_flow(const NamedFile& file, const PreflightRules& rules) {
  std::optional<preflight::Inspection> inspection;
  helios::Reading reading =
      helios::read_flow([&] { return std::make_unique<helios::FileSource>(file); }, rules.limits,
                        {}, [&]() -> xml::Events& { return inspection.emplace(); });
  PreflightReport report{.flow = std::move(reading.flow), .findings = inspection->take()};
  add_schema_faults(schema_faults(file, rules.schemas), report.findings);
  std::ranges::move(check_pes_aller(report.flow, rules.tdt_max_bytes),
                    std::back_inserter(report.findings));
  add_name_sent_before(report.flow, rules, report.findings);
  if (report.flow.signatures > 0) {
    std::ranges::move(preflight::signature_faults(file, rules),
                      std::back_inserter(report.findings));
  }
  leave_out_what_the_tdt_says(report.findings);
  put_in_order(report.findings);
  return report;
}

}  // namespace pes
