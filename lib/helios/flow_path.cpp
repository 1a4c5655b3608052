#include "helios/flow_path.hpp"

#include <algorithm>
#include <array>

namespace pes::helios {

namespace {

struct Step {
  Place parent;
  std::string_view name;
  Place child;
};

constexpr std::array<Step, 22> steps = {{
    {Place::root, "Enveloppe", Place::enveloppe},
    {Place::enveloppe, "Parametres", Place::parametres},
    {Place::root, "EnTetePES", Place::entete_pes},
    {Place::root, "PES_DepenseAller", Place::depense},
    {Place::root, "PES_RecetteAller", Place::recette},
    {Place::root, "PES_Facture", Place::facture},
    {Place::root, "PES_Marche", Place::marche},
    {Place::root, "PES_PJ", Place::pes_pj},
    {Place::depense, "EnTeteDepense", Place::entete_depense},
    {Place::recette, "EnTeteRecette", Place::entete_recette},
    {Place::depense, "Bordereau", Place::bordereau},
    {Place::recette, "Bordereau", Place::bordereau},
    {Place::bordereau, "BlocBordereau", Place::bloc_bordereau},
    {Place::bordereau, "Piece", Place::piece},
    {Place::piece, "BlocPiece", Place::bloc_piece},
    {Place::bloc_piece, "InfoPce", Place::info_pce},
    {Place::piece, "LigneDePiece", Place::ligne_de_piece},
    {Place::ligne_de_piece, "BlocLignePiece", Place::bloc_ligne_piece},
    {Place::bloc_ligne_piece, "InfoLignePce", Place::info_ligne},
    {Place::bloc_ligne_piece, "InfoLignePiece", Place::info_ligne},
    {Place::pes_pj, "PJ", Place::pj},
    {Place::pj, "RefCompta", Place::ref_compta},
}};

}  // namespace

Place place_of(Place parent, std::string_view name) {
  if (parent == Place::elsewhere) return Place::elsewhere;  // where nearly all elements are
  const auto* step = std::find_if(steps.begin(), steps.end(), [&](const Step& candidate) {
    return candidate.parent == parent && candidate.name == name;
  });
  return step == steps.end() ? Place::elsewhere : step->child;
}

}  // namespace pes::helios
