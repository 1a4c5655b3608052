#include "preflight/pj_rules.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <array>

namespace pes::preflight {

namespace {

/// The domains of the RefCompta of a type (pes §6).
struct Domains {
  std::string_view type_pj;
  std::string_view first;
  std::string_view second;
};
constexpr std::array<Domains, 14> domains{{
    {"001", "04", ""},
    {"002", "02", ""},
    {"003", "01", ""},
    {"004", "01", ""},
    {"005", "01", ""},
    {"006", "01", "02"},
    {"007", "02", ""},
    {"008", "02", ""},
    {"009", "06", ""},
    {"010", "02", ""},
    {"011", "02", ""},
    {"012", "04", ""},
    {"013", "04", ""},
    {"014", "02", ""},
}};

}  // namespace

void check_ref_compta(const Values& values, Findings& findings) {
  const std::string_view type = values.text(Field::type_pj);
  const auto* allowed = std::find_if(domains.begin(), domains.end(), [&](const Domains& candidate) {
    return candidate.type_pj == type;
  });
  if (allowed == domains.end()) return;
  const std::string_view domain = values.text(Field::domaine);
  if (domain.empty() || domain == allowed->first || domain == allowed->second) return;
  findings.add("pj.domain", say("a PJ of type {1} cannot have Domaine {2}", {type, domain}),
               values.at(Field::domaine));
}

void check_pj(const Values& values, Findings& findings) {
  const bool is_cfu = values.is(Field::type_pj, "012") || values.is(Field::type_pj, "013");
  if (!is_cfu || values.has(Field::ref_compta)) return;
  findings.add("pj.domain",
               say("a PJ of type {1} wants a RefCompta", {values.text(Field::type_pj)}),
               values.at(Field::type_pj));
}

}  // namespace pes::preflight
