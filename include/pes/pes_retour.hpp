#pragma once

#include "pes/export.hpp"
#include "pes/pes_aller.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pes {

/// What the accountant says of a line of a piece (pes §10). As everywhere in a PES Retour, values
/// are the `V` attributes as they stand, empty when absent.
struct RetourLigne {
  std::string id_ligne, etat, obs_etat, commentaire, mt_ht, mt_tva;
  std::string mt_regle;  // MtPayTot of a dépense, MtRecoTot of a recette
};

/// What the accountant says of a mandat or a titre.
struct RetourPiece {
  std::string id_pce, typ_pce, nat_pce, obj, etat, obs_etat, commentaire;
  std::string dte_pec, dte_rej, dte_inst;  // prise en charge, rejet, mise en instance
  std::vector<RetourLigne> lignes;
  /// Rejected after it was taken in charge: its number can never be used again (pes §10).
  [[nodiscard]] PES_EXPORT bool number_is_lost() const;
};

struct RetourBordereau {
  Domain domain = Domain::depense;
  std::string exer, id_bord, typ_bord;
  std::string mt_ttc, dte_pec, dte_rej, dte_inst;  // of a BordereauORMCGlobal alone
  std::vector<RetourPiece> pieces;
  /// No answer to a bordereau of ours: the accountant asks for mandats or titres that regularise
  /// (pes §10).
  [[nodiscard]] PES_EXPORT bool asks_for_regularisation() const;
};

/// What a third party still owes, by local product.
struct RetourReste {
  std::string ref_tiers, cod_prod_loc, rar, rar_frais;
};

/// A PES Retour, which the accountant sends of his own accord (pes §10).
struct PesRetour {
  std::string typ_fic, nom_fic;
  std::string dte_str, id_post, libelle_poste, id_coll, cod_coll, cod_bud, libelle_col_bud;
  std::string typ_restit;  // the first one, when it has several domains
  bool has_depense = false, has_recette = false, has_client = false;
  std::vector<RetourBordereau> bordereaux;
  std::vector<RetourReste> restes;
  /// « PES_DepenseRetour, PES_RecetteRetour », in the order of the schema.
  [[nodiscard]] PES_EXPORT std::string domains() const;
};

/// Reads a PES Retour leniently: what the schemas want and is not there is empty. Throws
/// input_empty, input_not_xml, input_encoding, input_doctype, input_not_pes (another root).
/// @param name what messages call it
PES_EXPORT PesRetour read_pes_retour(std::string_view bytes, const std::string& name);

// The lists of codes (pes §10), which mean other things in the two domains. A code that no list
// has is given as it stands.

PES_EXPORT std::string typ_restit_label(std::string_view code);
PES_EXPORT std::string etat_pce_label(Domain domain, std::string_view code);
PES_EXPORT std::string etat_lig_pce_label(Domain domain, std::string_view code);
PES_EXPORT std::string typ_bord_label(Domain domain, std::string_view code);
/// Reasons are one or several codes joined by `-`; their labels are joined by ` ; `.
PES_EXPORT std::string obs_etat_label(Domain domain, std::string_view codes);

}  // namespace pes
