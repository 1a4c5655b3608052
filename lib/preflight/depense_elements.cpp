#include "preflight/code_lists.hpp"
#include "preflight/element_table.hpp"

#include <array>

// PES_DepenseAller (pes §4).

namespace pes::preflight {

namespace {

using enum Occurs;
using Kind = ValueType::Kind;

constexpr std::array depense{
    part("EnTeteDepense", once, Shape::entete_depense),
    part("Bordereau", at_least_once, Shape::bordereau_depense, Field::bordereau)};
constexpr std::array entete{
    leaf("IdVer", once, number(2), Field::id_ver),
    leaf("InfoDematerialisee", at_most_once, boolean, Field::info_dematerialisee)};
constexpr std::array bordereau{part("BlocBordereau", once, Shape::bloc_bordereau_depense),
                               part("Piece", at_least_once, Shape::piece_depense, Field::piece),
                               part(signature_name, at_most_once, Shape::opaque)};
constexpr std::array bloc_bordereau{
    leaf("Exer", once, year),
    leaf("IdBord", once, number(7), Field::id_bord),
    leaf("DteBordEm", once, date),
    leaf("TypBord", once, code(codes::typ_bord_depense), Field::typ_bord),
    leaf("NbrPce", once, number(5)),
    leaf("MtCumulAnnuel", at_most_once, amount, Field::mt_cumul_annuel),
    leaf("MtBordHT", once, amount_or_zero, Field::mt_bord_ht),
    leaf("MtBordTVA", at_most_once, amount_or_zero, Field::mt_bord_tva)};

constexpr std::array piece{part("BlocPiece", once, Shape::bloc_piece_depense),
                           part("LigneDePiece", at_least_once, Shape::ligne_depense, Field::ligne)};
constexpr std::array bloc_piece{part("InfoPce", once, Shape::info_pce),
                                part("DGP", at_most_once, Shape::dgp)};
constexpr std::array info_pce{leaf("CodServ", at_most_once, text(10)),
                              leaf("Affect", at_most_once, text(10)),
                              leaf("IdPce", once, number(8)),
                              leaf("TypPce", once, code(codes::typ_pce_depense), Field::typ_pce),
                              leaf("NatPce", once, code(codes::nat_pce_depense), Field::nat_pce),
                              leaf("Obj", at_most_once, text(100)),
                              leaf("DteEch", at_most_once, date),
                              part("PJRef", any, Shape::pj_ref, Field::pj_ref),
                              leaf("PJ", at_most_once, text(250)),
                              leaf("CarteAchatNiveau1", at_most_once, boolean)};
constexpr std::array dgp{leaf("Dgp", once, boolean),
                         leaf("DteDebDgp", once, date),
                         leaf("DteFinDgp", once, date),
                         leaf("DureeDgp", once, number(2)),
                         leaf("CodIntMor", at_most_once, code(codes::cod_int_mor)),
                         leaf("TxIntMor", at_most_once, rate)};

constexpr std::array ligne{part("BlocLignePiece", once, Shape::bloc_ligne_depense),
                           part("Tiers", at_most_once, Shape::tiers_depense, Field::tiers)};
// VentilationMarche and TVAImportation came with v5.30.
constexpr std::array bloc_ligne{
    part("InfoLignePce", once, Shape::info_ligne_pce),
    part("InfoTVAHLM", at_most_once, Shape::info_tva_hlm),
    part("OpSpec", at_most_once, Shape::op_spec),
    part("RattachPiece", at_most_once, Shape::rattach_depense, Field::rattach_piece),
    part("LiensIdent", at_most_once, Shape::liens_depense),
    part("VentilationMarche", any, Shape::opaque)};
constexpr std::array info_ligne{
    leaf("IdLigne", once, number(6)),
    leaf("Nature", once, number(12)),
    leaf("Fonction", at_most_once, any_digits(10)),
    leaf("Operation", at_most_once, any_digits(10)),
    leaf("CptAna", at_most_once, letters(10)),
    leaf("Facture", at_most_once, text(20)),
    leaf("LibVir1", at_most_once, text(70)),
    leaf("LibVir2", at_most_once, text(70)),
    leaf("ModRegl", at_most_once, code(codes::mod_regl_depense), Field::mod_regl),
    leaf("TVAIntraCom", once, boolean),
    leaf("TVAImportation", at_most_once, boolean),
    leaf("CpteTiers", at_most_once, number(12)),
    leaf("MtHT", once, amount_or_zero, Field::mt_ht),
    leaf("MtTVA", at_most_once, amount_or_zero, Field::mt_tva),
    leaf("MtFactHT", at_most_once, amount_or_zero),
    part("PJRef", any, Shape::pj_ref, Field::pj_ref)};
constexpr std::array info_tva_hlm{leaf("RecTVA", once, boolean), leaf("MtHtRes", once, amount)};
constexpr std::array op_spec{leaf("CodOpSpec", once, code(codes::cod_op_spec)),
                             leaf("IdOpSpec", once, letters(15))};
constexpr std::array rattach{
    leaf("NatPceOrig", once, code(codes::nat_pce_orig_depense), Field::nat_pce_orig),
    leaf("ExerRat", once, year), leaf("IdPceOrig", once, number(13)),
    leaf("IdLigneOrig", at_most_once, typed(Kind::digits, 6), Field::id_ligne_orig)};
constexpr std::array liens{
    leaf("IdConv", at_most_once, text(25), Field::id_conv),
    leaf("IdMarche", at_most_once, text(30)), leaf("IdEmpruntOrdo", at_most_once, text(24)),
    leaf("IdActif", at_most_once, text(25)), leaf("IdRegie", at_most_once, text(10))};

constexpr std::array elements{
    ElementRule{Shape::depense, depense},
    ElementRule{Shape::entete_depense, entete},
    ElementRule{Shape::bordereau_depense, bordereau},
    ElementRule{Shape::bloc_bordereau_depense, bloc_bordereau},
    ElementRule{Shape::piece_depense, piece},
    ElementRule{Shape::bloc_piece_depense, bloc_piece},
    ElementRule{Shape::info_pce, info_pce},
    ElementRule{Shape::dgp, dgp},
    ElementRule{Shape::ligne_depense, ligne},
    ElementRule{Shape::bloc_ligne_depense, bloc_ligne},
    ElementRule{Shape::info_ligne_pce, info_ligne},
    ElementRule{Shape::info_tva_hlm, info_tva_hlm},
    ElementRule{Shape::op_spec, op_spec},
    ElementRule{Shape::rattach_depense, rattach},
    ElementRule{Shape::liens_depense, liens},
};

}  // namespace

std::span<const ElementRule> depense_elements() { return elements; }

}  // namespace pes::preflight
