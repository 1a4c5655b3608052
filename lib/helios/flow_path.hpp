#pragma once

#include <string_view>

namespace pes::helios {

/// The elements of a PES Aller whose content is looked at, by their place (pes §4).
enum class Place {
  elsewhere,
  root,
  enveloppe,
  parametres,
  entete_pes,
  depense,
  recette,
  facture,
  marche,
  pes_pj,
  entete_depense,
  entete_recette,
  bordereau,
  bloc_bordereau,
  piece,
  bloc_piece,
  info_pce,
  ligne_de_piece,
  bloc_ligne_piece,
  info_ligne,
  pj,
  ref_compta,
};

/// The place of an element without namespace, from its parent's.
Place place_of(Place parent, std::string_view name);

}  // namespace pes::helios
