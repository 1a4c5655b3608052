#include "preflight/asap_rules.hpp"

#include "preflight/number_text.hpp"
#include "support/text.hpp"

#include <cstdint>
#include <string>

namespace pes::preflight {

namespace {

constexpr std::string_view centre_d_encaissement = "25";
constexpr std::string_view comptable_emetteur = "26";
constexpr std::string_view pes_facture = "006";
constexpr std::int64_t most_with_tip = 15'000'000;  // 150 000,00 €

bool is_for_patients(const Values& values) { return values.is(Field::type_fact, "10"); }

bool is_asap(const Values& values) {
  return values.is(Field::type_fact, "09") || is_for_patients(values);
}

void check_there(const Values& values, Field field, std::string_view name, Findings& findings) {
  if (values.has(field)) return;
  findings.add("facture.reference", say("an ASAP wants {1}", {name}),
               values.at(Field::facture_indiv));
}

void check_once(int count, std::string_view type, const Values& values, Findings& findings) {
  if (count == 1) return;
  findings.add("facture.tiers",
               say("an ASAP has one Tiers of TypTiers {1}, not {2}", {type, std::to_string(count)}),
               values.at(Field::type_fact));
}

}  // namespace

void check_asap(const Values& values, Findings& findings) {
  if (!is_asap(values)) return;
  check_there(values, Field::ref_titre, "RefTitre", findings);
  check_there(values, Field::talon_optique, "TalonOptique2Lignes", findings);
  check_there(values, Field::mode_recouvrement, "ModeRecouvrement", findings);
  if (!values.has(Field::mode_recouvrement)) return;
  const bool is_with_tip = !is_true(values.text(Field::mode_recouvrement));
  if (is_with_tip && is_for_patients(values)) {
    findings.add("facture.tip", tr("an ASAP of type 10 has no TIP: ModeRecouvrement 1"),
                 values.at(Field::mode_recouvrement));
  }
  const auto amount = centimes(values.text(Field::mt_total_ttc));
  if (is_with_tip && amount && *amount > most_with_tip) {
    findings.add("facture.tip", tr("an ASAP with TIP is of 150,000.00 at most"),
                 values.at(Field::mt_total_ttc));
  }
}

void AsapTiers::begin() { *this = {}; }

void AsapTiers::add(const Values& values) {
  if (values.is(Field::typ_tiers, centre_d_encaissement)) ++paid_to_;
  if (values.is(Field::typ_tiers, comptable_emetteur)) ++sent_by_;
}

void AsapTiers::check(const Values& values, Findings& findings) const {
  if (!is_asap(values)) return;
  check_once(paid_to_, centre_d_encaissement, values, findings);
  check_once(sent_by_, comptable_emetteur, values, findings);
}

void AsapOfTitre::refer(const Values& values) {
  if (values.is(Field::ref_type_pj, pes_facture)) ++count_;
}

void AsapOfTitre::check(const Values& values, Findings& findings) const {
  if (count_ <= 1) return;
  findings.add("facture.several", tr("a titre has one PJ of type 006 at most"),
               values.at(Field::piece));
}

}  // namespace pes::preflight
