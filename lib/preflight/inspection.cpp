#include "preflight/inspection.hpp"

#include "helios/flow_fields.hpp"
#include "preflight/bank_rules.hpp"
#include "preflight/bordereau_rules.hpp"
#include "preflight/piece_rules.hpp"
#include "preflight/pj_rules.hpp"
#include "preflight/tiers_rules.hpp"
#include "preflight/version_rules.hpp"

#include <array>

namespace pes::preflight {

namespace {

/// What is looked at when an element ends, by what it is.
struct Rule {
  Shape ended;
  void (*check)(const Values&, Findings&);
};
constexpr std::array<Rule, 18> rules{{
    {Shape::parametres, check_envelope_version},
    {Shape::entete_depense, check_domain_version},
    {Shape::entete_recette, check_domain_version},
    {Shape::entete_marche, check_domain_version},
    {Shape::facture, check_domain_version},
    {Shape::facture_indiv, check_asap},
    {Shape::entete_pj, check_pj_version},
    {Shape::bloc_bordereau_depense, check_bloc_depense},
    {Shape::bloc_bordereau_recette, check_bloc_recette},
    {Shape::bloc_piece_recette, check_role},
    {Shape::cpte_bancaire, check_account},
    {Shape::prelevement_sepa, check_direct_debit},
    {Shape::tiers_depense, check_tiers_depense},
    {Shape::tiers_recette, check_tiers_recette},
    {Shape::ligne_depense, check_payment},
    {Shape::ligne_depense, check_origin_depense},
    {Shape::ligne_recette, check_origin_recette},
    {Shape::ref_compta, check_ref_compta},
}};

}  // namespace

void Inspection::start_element(const xml::StartElement& element, const xml::Tag& tag) {
  const Child* const child = structure_.enter(element, tag);
  if (child == nullptr) return;
  if (child->shape == Shape::attachment) attachment_.begin(tag.at());
  if (child->field != Field::none) note(child->field, element, tag);
}

void Inspection::note(Field field, const xml::StartElement& element, const xml::Tag& tag) {
  if (begins_anew(field)) values_.forget_from(field);
  values_.set(field, helios::attribute(element, "V"), tag.at());
  if (field == Field::domain) asap_tiers_.begin();
  if (field == Field::bordereau) totals_.begin();
  if (field == Field::piece) asap_of_titre_.begin();
}

void Inspection::text(std::string_view text) {
  if (structure_.shape() == Shape::attachment && !structure_.is_inside_opaque()) {
    attachment_.text(text);
  } else {
    structure_.text(text);
  }
}

void Inspection::end_element(const xml::ElementName& /*name*/, const xml::Tag& /*tag*/) {
  const Shape ended = structure_.leave();
  if (ended != Shape::leaf && ended != Shape::opaque) apply_rules(ended);
}

void Inspection::apply_rules(Shape ended) {
  for (const Rule& rule : rules) {
    if (rule.ended == ended) rule.check(values_, findings_);
  }
  switch (ended) {
    case Shape::ligne_depense:
    case Shape::ligne_recette:
      totals_.add_line(values_);
      break;
    case Shape::bordereau_depense:
    case Shape::bordereau_recette:
      totals_.check(values_, findings_);
      break;
    case Shape::piece_recette:
      asap_of_titre_.check(values_, findings_);
      break;
    case Shape::tiers_facture:
      asap_tiers_.add(values_);
      break;
    case Shape::facture:
      asap_tiers_.check(values_, findings_);
      break;
    case Shape::attachment:
      attachment_.end(findings_);
      break;
    case Shape::pj_ref:
      links_.refer(values_);
      asap_of_titre_.refer(values_);
      break;
    case Shape::pj:
      check_pj(values_, findings_);
      links_.provide(values_, findings_);
      break;
    default:
      break;
  }
}

std::vector<Finding> Inspection::take() {
  links_.finish(findings_);
  return findings_.take();
}

}  // namespace pes::preflight
