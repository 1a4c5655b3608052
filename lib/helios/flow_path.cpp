#include "helios/flow_path.hpp"

#include <array>
#include <cstddef>

namespace pes::helios {

namespace {

struct Step {
  Place parent;
  std::string_view name;
  Place child;
};

/// Those of one parent stand together.
constexpr std::array<Step, 22> steps = {{
    {Place::root, "Enveloppe", Place::enveloppe},
    {Place::root, "EnTetePES", Place::entete_pes},
    {Place::root, "PES_DepenseAller", Place::depense},
    {Place::root, "PES_RecetteAller", Place::recette},
    {Place::root, "PES_Facture", Place::facture},
    {Place::root, "PES_Marche", Place::marche},
    {Place::root, "PES_PJ", Place::pes_pj},
    {Place::enveloppe, "Parametres", Place::parametres},
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

constexpr std::size_t place_count = static_cast<std::size_t>(Place::ref_compta) + 1;

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

constexpr std::array<Range, place_count> steps_from = [] {
  std::array<Range, place_count> ranges{};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Range& range = ranges[static_cast<std::size_t>(steps[i].parent)];
    if (range.end == 0) range.begin = i;
    range.end = i + 1;
  }
  return ranges;
}();

}  // namespace

Place place_of(Place parent, std::string_view name) {
  const Range range = steps_from[static_cast<std::size_t>(parent)];
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (steps[i].name == name) return steps[i].child;
  }
  return Place::elsewhere;
}

}  // namespace pes::helios
