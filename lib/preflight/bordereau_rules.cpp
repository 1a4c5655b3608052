#include "preflight/bordereau_rules.hpp"

#include "preflight/number_text.hpp"
#include "support/text.hpp"

namespace pes::preflight {

namespace {

void refuse_type(const Values& values, Findings& findings) {
  findings.add("bordereau.type",
               say("TypBord {1} is of what Hélios sends, not of what it is sent",
                   {values.text(Field::typ_bord)}),
               values.at(Field::typ_bord));
}

void check_cumul(const Values& values, Findings& findings) {
  if (!is_true(values.text(Field::info_dematerialisee))) return;
  if (centimes(values.text(Field::mt_cumul_annuel)).value_or(0) > 0) return;
  findings.add("bordereau.cumul",
               tr("InfoDematerialisee 1 wants a MtCumulAnnuel above zero in each bordereau"),
               values.at(Field::bordereau));
}

}  // namespace

void check_bloc_depense(const Values& values, Findings& findings) {
  if (values.is(Field::typ_bord, "04")) refuse_type(values, findings);
  check_cumul(values, findings);
}

void check_bloc_recette(const Values& values, Findings& findings) {
  constexpr std::string_view ormc = "06";
  if (values.is(Field::typ_bord, "04") || values.is(Field::typ_bord, "05")) {
    refuse_type(values, findings);
  }
  if (!values.is(Field::typ_bord, ormc)) check_cumul(values, findings);
}

}  // namespace pes::preflight
