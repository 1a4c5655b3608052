#include "preflight/bank_rules.hpp"

#include "preflight/bank_account.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>

namespace pes::preflight {

namespace {

constexpr std::array<std::string_view, 2> with_account{"03", "05"};
constexpr std::array<std::string_view, 7> without_account{"01", "02", "04", "07", "08", "09", "11"};

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool are_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

void check_iban(const Values& values, Findings& findings) {
  const std::string_view iban = values.text(Field::iban);
  if (!has_right_iban_key(iban)) {
    findings.add("bank.iban", tr("the key of the IBAN is wrong: a character of it was mistyped"),
                 values.at(Field::iban));
    return;
  }
  constexpr std::string_view home = "FR";
  if (!iban.starts_with(home) && !values.has(Field::bic)) {
    findings.add("bank.bic", tr("an account abroad has no BIC"), values.at(Field::iban));
  }
}

void check_rib(const Values& values, Findings& findings) {
  for (const Field field : {Field::code_etab, Field::code_guic, Field::id_cpte, Field::cle_rib}) {
    if (!values.text(field).empty()) continue;
    findings.add("bank.rib", tr("the RIB is not complete: bank, branch, account and key"),
                 values.at(Field::cpte_bancaire));
    return;
  }
  if (has_right_rib_key(values.text(Field::code_etab), values.text(Field::code_guic),
                        values.text(Field::id_cpte), values.text(Field::cle_rib))) {
    return;
  }
  findings.add("bank.rib", tr("the key of the RIB is wrong: a character of it was mistyped"),
               values.at(Field::cle_rib));
}

}  // namespace

void check_account(const Values& values, Findings& findings) {
  if (values.has(Field::iban)) {
    check_iban(values, findings);
  } else if (values.has(Field::code_etab)) {
    check_rib(values, findings);
  }
  if (values.has(Field::id_pay_int) == values.has(Field::id_banc_int)) return;
  findings.add("bank.intermediary", tr("of IdPayInt and IdBancInt one stands without the other"),
               values.at(Field::cpte_bancaire));
}

void check_payment(const Values& values, Findings& findings) {
  const std::string_view mod_regl = values.text(Field::mod_regl);
  const bool has_account = values.has(Field::cpte_bancaire);
  if (is_one_of(with_account, mod_regl) && !has_account) {
    findings.add("bank.required",
                 say("ModRegl {1} wants a CpteBancaire, there is none", {mod_regl}),
                 values.at(Field::mod_regl));
  }
  if (is_one_of(without_account, mod_regl) && has_account) {
    findings.add("bank.unexpected", say("ModRegl {1} excludes a CpteBancaire", {mod_regl}),
                 values.at(Field::cpte_bancaire));
  }
}

void check_direct_debit(const Values& values, Findings& findings) {
  constexpr std::size_t former_length = 6;
  constexpr std::size_t ics_length = 13;
  if (!values.has(Field::ancien_ics)) return;
  const std::string_view ics = values.text(Field::ancien_ics);
  if (ics.size() == ics_length || (ics.size() == former_length && are_digits(ics))) return;
  findings.add(
      "sepa.former-ics",
      say("AncienICS « {1} » is neither an ICS of 13 characters nor a number of 6 digits", {ics}),
      values.at(Field::ancien_ics));
}

}  // namespace pes::preflight
