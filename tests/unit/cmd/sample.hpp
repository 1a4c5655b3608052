#pragma once

#include "pes/dossier.hpp"
#include "pes/entity.hpp"

#include <chrono>

namespace pes::test {

/// 02/03/2022 15:48:08 in Paris, as on the screens of the tutorial.
inline Instant tutorial_start() {
  using namespace std::chrono_literals;
  return std::chrono::sys_days(std::chrono::year(2022) / 3 / 2) + 14h + 48min + 8s;
}

inline EntityTree tutorial_entities() {
  return EntityTree({{.id_e = "1", .denomination = "zTest_Megalis"},
                     {.id_e = "2", .denomination = "test", .entite_mere = "1"}});
}

inline Dossier tutorial_dossier() {
  using namespace std::chrono_literals;
  Dossier dossier;
  dossier.id_d = *DossierId::parse("O5uC72H");
  dossier.id_e = "2";
  dossier.type = "pes-avec-signature";
  dossier.creation = tutorial_start();
  dossier.modification = tutorial_start() + 10s;
  dossier.fields.emplace(field::objet, "TEST-PES-0322");
  dossier.files.emplace(
      field::fichier_pes,
      StoredFile{.name = "test-032022.xml", .path = "a", .size = 3, .sha256 = "ab"});
  const User person{.id_u = "7", .name = "adminMegalis"};
  dossier.etats = {{Action::creation, tutorial_start(), person, 2},
                   {Action::modification, tutorial_start() + 10s, person, 3}};
  return dossier;
}

}  // namespace pes::test
