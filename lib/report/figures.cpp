#include "pes/report.hpp"
#include "report/attention.hpp"
#include "report/refusals.hpp"
#include "support/file.hpp"

#include <algorithm>

namespace pes::report {

namespace {

constexpr std::size_t largest_acquit = 64U << 20U;

bool is_in(const Scope& scope, const Dossier& dossier) {
  return (!scope.since || dossier.creation >= *scope.since) &&
         (!scope.until || dossier.creation <= *scope.until);
}

/// The extraction joins the numbers of a flow by commas (workflow §2.4).
std::uint64_t bordereaux_of(const Dossier& dossier) {
  const std::string_view numbers = dossier.value(field::id_bordereau);
  if (numbers.empty()) return 0;
  return static_cast<std::uint64_t>(std::count(numbers.begin(), numbers.end(), ',')) + 1;
}

Volume volume_of(const Dossier& dossier) {
  const StoredFile* const flow = dossier.file(field::fichier_pes);
  return {
      .flows = 1, .bordereaux = bordereaux_of(dossier), .bytes = flow == nullptr ? 0 : flow->size};
}

void add(Volume& sum, const Volume& more) {
  sum.flows += more.flows;
  sum.bordereaux += more.bordereaux;
  sum.bytes += more.bytes;
}

/// The row that brought the first acquit: a rejection may come as an error of the TdT.
const Row* answer_in(const Dossier& dossier) {
  const auto& rows = dossier.etats;
  const auto is = [](Action action) {
    return [action](const Row& row) { return row.action == action; };
  };
  const auto answer = std::find_if(rows.begin(), rows.end(), is(Action::info_tdt));
  if (answer != rows.end()) return &*answer;
  if (dossier.file(field::pes_acquit) == nullptr) return nullptr;
  const auto error = std::find_if(rows.begin(), rows.end(), is(Action::tdt_error));
  return error == rows.end() ? nullptr : &*error;
}

std::optional<std::chrono::seconds> answer_time(const Dossier& dossier) {
  const Row* const answer = answer_in(dossier);
  if (answer == nullptr) return std::nullopt;
  for (const Row* row = answer; row != dossier.etats.data(); --row) {
    const Row& before = *std::prev(row);
    if (before.action == Action::send_tdt) return answer->date - before.date;
  }
  return std::nullopt;
}

void add(Acquits& acquits, const Dossier& dossier) {
  const std::string_view etat_ack = dossier.value(field::pes_etat_ack);
  if (dossier.file(field::pes_acquit) == nullptr) {
    if (!dossier.value(field::pes_tedetis_transaction_id).empty()) ++acquits.awaited;
    return;
  }
  ++(etat_ack == "1" ? acquits.ok : acquits.ko);
  if (const auto time = answer_time(dossier)) acquits.times.add(*time);
}

}  // namespace

void add(Figures& figures, const Dossier& dossier, const Scope& scope, const port::Store& store) {
  if (scope.id_e && dossier.id_e != *scope.id_e) return;
  add_attention(figures, dossier, scope.now);
  if (!is_in(scope, dossier)) return;

  const Standing standing = standing_of(dossier);
  const Volume volume = volume_of(dossier);
  add(figures.volume, volume);
  ++figures.states[dossier.state()];
  ++figures.standings[standing];
  DayFigures& day = figures.days[scope.day_of(dossier.creation)];
  add(day.volume, volume);
  ++day.standings[standing];
  add(figures.acquits, dossier);

  const StoredFile* const acquit = dossier.file(field::pes_acquit);
  if (acquit == nullptr || dossier.value(field::pes_etat_ack) != "2") return;
  add_refusals(figures.refusals, dossier,
               read_file(store.readable(dossier.id_d, *acquit).path(), largest_acquit),
               volume.bordereaux);
}

}  // namespace pes::report
