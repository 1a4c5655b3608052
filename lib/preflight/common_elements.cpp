#include "preflight/code_lists.hpp"
#include "preflight/element_table.hpp"

#include <array>

// What is around the accounts: headers, markets, PJs (pes §4).

namespace pes::preflight {

namespace {

using enum Occurs;
using Kind = ValueType::Kind;

constexpr std::array flow{part("Enveloppe", once, Shape::enveloppe),
                          part("EnTetePES", once, Shape::entete_pes),
                          part("PES_DepenseAller", at_most_once, Shape::depense, Field::domain),
                          part("PES_RecetteAller", at_most_once, Shape::recette, Field::domain),
                          part("PES_Facture", at_most_once, Shape::facture, Field::domain),
                          part("PES_Marche", at_most_once, Shape::marche, Field::domain),
                          part("PES_PJ", at_most_once, Shape::pes_pj, Field::pes_pj),
                          part(signature_name, at_most_once, Shape::opaque)};

constexpr std::array enveloppe{part("Parametres", once, Shape::parametres),
                               part("Emetteur", once, Shape::emetteur),
                               part("Recepteur", at_most_once, Shape::recepteur)};
constexpr std::array parametres{leaf("Version", once, number(2), Field::version),
                                leaf("TypFic", once, text(32)), leaf("NomFic", once, text(100))};
constexpr std::array emetteur{leaf("Sigle", once, text(32)), leaf("Adresse", once, text(38))};
constexpr std::array recepteur{leaf("Sigle", at_most_once, text(32)),
                               leaf("Adresse", at_most_once, text(38))};
constexpr std::array entete_pes{leaf("DteStr", once, date),
                                leaf("IdPost", once, typed(Kind::codique)),
                                leaf("LibellePoste", at_most_once, text(38)),
                                leaf("IdColl", once, any_digits(14)),
                                leaf("FinJur", at_most_once, any_letters(20)),
                                leaf("CodCol", once, typed(Kind::cod_col)),
                                leaf("CodBud", once, typed(Kind::cod_bud)),
                                leaf("LibelleColBud", at_most_once, text(38))};

constexpr std::array marche{part("EnTeteMarche", once, Shape::entete_marche),
                            in_branch(1, part("Marches", once, Shape::marches)),
                            in_branch(2, part("Concessions", once, Shape::concessions))};
constexpr std::array entete_marche{leaf("IdVer", once, number(2), Field::id_ver)};
constexpr std::array marches{part("Marche", at_least_once, Shape::opaque)};
constexpr std::array concessions{part("Concession", at_least_once, Shape::opaque)};

constexpr std::array pes_pj{part("EnTetePES_PJ", once, Shape::entete_pj),
                            part("PJ", any, Shape::pj, Field::pj)};
constexpr std::array entete_pj{leaf("IdVer", once, number(1), Field::id_ver_pj)};
constexpr std::array pj{part("Contenu", once, Shape::contenu),
                        leaf("IdUnique", once, letters(50), Field::pj_id_unique),
                        leaf("ServeurId", at_most_once, letters(20)),
                        leaf("NomPJ", once, typed(Kind::file_name, 100)),
                        leaf("TypePJ", at_most_once, code(codes::type_pj), Field::type_pj),
                        leaf("Description", once, text(250)),
                        part("RefCompta", any, Shape::ref_compta, Field::ref_compta)};
constexpr std::array contenu{part("Fichier", once, Shape::attachment)};
constexpr std::array ref_compta{leaf("Domaine", once, code(codes::domaine), Field::domaine),
                                leaf("Exercice", once, year),
                                leaf("TypeObjet", once, code(codes::type_objet)),
                                leaf("Identifiant", at_most_once, typed(Kind::names, 20)),
                                leaf("ComplementIdentifiant", at_most_once, letters(20)),
                                leaf("IdTiers", at_most_once, text(15))};
constexpr std::array pj_ref{leaf("Support", once, code(codes::support), Field::ref_support),
                            leaf("IdUnique", once, letters(50), Field::ref_id_unique),
                            leaf("NomPJ", at_most_once, text(100)),
                            leaf("TypePJ", at_most_once, code(codes::type_pj), Field::ref_type_pj)};

constexpr std::array elements{
    ElementRule{Shape::flow, flow},
    ElementRule{Shape::enveloppe, enveloppe},
    ElementRule{Shape::parametres, parametres},
    ElementRule{Shape::emetteur, emetteur},
    ElementRule{Shape::recepteur, recepteur},
    ElementRule{Shape::entete_pes, entete_pes},
    ElementRule{Shape::marche, marche, helios::translatable("Marches or Concessions")},
    ElementRule{Shape::entete_marche, entete_marche},
    ElementRule{Shape::marches, marches},
    ElementRule{Shape::concessions, concessions},
    ElementRule{Shape::pes_pj, pes_pj},
    ElementRule{Shape::entete_pj, entete_pj},
    ElementRule{Shape::pj, pj},
    ElementRule{Shape::contenu, contenu},
    ElementRule{Shape::ref_compta, ref_compta},
    ElementRule{Shape::pj_ref, pj_ref},
};

}  // namespace

std::span<const ElementRule> common_elements() { return elements; }

}  // namespace pes::preflight
