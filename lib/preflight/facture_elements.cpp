#include "preflight/code_lists.hpp"
#include "preflight/element_table.hpp"

#include <array>

// PES_Facture, where it stands in a flow as it is (pes §4, §12). Of its lines, addresses and
// accounts no rule is known.

namespace pes::preflight {

namespace {

using enum Occurs;
using Kind = ValueType::Kind;

constexpr std::array facture{
    leaf("IdVer", once, number(2), Field::id_ver),
    leaf("Annee", once, year),
    leaf("NumSequence", at_most_once, number(4)),
    leaf("TypeFact", at_most_once, code(codes::type_fact), Field::type_fact),
    leaf("Date", once, date),
    part("Emetteur", once, Shape::opaque),
    part("Tiers", any, Shape::tiers_facture, Field::tiers_facture),
    part("FactureIndiv", at_least_once, Shape::facture_indiv, Field::facture_indiv),
    part("Nomenclatures", once, Shape::opaque),
    part("RepartitionParNature", at_most_once, Shape::opaque)};

constexpr std::array tiers{part("InfoTiers", once, Shape::info_tiers_facture),
                           part("InfoSupplTiers", at_most_once, Shape::opaque),
                           part("Adresse", at_most_once, Shape::opaque),
                           part("CpteBancaire", at_most_once, Shape::opaque)};
constexpr std::array info_tiers{leaf("IdTiers", at_most_once, letters(18)),
                                leaf("NatIdTiers", at_most_once, code(codes::nat_id_tiers)),
                                leaf("DteIdTiers", at_most_once, date),
                                leaf("RefTiers", at_most_once, text(30)),
                                leaf("CatTiers", once, code(codes::cat_tiers)),
                                leaf("NatJur", once, code(codes::nat_jur)),
                                leaf("TypTiers", once, code(codes::typ_tiers), Field::typ_tiers),
                                leaf("Civilite", at_most_once, text(10)),
                                leaf("Nom", once, text(38)),
                                leaf("ComplNom", at_most_once, text(38)),
                                leaf("Prenom", at_most_once, text(38))};

constexpr std::array indiv{
    leaf("DateEmission", once, date),
    leaf("DateReglement", at_most_once, date),
    leaf("NumeroFacture", once, text(50)),
    part("Debiteur", once, Shape::opaque),
    part("Destinataire", at_most_once, Shape::opaque),
    leaf("Objet", once, text(160)),
    in_branch(1, part("LigneFacture", at_least_once, Shape::opaque)),
    in_branch(1, part("DetailTVA", any, Shape::opaque)),
    in_branch(1, part("TotalAPayer", once, Shape::total_a_payer)),
    in_branch(2, part("DossierPatient", once, Shape::opaque)),
    in_branch(2, part("LigneFacturePatient", once, Shape::opaque)),
    part("RefTitre", at_most_once, Shape::ref_titre, Field::ref_titre),
    part("TalonOptique2Lignes", at_most_once, Shape::talon_optique, Field::talon_optique),
    leaf("ModalitesReglement", once, text(250)),
    leaf("ModalitesContestation", at_most_once, text(420)),
    leaf("ModeRecouvrement", at_most_once, boolean, Field::mode_recouvrement),
    leaf("TexteGenerateur", at_most_once, text(160)),
    leaf("ConditionsGen", once, text(250)),
    part("RepartitionBudget", any, Shape::opaque)};
constexpr std::array total_a_payer{leaf("MtTotalHT", once, amount),
                                   leaf("MtTotalTVA", once, amount_or_zero),
                                   leaf("MtTotalTTC", once, amount, Field::mt_total_ttc)};

constexpr std::array ref_titre{leaf("Exercice", once, year), leaf("NumBordereau", once, number(7)),
                               leaf("NumTitre", once, number(13)),
                               leaf("NumLigne", once, number(6))};
constexpr std::array talon_optique{leaf("Ligne1", once, typed(Kind::any_text, 60)),
                                   leaf("Ligne2", once, typed(Kind::any_text, 60))};

constexpr std::array elements{
    ElementRule{Shape::facture, facture},
    ElementRule{Shape::tiers_facture, tiers},
    ElementRule{Shape::info_tiers_facture, info_tiers},
    ElementRule{Shape::facture_indiv, indiv,
                helios::translatable("LigneFacture or DossierPatient")},
    ElementRule{Shape::total_a_payer, total_a_payer},
    ElementRule{Shape::ref_titre, ref_titre},
    ElementRule{Shape::talon_optique, talon_optique},
};

}  // namespace

std::span<const ElementRule> facture_elements() { return elements; }

}  // namespace pes::preflight
