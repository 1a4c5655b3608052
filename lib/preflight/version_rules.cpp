#include "preflight/version_rules.hpp"

#include "preflight/number_text.hpp"
#include "support/text.hpp"

#include <cstdint>
#include <string>

namespace pes::preflight {

namespace {

constexpr std::uint64_t of_accounts = 2;
constexpr std::uint64_t of_pjs = 1;

void check_version(helios::RuleCode code, const Values& values, Field field, std::uint64_t wanted,
                   Findings& findings) {
  const std::string_view version = values.text(field);
  if (!values.has(field) || is_number(version, wanted)) return;
  findings.add(code,
               say("Hélios wants version {1} here, not {2}", {std::to_string(wanted), version}),
               values.at(field));
}

}  // namespace

void check_envelope_version(const Values& values, Findings& findings) {
  check_version("version.unexpected", values, Field::version, of_accounts, findings);
}

void check_domain_version(const Values& values, Findings& findings) {
  check_version("version.unexpected", values, Field::id_ver, of_accounts, findings);
}

void check_pj_version(const Values& values, Findings& findings) {
  check_version("pj.version", values, Field::id_ver_pj, of_pjs, findings);
}

}  // namespace pes::preflight
