#include "adapter/tdt/s2low_status.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace pes::tdt {

namespace {

using Stage = port::TdtStatus::Stage;

struct KnownStatus {
  int code;
  Stage stage;
  std::string_view label;
};

/// Labels: workflow §2.4 where it has one, else tdt §6. The statuses of archiving follow 8, so
/// that an acquit came before them.
constexpr std::array known_statuses{
    KnownStatus{-1, Stage::failed, "Erreur"},
    KnownStatus{0, Stage::cancelled, "Annulé"},
    KnownStatus{1, Stage::pending, "Posté"},
    KnownStatus{2, Stage::pending, "En attente de transmission"},
    KnownStatus{3, Stage::pending, "Transmis"},
    KnownStatus{4, Stage::acquit, "Acquittement reçu"},
    KnownStatus{5, Stage::pending, "Validé"},
    KnownStatus{6, Stage::acquit, "Refusé"},
    KnownStatus{7, Stage::pending, "En traitement"},
    KnownStatus{8, Stage::acquit, "Information disponible"},
    KnownStatus{9, Stage::acquit, "Envoyé au SAE"},
    KnownStatus{10, Stage::acquit, "Accepter par le SAE"},
    KnownStatus{11, Stage::acquit, "Refuser par le SAE"},
    KnownStatus{13, Stage::parked, "En attente d'être signé"},
    KnownStatus{14, Stage::parked, "En attente d'être postée"},
    KnownStatus{19, Stage::acquit, "En attente de transmission au SAE"},
    KnownStatus{20, Stage::acquit, "Erreur lors de l'envoi au SAE"},
    KnownStatus{21, Stage::acquit, "A détruire"},
    KnownStatus{22, Stage::acquit, "Détruite"},
    KnownStatus{23, Stage::acquit, "Documents indisponibles pour le SAE"},
    KnownStatus{24, Stage::no_acquit, "Transmis, sans acquittement attendu"},
};

/// An acquit takes a passage at the DGFiP's, and those are minutes apart; what waits for a person
/// has no reason to hurry (tdt §6, delays).
std::chrono::seconds soonest_change(int code) {
  constexpr int transmitted = 3;
  constexpr int to_be_signed = 13;
  constexpr int to_be_posted = 14;
  const bool is_slow = code == transmitted || code == to_be_signed || code == to_be_posted;
  return is_slow ? std::chrono::minutes(5) : std::chrono::minutes(0);
}

/// Beyond it, what holds the flow back shows nowhere but to the platform's administrator (tdt §6,
/// §11): the link to the DGFiP is down, or the acquit was lost.
port::LongestStay longest_stay(int code) {
  using Counted = port::LongestStay::Counted;
  constexpr int waiting = 2;
  constexpr int transmitted = 3;
  switch (code) {
    case waiting:
      return {std::chrono::days(2), Counted::every_day};
    case transmitted:
      return {std::chrono::days(3), Counted::working_days};
    default:
      return {};
  }
}

}  // namespace

port::TdtStatus s2low_status(int code, std::string message) {
  const auto* const known = std::find_if(known_statuses.begin(), known_statuses.end(),
                                         [code](const auto& row) { return row.code == code; });
  const bool is_known = known != known_statuses.end();
  return {.stage = is_known ? known->stage : Stage::pending,
          .code = code,
          .label = std::string(is_known ? known->label : "État inconnu"),
          .message = std::move(message),
          .soonest_change = soonest_change(code),
          .longest_stay = longest_stay(code)};
}

std::optional<int> status_number(std::string_view text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [last, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc() || last != end) return std::nullopt;
  return number;
}

}  // namespace pes::tdt
