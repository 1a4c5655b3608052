#include "helios/finding_rules.hpp"
#include "helios/flow_checks.hpp"
#include "pes/pes_aller.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace pes {

namespace {

using helios::finding;

std::string_view without_zeros(std::string_view number) {
  return number.substr(std::min(number.find_first_not_of('0'), number.size()));
}

/// `12` and `0012` are the same number; no number equals nothing.
bool is_number(std::string_view text, std::uint64_t number) {
  const std::string digits = number == 0 ? "" : std::to_string(number);
  return !text.empty() && without_zeros(text) == digits;
}

std::string name_of(const Bordereau& bordereau) {
  return bordereau.id_bord.empty() ? tr("without number") : bordereau.id_bord;
}

void check_text(const PesAller& flow, std::vector<Finding>& findings) {
  if (flow.c1_bytes) {
    findings.push_back(
        finding("encoding.c1", tr("the file has bytes from 0x80 to 0x9F, which mean nothing in "
                                  "ISO-8859-1: the text certainly is Windows-1252")));
  }
  constexpr std::string_view usual =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._- ";
  if (flow.nom_fic.find_first_not_of(usual) != std::string::npos) {
    findings.push_back(finding(
        "nomfic.characters",
        say("NomFic has characters other than letters without accent, digits, « . », « _ », « - » "
            "and blanks: {1}",
            {flow.nom_fic}),
        {flow.nom_fic_at.line, flow.nom_fic_at.column}));
  }
}

void check_counts(const PesAller& flow, std::vector<Finding>& findings) {
  for (const Bordereau& bordereau : flow.bordereaux) {
    if (is_number(bordereau.nbr_pce, bordereau.pieces)) continue;
    findings.push_back(
        finding("nbrpce.different",
                say("bordereau {1} has {2} pieces, its NbrPce is « {3} »",
                    {name_of(bordereau), std::to_string(bordereau.pieces), bordereau.nbr_pce}),
                {bordereau.line, bordereau.column}));
  }
}

/// A bordereau is known by its year, type and number (pes §12); those sent before are not known
/// here.
void check_numbers(const PesAller& flow, std::vector<Finding>& findings) {
  std::unordered_set<std::string> seen;
  for (const Bordereau& bordereau : flow.bordereaux) {
    if (bordereau.id_bord.empty()) continue;
    const std::string name =
        fill("{1} {2} {3} {4}", {bordereau.domain == Domain::depense ? "D" : "R", bordereau.exer,
                                 bordereau.typ_bord, without_zeros(bordereau.id_bord)});
    if (seen.insert(name).second) continue;
    findings.push_back(finding(
        "bordereau.duplicate",
        say("bordereau {1} of {2} stands twice in the flow", {bordereau.id_bord, bordereau.exer}),
        {bordereau.line, bordereau.column}));
  }
}

}  // namespace

std::vector<Finding> check_pes_aller(const PesAller& flow, std::uint64_t max_bytes) {
  std::vector<Finding> findings;
  helios::check_arrival(flow, max_bytes, findings);
  helios::check_routing(flow, findings);
  check_text(flow, findings);
  helios::check_dematerialisation(flow, findings);
  helios::check_coverage(flow, findings);
  helios::check_ids(flow, findings);
  check_counts(flow, findings);
  check_numbers(flow, findings);
  return findings;
}

}  // namespace pes
