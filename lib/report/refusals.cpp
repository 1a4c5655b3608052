#include "report/refusals.hpp"

#include "helios/acquit.hpp"
#include "helios/anomaly.hpp"
#include "pes/pes_acquit.hpp"

#include <algorithm>
#include <set>

namespace pes::report {

namespace {

/// Real acquits hold what no list has: beyond that many reasons, those of none are one.
constexpr std::size_t reasons_at_most = 500;

Reason reason_of(const AcquitError& error) {
  return {.num_ano = error.num_ano,
          .number = std::string(helios::number_of(error)),
          .words = meaning_of(error)};
}

std::set<Reason> reasons_of(const AcquitElement& answer) {
  std::set<Reason> reasons;
  for (const AcquitError& error : answer.errors) reasons.insert(reason_of(error));
  if (reasons.empty()) reasons.emplace();
  return reasons;
}

/// What one answer refuses, of a flow that holds so many bordereaux.
Refused refused_by(const AcquitElement& answer, std::uint64_t bordereaux) {
  if (helios::concerns_whole_flow(answer)) {
    return {.bordereaux = bordereaux, .others = bordereaux == 0 ? 1U : 0U};
  }
  return answer.num_bord.empty() ? Refused{.others = 1} : Refused{.bordereaux = 1};
}

void grow(Refused& sum, const Refused& more) {
  sum.bordereaux += more.bordereaux;
  sum.others += more.others;
}

/// What one flow was refused, which is never more than it holds.
struct OfOneFlow {
  std::uint64_t bordereaux = 0;
  Refused all;
  std::map<Reason, Refused> reasons;

  void add(const AcquitElement& answer) {
    const Refused refused = refused_by(answer, bordereaux);
    count(all, refused);
    for (const Reason& reason : reasons_of(answer)) count(reasons[reason], refused);
  }

 private:
  void count(Refused& sum, const Refused& more) const {
    grow(sum, more);
    if (bordereaux > 0) sum.bordereaux = std::min(sum.bordereaux, bordereaux);
  }
};

OfOneFlow refused_in(const PesAcquit& acquit, std::uint64_t bordereaux) {
  OfOneFlow refused{.bordereaux = bordereaux, .all = {}, .reasons = {}};
  for (const AcquitElement& answer : answers_of(acquit)) {
    if (!answer.is_accepted()) refused.add(answer);
  }
  // A PES_NonAcquit refuses without a word.
  if (acquit.elements.empty()) refused.add({.domaine = "0", .etat = "0"});
  return refused;
}

void keep_if_late(std::multimap<Instant, Dossier>& latest, const Dossier& dossier) {
  latest.emplace(dossier.last_row().date, dossier);
  if (latest.size() > named_at_most) latest.erase(latest.begin());
}

Refused& place_of(const Reason& reason, std::map<Reason, Refused>& reasons) {
  const bool has_room = reasons.size() < reasons_at_most || reasons.contains(reason);
  return reasons[has_room ? reason : Reason{}];
}

}  // namespace

void add_refusals(Refusals& refusals, const Dossier& dossier, const std::string& acquit,
                  std::uint64_t bordereaux) {
  const PesAcquit read = read_pes_acquit_leniently(acquit);
  if (read.outcome == PesAcquit::Outcome::accepted) return;
  keep_if_late(refusals.latest, dossier);
  if (read.outcome == PesAcquit::Outcome::unreadable) {
    ++refusals.unreadable_acquits;
    return;
  }
  const OfOneFlow refused = refused_in(read, bordereaux);
  ++refusals.all.flows;
  grow(refusals.all, refused.all);
  for (const auto& [reason, count] : refused.reasons) {
    Refused& sum = place_of(reason, refusals.reasons);
    ++sum.flows;
    grow(sum, count);
  }
}

std::vector<std::pair<Reason, Refused>> most_frequent_first(const Refusals& refusals) {
  std::vector<std::pair<Reason, Refused>> all(refusals.reasons.begin(), refusals.reasons.end());
  std::stable_sort(all.begin(), all.end(), [](const auto& one, const auto& other) {
    return one.second.bordereaux + one.second.others >
           other.second.bordereaux + other.second.others;
  });
  return all;
}

}  // namespace pes::report
