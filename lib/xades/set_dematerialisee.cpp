#include "xades/set_dematerialisee.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"
#include "xades/dematerialisation.hpp"

#include <algorithm>

namespace pes::xades {

using Kind = helios::SignableElement::Kind;

namespace {

bool signs_in(const SigningPlan& plan, const helios::Reading& reading, Domain domain) {
  if (plan.mode == SignatureMode::root) {
    return domain == Domain::depense ? reading.flow.has_depense : reading.flow.has_recette;
  }
  const Kind kind = domain == Domain::depense ? Kind::depense : Kind::recette;
  return std::any_of(plan.elements.begin(), plan.elements.end(),
                     [&](std::size_t rank) { return reading.elements[rank].kind == kind; });
}

Error not_dematerialised(Domain domain, const std::filesystem::path& file) {
  return {
      ErrorCode::input_not_dematerialised,
      say("InfoDematerialisee is not 1 in {1} of {2}: signed like that, Hélios rejects the flow",
          {header_name(domain), file.native()}),
      tr("have it produced with the value 1, or sign with --set-dematerialisee to change it")};
}

Error nothing_to_change(Domain domain, const std::filesystem::path& file) {
  return {ErrorCode::input_not_dematerialised,
          say("{1} of {2} has no value of InfoDematerialisee to be changed, which counts as 0: "
              "signed like that, Hélios rejects the flow",
              {header_name(domain), file.native()}),
          tr("have it produced with InfoDematerialisee 1")};
}

}  // namespace

std::vector<helios::Replacement> dematerialising_changes(const helios::Reading& reading,
                                                         const SigningPlan& plan, bool allowed,
                                                         const std::filesystem::path& file) {
  std::vector<helios::Replacement> changes;
  for (const Domain domain : {Domain::depense, Domain::recette}) {
    if (!signs_in(plan, reading, domain) || is_dematerialised(reading, domain)) continue;
    const std::vector<helios::DematValue> others = other_demat_values(reading, domain);
    if (others.empty()) throw nothing_to_change(domain, file);
    if (!allowed) throw not_dematerialised(domain, file);
    for (const helios::DematValue& other : others) {
      if (other.bytes.end == 0) throw nothing_to_change(domain, file);
      changes.push_back({other.bytes, "1"});
    }
  }
  std::sort(changes.begin(), changes.end(), [](const auto& left, const auto& right) {
    return left.bytes.begin < right.bytes.begin;
  });
  return changes;
}

}  // namespace pes::xades
