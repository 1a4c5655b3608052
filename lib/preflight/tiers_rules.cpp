#include "preflight/tiers_rules.hpp"

#include "preflight/number_text.hpp"
#include "preflight/social_security_number.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace pes::preflight {

namespace {

constexpr std::string_view natural_person = "01";

bool are_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The form that NatIdTiers says (pes §12); of the codes that are not here anything goes.
struct Identifier {
  std::string_view code;
  const char* name;
  std::size_t least;
  std::size_t most;
  std::size_t leading_digits;  // how many characters at the beginning are digits
  bool persons_only;
};
constexpr std::size_t all_of_it = 80;
constexpr std::array<Identifier, 10> identifiers{{
    {"01", "SIRET", 14, 14, all_of_it, false},
    {"02", "SIREN", 9, 9, all_of_it, false},
    {"03", "FINESS", 9, 9, 0, false},
    {"04", "NIR", 15, 15, 0, true},
    {"05", "TVA", 4, 18, 0, false},
    {"07", "TAHITI", 9, 9, 0, false},
    {"08", "RIDET", 9, 10, all_of_it, false},
    {"10", "FRWF", 5, 18, 0, false},
    {"11", "IREP", 5, 80, 5, true},
    {"12", "NFP", 13, 13, all_of_it, true},
}};

bool fits(const Identifier& form, std::string_view value) {
  if (value.size() < form.least || value.size() > form.most) return false;
  if (!are_digits(value.substr(0, form.leading_digits))) return false;
  if (form.code == "04") return has_right_nir_key(value);
  return form.code != "10" || value.starts_with("FRWF");
}

void check_identifier(const Values& values, Findings& findings) {
  const std::string_view code = values.text(Field::nat_id_tiers);
  const auto* form =
      std::find_if(identifiers.begin(), identifiers.end(),
                   [&](const Identifier& candidate) { return candidate.code == code; });
  if (!values.has(Field::id_tiers) || form == identifiers.end()) return;
  // Whoever reads the report need not know a person's number.
  if (!fits(*form, values.text(Field::id_tiers))) {
    findings.add("tiers.identifier",
                 say("IdTiers has not the form of NatIdTiers {1}, {2}", {code, form->name}),
                 values.at(Field::id_tiers));
  }
  if (form->persons_only && !values.is(Field::cat_tiers, natural_person)) {
    findings.add("tiers.person",
                 say("NatIdTiers {1}, {2}, is of natural persons: CatTiers is « {3} »",
                     {code, form->name, values.text(Field::cat_tiers)}),
                 values.at(Field::nat_id_tiers));
  }
}

void check_title(const Values& values, Findings& findings) {
  constexpr std::string_view out_of_use = "mademoiselle";
  if (lowered_ascii(values.text(Field::civilite)) != out_of_use) return;
  findings.add("tiers.civilite", tr("Hélios refuses the Civilite « Mademoiselle »"),
               values.at(Field::civilite));
}

void check_name(const Values& values, Findings& findings) {
  const bool is_person = values.is(Field::cat_tiers, natural_person);
  for (const auto& [field, name] :
       {std::pair{Field::civilite, "Civilite"}, std::pair{Field::prenom, "Prenom"}}) {
    if (values.has(field) == is_person) continue;
    if (is_person) {
      findings.add("tiers.civilite", say("CatTiers 01 wants a {1}, there is none", {name}),
                   values.at(Field::cat_tiers));
    } else {
      findings.add("tiers.civilite",
                   say("CatTiers « {1} » has no {2}", {values.text(Field::cat_tiers), name}),
                   values.at(field));
    }
  }
}

void check_birth(const Values& values, Findings& findings) {
  if (values.is(Field::cat_tiers, natural_person)) return;
  for (const auto& [field, name] : {std::pair{Field::dte_naissance, "DteNaissance"},
                                    std::pair{Field::lieu_naissance, "LieuNaissance"}}) {
    if (!values.has(field)) continue;
    findings.add("tiers.person",
                 say("{1} is of natural persons: CatTiers is « {2} »",
                     {name, values.text(Field::cat_tiers)}),
                 values.at(field));
  }
}

void check_address(const Values& values, Findings& findings) {
  constexpr std::size_t length = 5;
  constexpr std::uint64_t france = 100;
  if (!values.has(Field::adresse)) return;
  if (values.has(Field::cp) && values.text(Field::cp).size() != length) {
    findings.add("tiers.postcode",
                 say("CP « {1} » has not 5 digits (99999 abroad)", {values.text(Field::cp)}),
                 values.at(Field::cp));
  }
  if (!values.has(Field::cod_res)) return;
  const bool abroad = is_true(values.text(Field::cod_res));
  if (abroad && !values.has(Field::cod_pays)) {
    findings.add("tiers.country", tr("CodRes 1, an address abroad, wants a CodPays"),
                 values.at(Field::cod_res));
  }
  if (!abroad && values.has(Field::cod_pays) && !is_number(values.text(Field::cod_pays), france)) {
    findings.add("tiers.country", tr("CodRes 0, an address in France, excludes a CodPays"),
                 values.at(Field::cod_pays));
  }
}

}  // namespace

void check_tiers_depense(const Values& values, Findings& findings) {
  check_identifier(values, findings);
  check_title(values, findings);
  check_name(values, findings);
  check_address(values, findings);
}

void check_tiers_recette(const Values& values, Findings& findings) {
  check_identifier(values, findings);
  check_title(values, findings);
  check_birth(values, findings);
  check_address(values, findings);
}

}  // namespace pes::preflight
