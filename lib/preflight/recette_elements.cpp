#include "preflight/code_lists.hpp"
#include "preflight/element_table.hpp"

#include <array>

// PES_RecetteAller (pes §4).

namespace pes::preflight {

namespace {

using enum Occurs;
using Kind = ValueType::Kind;

constexpr std::array recette{
    part("EnTeteRecette", once, Shape::entete_recette),
    part("Bordereau", at_least_once, Shape::bordereau_recette, Field::bordereau)};
constexpr std::array entete{
    leaf("IdVer", once, number(2), Field::id_ver),
    leaf("InfoDematerialisee", at_most_once, boolean, Field::info_dematerialisee)};
constexpr std::array bordereau{part("BlocBordereau", once, Shape::bloc_bordereau_recette),
                               part("Piece", at_least_once, Shape::piece_recette, Field::piece),
                               part(signature_name, at_most_once, Shape::opaque)};
constexpr std::array bloc_bordereau{
    leaf("Exer", once, number(4)),
    leaf("IdBord", once, number(7), Field::id_bord),
    leaf("DteBordEm", once, date),
    leaf("TypBord", once, code(codes::typ_bord_recette), Field::typ_bord),
    leaf("NbrPce", once, number(5)),
    leaf("MtCumulAnnuel", at_most_once, amount, Field::mt_cumul_annuel),
    leaf("MtBordHt", once, amount, Field::mt_bord_ht),
    leaf("MtBordTVA", at_most_once, amount, Field::mt_bord_tva),
    leaf("DteAsp", at_most_once, date),
    leaf("Objet", at_most_once, text(160))};

constexpr std::array piece{part("BlocPiece", once, Shape::bloc_piece_recette),
                           part("LigneDePiece", at_least_once, Shape::ligne_recette, Field::ligne)};
constexpr std::array bloc_piece{leaf("CodServ", at_most_once, text(10)),
                                leaf("Affect", at_most_once, text(10)),
                                leaf("IdPce", once, number(8)),
                                leaf("TypPce", once, code(codes::typ_pce_recette), Field::typ_pce),
                                leaf("NatPce", once, code(codes::nat_pce_recette), Field::nat_pce),
                                leaf("IdRol", at_most_once, number(7), Field::id_rol),
                                leaf("DteAsp", at_most_once, date),
                                leaf("Edition", at_most_once, code(codes::edition)),
                                leaf("ObjPce", at_most_once, text(160)),
                                leaf("DebFact", at_most_once, date),
                                leaf("FinFact", at_most_once, date),
                                leaf("NumDette", at_most_once, number(15)),
                                leaf("Per", at_most_once, any_digits(1)),
                                leaf("Cle1", at_most_once, any_digits(1)),
                                leaf("Cle2", at_most_once, any_letters(1)),
                                part("PJRef", any, Shape::pj_ref, Field::pj_ref),
                                leaf("NumeroFacture", at_most_once, typed(Kind::invoice, 20)),
                                leaf("NumeroMarche", at_most_once, text(50)),
                                leaf("NumeroEngagement", at_most_once, text(50)),
                                leaf("CodeService", at_most_once, typed(Kind::any_text, 100)),
                                leaf("NomService", at_most_once, text(100))};

constexpr std::array ligne{part("BlocLignePiece", once, Shape::bloc_ligne_recette),
                           part("Tiers", any, Shape::tiers_recette, Field::tiers),
                           part("Recouvrement", any, Shape::recouvrement)};
constexpr std::array bloc_ligne{
    part("InfoLignePiece", once, Shape::info_ligne_piece),
    in_branch(1, part("InfoPrelevement", at_most_once, Shape::prelevement)),
    in_branch(2, part("InfoPrelevementSEPA", at_most_once, Shape::prelevement_sepa)),
    part("InfoAssure", at_most_once, Shape::info_assure),
    part("RattachPiece", at_most_once, Shape::rattach_recette, Field::rattach_piece),
    part("LiensIdent", at_most_once, Shape::liens_recette)};
// TVAImportation came with v5.30.
constexpr std::array info_ligne{leaf("IdLigne", once, number(6)),
                                leaf("ObjLignePce", at_most_once, text(160)),
                                leaf("CodProdLoc", once, letters(4)),
                                leaf("FinGeo", at_most_once, any_letters(9)),
                                leaf("CodEtGeo", at_most_once, letters(3)),
                                leaf("Nature", once, number(12)),
                                leaf("Fonction", at_most_once, any_digits(10)),
                                leaf("Operation", at_most_once, letters(10)),
                                leaf("TxTva", at_most_once, rate),
                                leaf("Majo", once, boolean, Field::majo),
                                leaf("DteMajo", at_most_once, date, Field::dte_majo),
                                leaf("TxMajo", at_most_once, rate, Field::tx_majo),
                                leaf("CpteTiers", at_most_once, number(12)),
                                leaf("TvaIntraCom", once, boolean),
                                leaf("TVAImportation", at_most_once, boolean),
                                leaf("MtHT", once, amount, Field::mt_ht),
                                leaf("MtTVA", at_most_once, amount, Field::mt_tva),
                                leaf("MtNonMajo", at_most_once, amount),
                                part("InfoCollBen", at_most_once, Shape::info_coll_ben),
                                part("PJRef", any, Shape::pj_ref, Field::pj_ref)};
constexpr std::array info_coll_ben{leaf("IdCollBen", once, any_digits(14)),
                                   leaf("CodCollBen", once, letters(3)),
                                   leaf("CodBudBen", at_most_once, any_letters(2))};
constexpr std::array prelevement{leaf("NatPrel", once, code(codes::nat_prel)),
                                 leaf("PerPrel", once, code(codes::per_prel)),
                                 leaf("DtePrel", once, date), leaf("MtPrel", once, amount)};
constexpr std::array prelevement_sepa{
    leaf("NatPrel", once, code(codes::nat_prel)),
    leaf("PerPrel", once, code(codes::per_prel)),
    leaf("DtePrel", once, date),
    leaf("MtPrel", once, amount),
    leaf("SequencePres", once, code(codes::sequence_pres)),
    leaf("DateSignMandat", once, date),
    leaf("RefUniMdt", once, sepa(35)),
    leaf("LibPrel", at_most_once, sepa(140)),
    leaf("AncienRUM", at_most_once, sepa(35)),
    leaf("AncienICS", at_most_once, letters(13), Field::ancien_ics),
    leaf("AncienTiersCreancier", at_most_once, sepa(70)),
    leaf("AncienneBanque", at_most_once, boolean),
    leaf("AncienIBAN", at_most_once, typed(Kind::iban)),
    leaf("TitCpteDiff", at_most_once, boolean)};
constexpr std::array info_assure{leaf("CodAssDeb", once, code(codes::cod_ass_deb)),
                                 leaf("CodAyantDroit", at_most_once, code(codes::cod_ayant_droit))};
constexpr std::array rattach{
    leaf("NatPceOrig", once, code(codes::nat_pce_orig_recette), Field::nat_pce_orig),
    leaf("ExerRat", once, year), leaf("IdPceOrig", once, number(13)),
    leaf("IdLigneOrig", at_most_once, typed(Kind::digits, 6), Field::id_ligne_orig)};
constexpr std::array liens{leaf("IdConv", at_most_once, text(25), Field::id_conv),
                           leaf("IdMarche", at_most_once, text(30)),
                           leaf("IdCaution", at_most_once, text(24)),
                           leaf("IdEmpruntOrdo", at_most_once, text(24)),
                           leaf("IdActif", at_most_once, text(25)),
                           leaf("IdRegie", at_most_once, text(10))};
constexpr std::array recouvrement{
    leaf("TypFlux", once, code(codes::typ_flux)),
    leaf("ModRegl", once, code(codes::mod_regl_recouvrement)), leaf("DteReco", once, date),
    leaf("IdEncaissement", once, number(12)), leaf("MtReco", once, amount)};

constexpr std::array elements{
    ElementRule{Shape::recette, recette},
    ElementRule{Shape::entete_recette, entete},
    ElementRule{Shape::bordereau_recette, bordereau},
    ElementRule{Shape::bloc_bordereau_recette, bloc_bordereau},
    ElementRule{Shape::piece_recette, piece},
    ElementRule{Shape::bloc_piece_recette, bloc_piece},
    ElementRule{Shape::ligne_recette, ligne},
    ElementRule{Shape::bloc_ligne_recette, bloc_ligne},
    ElementRule{Shape::info_ligne_piece, info_ligne},
    ElementRule{Shape::info_coll_ben, info_coll_ben},
    ElementRule{Shape::prelevement, prelevement},
    ElementRule{Shape::prelevement_sepa, prelevement_sepa},
    ElementRule{Shape::info_assure, info_assure},
    ElementRule{Shape::rattach_recette, rattach},
    ElementRule{Shape::liens_recette, liens},
    ElementRule{Shape::recouvrement, recouvrement},
};

}  // namespace

std::span<const ElementRule> recette_elements() { return elements; }

}  // namespace pes::preflight
