#include "flow/sent_names.hpp"
#include "pes/dossier_type.hpp"
#include "pes/flow.hpp"
#include "pes/preflight.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <iterator>

namespace pes::flow {

namespace {

/// A flow that will be signed must say so, or Hélios refuses it whole (signature §1).
void add_dematerialisation(const Dossier& dossier, const PesAller& flow,
                           std::vector<Finding>& findings) {
  const bool to_be_signed = dossier_type(dossier.type).signature == SignatureStep::required;
  if (!to_be_signed || flow.signatures > 0) return;
  const auto is_said = [](const std::optional<std::string>& value) {
    return value == "1" || value == "true";
  };
  const bool said = (!flow.has_depense || is_said(flow.demat_depense)) &&
                    (!flow.has_recette || is_said(flow.demat_recette));
  if (said) return;
  findings.push_back(
      {.severity = Severity::warning,
       .code = "demat.to-be-signed",
       .message = say("InfoDematerialisee is not 1: Hélios refuses a signed flow that says so; to "
                      "change it when signing: pes sign {1} --set-dematerialisee",
                      {dossier.id_d.text()}),
       .consequence = Consequence::flow,
       .refused_by = Refuser::helios});
}

}  // namespace

bool CheckReport::sendable() const {
  return form.empty() && std::none_of(findings.begin(), findings.end(), [](const Finding& finding) {
           return finding.severity == Severity::error;
         });
}

PreflightRules preflight_rules(const Settings& settings, const std::string& id_e, Instant now) {
  return {.limits = {},
          .tdt_max_bytes = static_cast<std::uint64_t>(settings.integer("tdt.max_size", id_e)),
          .schemas = settings.path("schemas.pes", id_e),
          .sent_before = {},
          .now = now};
}

CheckReport check(const Services& services, const DossierId& id) {
  CheckReport report;
  report.dossier = services.store.read(id);
  report.form = form_faults(report.dossier);
  for (const std::string& text : objet_warnings(report.dossier.value(field::objet))) {
    report.findings.push_back(
        {.severity = Severity::warning, .code = "objet.not-latin1", .message = text});
  }
  const StoredFile* file = report.dossier.file(field::fichier_pes);
  if (file == nullptr) return report;
  const ReadableFile readable = services.store.readable(id, *file);
  const std::string& id_e = report.dossier.id_e;
  PreflightRules rules = preflight_rules(services.settings, id_e, services.clock.now());
  rules.sent_before = [&](const FlowName& name) { return sender_of(services, name, id_e, id); };
  PreflightReport flow = check_flow({readable.path(), file->name}, rules);
  report.flow = std::move(flow.flow);
  std::ranges::move(flow.findings, std::back_inserter(report.findings));
  add_dematerialisation(report.dossier, *report.flow, report.findings);
  return report;
}

}  // namespace pes::flow
