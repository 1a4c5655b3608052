#include "deposit_forms.hpp"

#include "csv.hpp"
#include "junit.hpp"

namespace pes::cmd {

namespace {

using Result = DepositedFlow::Result;

std::string id_of(const DepositedFlow& flow) {
  return flow.dossier ? flow.dossier->id_d.text() : std::string();
}

void add_failure(pugi::xml_node node, const char* kind, const DepositedFlow& flow) {
  pugi::xml_node failure = node.append_child(kind);
  set(failure, "type", flow.error ? id(flow.error->code()) : id(flow.result));
  set(failure, "message", reason_of(flow));
}

void add_flow(pugi::xml_node suite, const DepositedFlow& flow, JunitCounts& counts) {
  pugi::xml_node node = append_case(suite, "pes deposit", flow.file);
  ++counts.tests;
  switch (flow.result) {
    case Result::refused:
      ++counts.failures;
      add_failure(node, "failure", flow);
      break;
    case Result::failed:
      ++counts.errors;
      add_failure(node, "error", flow);
      break;
    case Result::left:
      set(node.append_child("skipped"), "message", reason_of(flow));
      break;
    case Result::created:
    case Result::signed_here:
    case Result::sent:
    case Result::already_known:
    case Result::pending:
      add_text(node.append_child("system-out"), reason_of(flow));
      break;
  }
}

}  // namespace

std::string deposit_csv(const std::vector<DepositedFlow>& flows) {
  std::string lines = csv_row(
      {"file", "result", "id_d", "id_e", "titre", "last_action", "moved_to", "code", "message"});
  for (const DepositedFlow& flow : flows) {
    const std::optional<Dossier>& dossier = flow.dossier;
    lines += csv_row({flow.file, std::string(id(flow.result)), id_of(flow),
                      dossier ? dossier->id_e : std::string(),
                      dossier ? dossier->titre() : std::string(),
                      dossier ? std::string(id(dossier->state())) : std::string(), flow.moved_to,
                      flow.error ? std::string(id(flow.error->code())) : std::string(),
                      flow.error ? flow.error->message() : flow.why_left});
  }
  return lines;
}

std::string deposit_junit(const std::vector<DepositedFlow>& flows) {
  JunitDocument document("pes deposit");
  pugi::xml_node suite = document.suites().append_child("testsuite");
  set(suite, "name", "pes deposit");
  JunitCounts counts;
  for (const DepositedFlow& flow : flows) add_flow(suite, flow, counts);
  set_counts(suite, counts);
  set_counts(document.suites(), counts);
  return document.text();
}

}  // namespace pes::cmd
