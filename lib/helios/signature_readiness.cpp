#include "helios/finding_rules.hpp"
#include "helios/flow_checks.hpp"
#include "support/text.hpp"
#include "xml/names.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace pes::helios {

namespace {

xml::Position position(const FilePlace& place) { return {place.line, place.column}; }

bool is_true(const std::string& value) { return value == "1" || value == "true"; }

std::string name_of(const Bordereau& bordereau) {
  return bordereau.id_bord.empty() ? tr("without number") : bordereau.id_bord;
}

bool is_signed(const PesAller& flow, Domain domain) {
  return flow.root_is_signed ||
         std::any_of(flow.bordereaux.begin(), flow.bordereaux.end(),
                     [&](const Bordereau& b) { return b.domain == domain && b.is_signed; });
}

void check_domain(const PesAller& flow, Domain domain, std::vector<Finding>& findings) {
  const bool depense = domain == Domain::depense;
  if (depense ? !flow.has_depense : !flow.has_recette) return;
  const std::string block = depense ? "PES_DepenseAller" : "PES_RecetteAller";
  const xml::Position at = position(depense ? flow.depense_at : flow.recette_at);
  const bool demat = is_true((depense ? flow.demat_depense : flow.demat_recette).value_or("0"));
  const bool signature = is_signed(flow, domain);
  if (demat && !signature) {
    findings.push_back(finding("demat.unsigned",
                               say("{1} has InfoDematerialisee 1 and no signature: Hélios refuses "
                                   "the flow unless it is signed before it is sent",
                                   {block}),
                               at));
  }
  if (!demat && signature) {
    findings.push_back(finding(
        "demat.signed",
        say("{1} is signed but its InfoDematerialisee is not 1: Hélios refuses the flow", {block}),
        at));
  }
}

}  // namespace

void check_dematerialisation(const PesAller& flow, std::vector<Finding>& findings) {
  check_domain(flow, Domain::depense, findings);
  check_domain(flow, Domain::recette, findings);
}

void check_coverage(const PesAller& flow, std::vector<Finding>& findings) {
  const auto count = std::count_if(flow.bordereaux.begin(), flow.bordereaux.end(),
                                   [](const Bordereau& b) { return b.is_signed; });
  if (flow.root_is_signed || count == 0) return;
  for (const Bordereau& bordereau : flow.bordereaux) {
    if (bordereau.is_signed) continue;
    findings.push_back(
        finding("signature.partial",
                say("bordereau {1} is not signed although others are", {name_of(bordereau)}),
                {bordereau.line, bordereau.column}));
  }
}

void check_ids(const PesAller& flow, std::vector<Finding>& findings) {
  std::set<std::string> seen;
  const auto check_id = [&](const std::string& id, xml::Position at) {
    if (id.empty()) return;
    if (!xml::is_ncname(id)) {
      findings.push_back(
          finding("id.not-a-name",
                  say("the Id {1} is not an XML name, no signature can refer to it", {id}), at));
    }
    if (!seen.insert(id).second) {
      findings.push_back(finding(
          "id.duplicate", say("the Id {1} is used twice, no signature can refer to it", {id}), at));
    }
  };
  check_id(flow.root_id, position(flow.root_at));
  for (const Bordereau& bordereau : flow.bordereaux) {
    check_id(bordereau.id, {bordereau.line, bordereau.column});
  }

  if (flow.signatures > 0) return;
  if (!flow.has_depense && !flow.has_recette) {
    findings.push_back(finding("signature.no-bordereau",
                               tr("without dépense or recette, the flow cannot be signed")));
    return;
  }
  const bool named = std::none_of(flow.bordereaux.begin(), flow.bordereaux.end(),
                                  [](const Bordereau& b) { return b.id.empty(); });
  const bool by_bordereau = named && !flow.bordereaux.empty();
  if (!by_bordereau && flow.root_id.empty()) {
    findings.push_back(finding("signature.no-id",
                               tr("the flow cannot be signed: neither its root nor all of its "
                                  "bordereaux have an Id"),
                               position(flow.root_at)));
  }
}

}  // namespace pes::helios
