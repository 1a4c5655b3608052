#include "helios/flow_fields.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace pes::helios {

namespace {

template <typename Owner>
struct Field {
  Place parent;
  std::string_view name;
  std::string Owner::*member;
  FilePlace Owner::*place = nullptr;
};

constexpr std::array<Field<PesAller>, 9> flow_fields = {{
    {Place::parametres, "Version", &PesAller::version},
    {Place::parametres, "TypFic", &PesAller::typ_fic},
    {Place::parametres, "NomFic", &PesAller::nom_fic, &PesAller::nom_fic_at},
    {Place::entete_pes, "DteStr", &PesAller::dte_str},
    {Place::entete_pes, "IdPost", &PesAller::id_post, &PesAller::id_post_at},
    {Place::entete_pes, "IdColl", &PesAller::id_coll, &PesAller::id_coll_at},
    {Place::entete_pes, "CodCol", &PesAller::cod_col, &PesAller::cod_col_at},
    {Place::entete_pes, "CodBud", &PesAller::cod_bud, &PesAller::cod_bud_at},
    {Place::entete_pes, "LibelleColBud", &PesAller::libelle_col_bud},
}};

// The amount is MtBordHT in dépense, MtBordHt in recette (pes §4).
constexpr std::array<Field<Bordereau>, 9> bordereau_fields = {{
    {Place::bloc_bordereau, "Exer", &Bordereau::exer},
    {Place::bloc_bordereau, "IdBord", &Bordereau::id_bord},
    {Place::bloc_bordereau, "DteBordEm", &Bordereau::dte_bord_em},
    {Place::bloc_bordereau, "TypBord", &Bordereau::typ_bord},
    {Place::bloc_bordereau, "NbrPce", &Bordereau::nbr_pce},
    {Place::bloc_bordereau, "MtCumulAnnuel", &Bordereau::mt_cumul_annuel},
    {Place::bloc_bordereau, "MtBordHT", &Bordereau::mt_bord_ht},
    {Place::bloc_bordereau, "MtBordHt", &Bordereau::mt_bord_ht},
    {Place::bloc_bordereau, "MtBordTVA", &Bordereau::mt_bord_tva},
}};

FilePlace place_of(const xml::Tag& tag) {
  const xml::Position at = tag.at();
  return {at.line, at.column};
}

template <typename Owner, std::size_t size>
void fill_field(const std::array<Field<Owner>, size>& fields, Owner& owner, Place parent,
                std::string_view name, std::string_view value, const xml::Tag& tag) {
  const auto* field = std::find_if(fields.begin(), fields.end(), [&](const auto& candidate) {
    return candidate.parent == parent && candidate.name == name;
  });
  if (field == fields.end()) return;
  std::string& target = owner.*(field->member);
  if (!target.empty()) return;
  target = value;
  if (field->place != nullptr) owner.*(field->place) = place_of(tag);
}

void fill_dematerialisee(std::optional<std::string>& target, std::string_view name,
                         std::string_view value) {
  if (name == "InfoDematerialisee" && !target) target = value;
}

}  // namespace

std::string_view attribute(const xml::StartElement& element, std::string_view name) {
  for (const xml::Attribute& candidate : element.attributes) {
    if (candidate.uri.empty() && candidate.local == name) return candidate.value;
  }
  return {};
}

void FlowFields::Distinct::add(std::string_view value) {
  if (value.empty() || value == last_) return;
  last_ = value;
  if (seen_.find(value) != seen_.end()) return;
  seen_.emplace(value);
  values_.emplace_back(value);
}

FlowFields::FlowFields(PesAller& flow, Lists lists)
    : flow_(flow),
      lists_(lists),
      exercices_(flow.exercices),
      id_bords_(flow.id_bords),
      id_pces_(flow.id_pces),
      natures_(flow.natures),
      fonctions_(flow.fonctions),
      id_pjs_(flow.id_pjs) {}

void FlowFields::enter(Place place, const xml::StartElement& element, const xml::Tag& tag) {
  switch (place) {
    case Place::root:
      flow_.root_id = attribute(element, "Id");
      flow_.root_at = place_of(tag);
      break;
    case Place::parametres:
      flow_.parametres_at = place_of(tag);
      break;
    case Place::entete_pes:
      flow_.entete_pes_at = place_of(tag);
      break;
    case Place::depense:
      flow_.has_depense = true;
      flow_.depense_at = place_of(tag);
      domain_ = Domain::depense;
      break;
    case Place::recette:
      flow_.has_recette = true;
      flow_.recette_at = place_of(tag);
      domain_ = Domain::recette;
      break;
    case Place::facture:
      flow_.has_facture = true;
      break;
    case Place::marche:
      flow_.has_marche = true;
      break;
    case Place::pes_pj:
      flow_.has_pj = true;
      break;
    case Place::bordereau: {
      Bordereau& bordereau = flow_.bordereaux.emplace_back();
      bordereau.domain = domain_;
      bordereau.id = attribute(element, "Id");
      const xml::Position at = tag.at();
      bordereau.line = at.line;
      bordereau.column = at.column;
      break;
    }
    case Place::piece:
      ++flow_.bordereaux.back().pieces;
      break;
    case Place::ligne_de_piece:
      ++flow_.bordereaux.back().lignes;
      break;
    default:
      break;
  }
}

void FlowFields::read_value(Place parent, std::string_view name, std::string_view value,
                            const xml::Tag& tag) {
  switch (parent) {
    case Place::parametres:
    case Place::entete_pes:
      fill_field(flow_fields, flow_, parent, name, value, tag);
      break;
    case Place::bloc_bordereau:
      fill_field(bordereau_fields, flow_.bordereaux.back(), parent, name, value, tag);
      break;
    case Place::entete_depense:
      fill_dematerialisee(flow_.demat_depense, name, value);
      break;
    case Place::entete_recette:
      fill_dematerialisee(flow_.demat_recette, name, value);
      break;
    default:
      break;
  }
  if (lists_ == Lists::left_out) return;
  if (Distinct* list = list_for(parent, name)) list->add(value);
}

FlowFields::Distinct* FlowFields::list_for(Place parent, std::string_view name) {
  switch (parent) {
    case Place::bloc_bordereau:
      if (name == "Exer") return &exercices_;
      return name == "IdBord" ? &id_bords_ : nullptr;
    case Place::ref_compta:
      return name == "Exercice" ? &exercices_ : nullptr;
    case Place::info_pce:
    case Place::bloc_piece:
      return name == "IdPce" ? &id_pces_ : nullptr;
    case Place::info_ligne:
      if (name == "Nature") return &natures_;
      return name == "Fonction" ? &fonctions_ : nullptr;
    case Place::pj:
      return name == "IdUnique" ? &id_pjs_ : nullptr;
    default:
      return nullptr;
  }
}

}  // namespace pes::helios
