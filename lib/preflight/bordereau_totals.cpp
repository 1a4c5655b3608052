#include "preflight/bordereau_totals.hpp"

#include "preflight/number_text.hpp"
#include "support/text.hpp"

#include <string>

namespace pes::preflight {

namespace {

std::string euros(std::int64_t amount) {
  constexpr std::int64_t hundred = 100;
  const std::string cents = std::to_string(amount % hundred);
  return std::to_string(amount / hundred) + (cents.size() == 1 ? ".0" : ".") + cents;
}

bool is_above_zero(std::string_view amount) { return centimes(amount).value_or(0) > 0; }

}  // namespace

void BordereauTotals::begin() {
  without_tax_ = 0;
  has_tax_ = false;
}

void BordereauTotals::add_line(const Values& values) {
  const std::optional<std::int64_t> amount = centimes(values.text(Field::mt_ht));
  if (!amount) without_tax_.reset();
  if (without_tax_) *without_tax_ += *amount;
  if (is_above_zero(values.text(Field::mt_tva))) has_tax_ = true;
}

void BordereauTotals::check(const Values& values, Findings& findings) const {
  const std::optional<std::int64_t> announced = centimes(values.text(Field::mt_bord_ht));
  if (announced && without_tax_ && *announced != *without_tax_) {
    findings.add("amount.different",
                 say("bordereau {1} announces {2} €, its lines amount to {3} €",
                     {values.text(Field::id_bord), euros(*announced), euros(*without_tax_)}),
                 values.at(Field::mt_bord_ht));
  }
  const bool announces_tax = is_above_zero(values.text(Field::mt_bord_tva));
  if (announces_tax == has_tax_) return;
  findings.add("bordereau.tva",
               announces_tax ? tr("MtBordTVA is above zero, and no line has a MtTVA above zero")
                             : tr("a line has a MtTVA above zero, and MtBordTVA is not"),
               values.at(values.has(Field::mt_bord_tva) ? Field::mt_bord_tva : Field::bordereau));
}

}  // namespace pes::preflight
