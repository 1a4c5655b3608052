#include "preflight/code_lists.hpp"
#include "preflight/element_table.hpp"

#include <array>

// The tiers of both domains: who it is, where, and its account (pes §4).

namespace pes::preflight {

namespace {

using enum Occurs;
using Kind = ValueType::Kind;

constexpr std::array tiers_depense{
    part("InfoTiers", once, Shape::info_tiers_depense),
    part("Adresse", at_most_once, Shape::adresse, Field::adresse),
    part("CpteBancaire", at_most_once, Shape::cpte_bancaire, Field::cpte_bancaire)};
constexpr std::array info_depense{
    leaf("IdTiers", at_most_once, letters(80), Field::id_tiers),
    leaf("NatIdTiers", at_most_once, code(codes::nat_id_tiers), Field::nat_id_tiers),
    leaf("DteIdTiers", at_most_once, date),
    leaf("RefTiers", at_most_once, text(30)),
    leaf("CatTiers", once, code(codes::cat_tiers), Field::cat_tiers),
    leaf("NatJur", once, code(codes::nat_jur)),
    leaf("Civilite", at_most_once, text(10), Field::civilite),
    leaf("Nom", once, text(38)),
    leaf("ComplNom", at_most_once, text(38)),
    leaf("Prenom", at_most_once, text(38), Field::prenom)};

constexpr std::array tiers_recette{
    part("InfoTiers", once, Shape::info_tiers_recette),
    part("Adresse", once, Shape::adresse, Field::adresse),
    part("CpteBancaire", at_most_once, Shape::cpte_bancaire, Field::cpte_bancaire)};
constexpr std::array info_recette{
    leaf("IdTiers", at_most_once, letters(80), Field::id_tiers),
    leaf("DteNaissance", at_most_once, date, Field::dte_naissance),
    leaf("NatIdTiers", at_most_once, code(codes::nat_id_tiers), Field::nat_id_tiers),
    leaf("DteIdTiers", at_most_once, date),
    leaf("RefTiers", at_most_once, text(30)),
    leaf("CatTiers", once, code(codes::cat_tiers), Field::cat_tiers),
    leaf("NatJur", once, code(codes::nat_jur)),
    leaf("TypTiers", once, code(codes::typ_tiers)),
    leaf("Civilite", at_most_once, text(10), Field::civilite),
    leaf("Nom", once, text(38)),
    leaf("ComplNom", at_most_once, text(38)),
    leaf("Prenom", at_most_once, text(38), Field::prenom),
    part("LieuNaissance", at_most_once, Shape::lieu_naissance, Field::lieu_naissance)};
constexpr std::array lieu_naissance{leaf("NeEnFrance", once, boolean),
                                    in_branch(1, part("MetropoleDomCom", once, Shape::metropole)),
                                    in_branch(2, part("Etranger", once, Shape::etranger))};
constexpr std::array metropole{leaf("CodeDeptDomCom", once, typed(Kind::department)),
                               leaf("CodeCommune", at_most_once, typed(Kind::commune)),
                               leaf("LibelleCommune", at_most_once, typed(Kind::birthplace, 70))};
constexpr std::array etranger{in_branch(1, leaf("CodePays", once, typed(Kind::country))),
                              in_branch(2, leaf("LibellePays", once, typed(Kind::birthplace, 70)))};

constexpr std::array adresse{leaf("TypAdr", once, code(codes::typ_adr)),
                             leaf("Adr1", at_most_once, text(38)),
                             leaf("Adr2", once, text(38)),
                             leaf("Adr3", at_most_once, text(38)),
                             leaf("CP", once, any_digits(5), Field::cp),
                             leaf("Ville", once, text(38)),
                             leaf("CodRes", once, boolean, Field::cod_res),
                             leaf("CodPays", at_most_once, number(3), Field::cod_pays),
                             leaf("DteAdr", at_most_once, date)};
constexpr std::array cpte_bancaire{
    in_branch(1, leaf("IdPayInt", at_most_once, letters(4), Field::id_pay_int)),
    in_branch(1, leaf("IdBancInt", at_most_once, letters(11), Field::id_banc_int)),
    in_branch(1, leaf("CodeEtab", once, letters(5), Field::code_etab)),
    in_branch(1, leaf("CodeGuic", once, any_letters(5), Field::code_guic)),
    in_branch(1, leaf("IdCpte", once, text(11), Field::id_cpte)),
    in_branch(1, leaf("CleRib", once, any_digits(2), Field::cle_rib)),
    in_branch(2, leaf("BIC", at_most_once, typed(Kind::bic), Field::bic)),
    in_branch(2, leaf("IBAN", once, typed(Kind::iban), Field::iban)),
    leaf("LibBanc", at_most_once, text(24)),
    leaf("TitCpte", once, text(32)),
    leaf("DteBanc", at_most_once, date)};

constexpr std::array elements{
    ElementRule{Shape::tiers_depense, tiers_depense},
    ElementRule{Shape::info_tiers_depense, info_depense},
    ElementRule{Shape::tiers_recette, tiers_recette},
    ElementRule{Shape::info_tiers_recette, info_recette},
    ElementRule{Shape::lieu_naissance, lieu_naissance,
                helios::translatable("MetropoleDomCom or Etranger")},
    ElementRule{Shape::metropole, metropole},
    ElementRule{Shape::etranger, etranger, helios::translatable("CodePays or LibellePays")},
    ElementRule{Shape::adresse, adresse},
    ElementRule{Shape::cpte_bancaire, cpte_bancaire, helios::translatable("an IBAN or a RIB")},
};

}  // namespace

std::span<const ElementRule> tiers_elements() { return elements; }

}  // namespace pes::preflight
