#include "pes/pes_aller.hpp"

#include "support/text.hpp"

namespace pes {

std::string PesAller::domains() const {
  std::vector<std::string> names;
  if (has_recette) names.emplace_back("PES_RecetteAller");
  if (has_depense) names.emplace_back("PES_DepenseAller");
  if (has_facture) names.emplace_back("PES_Facture");
  if (has_marche) names.emplace_back("PES_Marche");
  if (names.empty() && has_pj) names.emplace_back("PES_PJ");
  return join(names, ", ");
}

}  // namespace pes
