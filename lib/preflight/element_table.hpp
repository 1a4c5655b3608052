#pragma once

#include "preflight/field.hpp"
#include "preflight/value_type.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace pes::preflight {

/// What an element is made of.
enum class Shape : std::uint8_t {
  opaque,      // not looked into
  leaf,        // an attribute V, nothing inside (pes §3)
  attachment,  // the base64 of a PJ
  flow,
  enveloppe,
  parametres,
  emetteur,
  recepteur,
  entete_pes,
  depense,
  entete_depense,
  bordereau_depense,
  bloc_bordereau_depense,
  piece_depense,
  bloc_piece_depense,
  info_pce,
  dgp,
  ligne_depense,
  bloc_ligne_depense,
  info_ligne_pce,
  info_tva_hlm,
  op_spec,
  rattach_depense,
  liens_depense,
  tiers_depense,
  info_tiers_depense,
  recette,
  entete_recette,
  bordereau_recette,
  bloc_bordereau_recette,
  piece_recette,
  bloc_piece_recette,
  ligne_recette,
  bloc_ligne_recette,
  info_ligne_piece,
  info_coll_ben,
  prelevement,
  prelevement_sepa,
  info_assure,
  rattach_recette,
  liens_recette,
  tiers_recette,
  info_tiers_recette,
  lieu_naissance,
  metropole,
  etranger,
  recouvrement,
  facture,
  tiers_facture,
  info_tiers_facture,
  facture_indiv,
  total_a_payer,
  ref_titre,
  talon_optique,
  marche,
  entete_marche,
  marches,
  concessions,
  pes_pj,
  entete_pj,
  pj,
  contenu,
  ref_compta,
  pj_ref,
  adresse,
  cpte_bancaire,
};
inline constexpr std::size_t shape_count = static_cast<std::size_t>(Shape::cpte_bancaire) + 1;

enum class Occurs : std::uint8_t { once, at_most_once, any, at_least_once };

constexpr bool is_required(Occurs occurs) {
  return occurs == Occurs::once || occurs == Occurs::at_least_once;
}
constexpr bool is_repeatable(Occurs occurs) {
  return occurs == Occurs::any || occurs == Occurs::at_least_once;
}

/// An element at a place of another.
struct Child {
  std::string_view name;
  Occurs occurs = Occurs::once;
  Shape shape = Shape::leaf;
  ValueType type;  // of a leaf
  Field field = Field::none;
  /// Of the children of one element, those of different branches exclude each other; 0: in none.
  std::uint8_t branch = 0;
};

/// The children of an element, in the only order that they may have (pes §4).
struct ElementRule {
  Shape shape = Shape::opaque;
  std::span<const Child> children;
  /// Said when none of its branches is there; null when none need be.
  const char* wanted_branch = nullptr;
};

constexpr Child leaf(std::string_view name, Occurs occurs, const ValueType& type,
                     Field field = Field::none) {
  return {.name = name,
          .occurs = occurs,
          .shape = Shape::leaf,
          .type = type,
          .field = field,
          .branch = 0};
}
constexpr Child part(std::string_view name, Occurs occurs, Shape shape, Field field = Field::none) {
  return {.name = name, .occurs = occurs, .shape = shape, .type = {}, .field = field, .branch = 0};
}
constexpr Child in_branch(std::uint8_t branch, Child child) {
  child.branch = branch;
  return child;
}

/// The name under which the tables have ds:Signature, whatever its prefix.
inline constexpr std::string_view signature_name = "ds:Signature";

std::span<const ElementRule> common_elements();
std::span<const ElementRule> depense_elements();
std::span<const ElementRule> recette_elements();
std::span<const ElementRule> tiers_elements();
std::span<const ElementRule> facture_elements();

/// The rule of a shape that has children; one without children for the others.
const ElementRule& element_rule(Shape shape);

}  // namespace pes::preflight
