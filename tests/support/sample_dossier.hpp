#pragma once

#include "pes/dossier.hpp"
#include "pes/event.hpp"

namespace pes::test {

inline DossierId sample_id(std::string_view text = "O5uC72H") {
  return DossierId::parse(text).value();
}

inline Instant sample_instant(int seconds = 0) {
  return std::chrono::sys_days(std::chrono::year(2022) / 3 / 2) + std::chrono::hours(15) +
         std::chrono::minutes(48) + std::chrono::seconds(8 + seconds);
}

inline User sample_user() { return {.id_u = "4", .name = "adminMegalis"}; }

/// A dossier as it stands after its creation: one row, no file.
inline Dossier sample_dossier(std::string_view id = "O5uC72H") {
  Dossier dossier;
  dossier.id_d = sample_id(id);
  dossier.id_e = "12";
  dossier.type = "pes-avec-signature";
  dossier.creation = sample_instant();
  dossier.modification = sample_instant();
  dossier.fields.emplace(field::envoi_sae, "1");
  dossier.etats.push_back(
      {.action = Action::creation, .date = sample_instant(), .user = sample_user(), .id_j = 1});
  dossier.id_j = 1;
  dossier.id_j_sha256 = std::string(64, 'a');
  return dossier;
}

/// An event about it, before the journal has numbered it.
inline Event sample_event(std::string_view message = "Création du document") {
  Event event;
  event.date = sample_instant();
  event.id_e = "12";
  event.user = sample_user();
  event.id_d = sample_id();
  event.document_type = "pes-avec-signature";
  event.titre = "TEST-PES-0322";
  event.action = "creation";
  event.message = message;
  event.change = Change{.row = Action::creation};
  return event;
}

}  // namespace pes::test
