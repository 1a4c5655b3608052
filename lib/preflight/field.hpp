#pragma once

#include <cstddef>
#include <cstdint>

namespace pes::preflight {

/// The elements that rules look at, by the element they are forgotten with: when a Bordereau
/// begins, what stands here from `bordereau` on is that of another.
enum class Field : std::uint8_t {
  none,
  version,

  domain,  // PES_DepenseAller, PES_RecetteAller, PES_Facture, PES_Marche
  id_ver,
  info_dematerialisee,
  type_fact,

  tiers_facture,
  typ_tiers,

  facture_indiv,
  mt_total_ttc,
  ref_titre,
  talon_optique,
  mode_recouvrement,

  bordereau,
  id_bord,
  typ_bord,
  mt_cumul_annuel,
  mt_bord_ht,
  mt_bord_tva,

  piece,
  typ_pce,
  nat_pce,
  id_rol,

  ligne,
  mod_regl,
  mt_ht,
  mt_tva,
  majo,
  dte_majo,
  tx_majo,
  ancien_ics,
  rattach_piece,
  nat_pce_orig,
  id_ligne_orig,
  id_conv,

  tiers,
  id_tiers,
  nat_id_tiers,
  cat_tiers,
  civilite,
  prenom,
  dte_naissance,
  lieu_naissance,
  adresse,
  cp,
  cod_res,
  cod_pays,
  cpte_bancaire,
  id_pay_int,
  id_banc_int,
  code_etab,
  code_guic,
  id_cpte,
  cle_rib,
  bic,
  iban,

  pj_ref,
  ref_support,
  ref_id_unique,
  ref_type_pj,

  pes_pj,
  id_ver_pj,

  pj,
  pj_id_unique,
  type_pj,
  ref_compta,
  domaine,
};

/// Whether what follows it in the list is forgotten when it begins.
constexpr bool begins_anew(Field field) {
  switch (field) {
    case Field::domain:
    case Field::tiers_facture:
    case Field::facture_indiv:
    case Field::bordereau:
    case Field::piece:
    case Field::ligne:
    case Field::tiers:
    case Field::pj_ref:
    case Field::pes_pj:
    case Field::pj:
      return true;
    default:
      return false;
  }
}

inline constexpr std::size_t field_count = static_cast<std::size_t>(Field::domaine) + 1;

}  // namespace pes::preflight
