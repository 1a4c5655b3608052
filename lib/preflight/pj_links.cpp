#include "preflight/pj_links.hpp"

#include "support/text.hpp"

#include <functional>
#include <string>

namespace pes::preflight {

namespace {

/// Beyond it nothing is said of what comes: no flow has as many.
constexpr std::size_t most_links = 1'000'000;

}  // namespace

PjLinks::Link* PjLinks::link(std::string_view id_unique) {
  const std::size_t digest = std::hash<std::string_view>()(id_unique);
  const auto found = links_.find(digest);
  if (found != links_.end()) return &found->second;
  return links_.size() < most_links ? &links_[digest] : nullptr;
}

void PjLinks::refer(const Values& values) {
  const std::string_view id_unique = values.text(Field::ref_id_unique);
  Link* const named = id_unique.empty() ? nullptr : link(id_unique);
  if (named == nullptr || named->is_named) return;
  named->is_named = true;
  const bool electronic =
      !values.is(Field::ref_support, "02") && !values.is(Field::ref_support, "03");
  named->support = electronic ? Support::electronic : Support::other;
  if (!electronic) return;
  if (absent_++ == 0) first_at_ = values.at(Field::pj_ref);
}

void PjLinks::provide(const Values& values, Findings& findings) {
  const std::string_view id_unique = values.text(Field::pj_id_unique);
  Link* const provided = id_unique.empty() ? nullptr : link(id_unique);
  if (provided == nullptr) return;
  const xml::Position at = values.at(Field::pj_id_unique);
  if (provided->is_there) {
    findings.add("pj.duplicate", say("the IdUnique {1} is that of another PJ too", {id_unique}),
                 at);
    return;
  }
  provided->is_there = true;
  if (!provided->is_named) {
    if (values.has(Field::ref_compta)) return;
    findings.add("pj.orphan",
                 say("no PJRef names the PJ {1}, and it has no RefCompta", {id_unique}), at);
    return;
  }
  if (provided->support == Support::other) {
    findings.add("pj.not-electronic",
                 say("its PJRef says that the PJ {1} is on paper or on a disc", {id_unique}), at);
    return;
  }
  --absent_;
}

void PjLinks::finish(Findings& findings) const {
  if (absent_ == 0) return;
  findings.add("pj.absent",
               say("PJs that PJRefs name and that are not in this flow: {1}; they must have been "
                   "sent before, or come later",
                   {std::to_string(absent_)}),
               first_at_);
}

}  // namespace pes::preflight
