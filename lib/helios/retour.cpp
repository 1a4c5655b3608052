#include "pes/error.hpp"
#include "pes/pes_retour.hpp"
#include "support/text.hpp"
#include "xml/sax_parser.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace pes {

namespace {

/// A value of the file: its element, the one that holds it, and where it goes.
template <typename Target>
struct Value {
  std::string_view parent;
  std::string_view name;
  std::string Target::*member;
};

constexpr std::array header_values{
    Value<PesRetour>{"Parametres", "TypFic", &PesRetour::typ_fic},
    Value<PesRetour>{"Parametres", "NomFic", &PesRetour::nom_fic},
    Value<PesRetour>{"EnTetePES", "DteStr", &PesRetour::dte_str},
    Value<PesRetour>{"EnTetePES", "IdPost", &PesRetour::id_post},
    Value<PesRetour>{"EnTetePES", "LibellePoste", &PesRetour::libelle_poste},
    Value<PesRetour>{"EnTetePES", "IdColl", &PesRetour::id_coll},
    Value<PesRetour>{"EnTetePES", "CodColl", &PesRetour::cod_coll},
    Value<PesRetour>{"EnTetePES", "CodCol", &PesRetour::cod_coll},
    Value<PesRetour>{"EnTetePES", "CodBud", &PesRetour::cod_bud},
    Value<PesRetour>{"EnTetePES", "LibelleColBud", &PesRetour::libelle_col_bud},
    Value<PesRetour>{"EnTeteDepense", "TypRestit", &PesRetour::typ_restit},
    Value<PesRetour>{"EnTeteRecette", "TypRestit", &PesRetour::typ_restit},
};

constexpr std::array bordereau_values{
    Value<RetourBordereau>{"BlocBordereau", "Exer", &RetourBordereau::exer},
    Value<RetourBordereau>{"BlocBordereau", "IdBord", &RetourBordereau::id_bord},
    Value<RetourBordereau>{"BlocBordereau", "TypBord", &RetourBordereau::typ_bord},
    Value<RetourBordereau>{"BordereauORMCGlobal", "Exer", &RetourBordereau::exer},
    Value<RetourBordereau>{"BordereauORMCGlobal", "IdBord", &RetourBordereau::id_bord},
    Value<RetourBordereau>{"BordereauORMCGlobal", "MtTTC", &RetourBordereau::mt_ttc},
    Value<RetourBordereau>{"BordereauORMCGlobal", "DtePec", &RetourBordereau::dte_pec},
    Value<RetourBordereau>{"BordereauORMCGlobal", "DteRej", &RetourBordereau::dte_rej},
    Value<RetourBordereau>{"BordereauORMCGlobal", "DteInst", &RetourBordereau::dte_inst},
};

/// Those of InfoPiece, in a dépense, are those of BlocPiece, in a recette.
constexpr std::array piece_values{
    Value<RetourPiece>{"InfoPiece", "IdPce", &RetourPiece::id_pce},
    Value<RetourPiece>{"InfoPiece", "TypPce", &RetourPiece::typ_pce},
    Value<RetourPiece>{"InfoPiece", "NatPce", &RetourPiece::nat_pce},
    Value<RetourPiece>{"InfoPiece", "Obj", &RetourPiece::obj},
    Value<RetourPiece>{"InfoPiece", "EtatPce", &RetourPiece::etat},
    Value<RetourPiece>{"InfoPiece", "ObsEtat", &RetourPiece::obs_etat},
    Value<RetourPiece>{"InfoPiece", "Commentaire", &RetourPiece::commentaire},
    Value<RetourPiece>{"InfoPiece", "DtePcePec", &RetourPiece::dte_pec},
    Value<RetourPiece>{"InfoPiece", "DtePceRej", &RetourPiece::dte_rej},
    Value<RetourPiece>{"InfoPiece", "DtePceInst", &RetourPiece::dte_inst},
};

constexpr std::array ligne_values{
    Value<RetourLigne>{"InfoLignePiece", "IdLigne", &RetourLigne::id_ligne},
    Value<RetourLigne>{"InfoLignePiece", "EtatLigPce", &RetourLigne::etat},
    Value<RetourLigne>{"InfoLignePiece", "ObsEtat", &RetourLigne::obs_etat},
    Value<RetourLigne>{"InfoLignePiece", "Commentaire", &RetourLigne::commentaire},
    Value<RetourLigne>{"InfoLignePiece", "MtHT", &RetourLigne::mt_ht},
    Value<RetourLigne>{"InfoLignePiece", "MtTVA", &RetourLigne::mt_tva},
    Value<RetourLigne>{"InfoPaiement", "MtPayTot", &RetourLigne::mt_regle},
    Value<RetourLigne>{"InfoRecouvrement", "MtRecoTot", &RetourLigne::mt_regle},
};

constexpr std::array reste_values{
    Value<RetourReste>{"ResteARecouvrer", "CodProdLoc", &RetourReste::cod_prod_loc},
    Value<RetourReste>{"ResteARecouvrer", "Rar", &RetourReste::rar},
    Value<RetourReste>{"ResteARecouvrer", "RarFrais", &RetourReste::rar_frais},
};

std::string_view value_of(const xml::StartElement& element) {
  const auto found = std::find_if(element.attributes.begin(), element.attributes.end(),
                                  [](const xml::Attribute& attribute) {
                                    return attribute.uri.empty() && attribute.local == "V";
                                  });
  return found == element.attributes.end() ? std::string_view() : found->value;
}

/// Of a value that stands several times, the first that is not empty counts.
template <typename List, typename Target>
void fill_in(const List& list, std::string_view parent, std::string_view name,
             std::string_view value, Target& target) {
  for (const auto& known : list) {
    if (known.parent != parent || known.name != name) continue;
    std::string& member = target.*known.member;
    if (member.empty()) member = value;
  }
}

class RetourReader final : public xml::SaxHandler {
 public:
  RetourReader(PesRetour& retour, const std::string& name) : retour_(retour), name_(name) {}

  void start_element(const xml::StartElement& element) override {
    const std::string_view name = element.name.local;
    if (open_.empty()) {
      require_root(element);
    } else {
      begin(name);
      take(parent(), name, value_of(element));
    }
    open_.push_back(name);
  }
  void end_element(const xml::ElementName&) override { open_.pop_back(); }
  void text(std::string_view) override {}
  void processing_instruction(std::string_view, std::string_view) override {}
  void comment(std::string_view) override {}

 private:
  /// S²LOW compares roots without case (pes §1).
  void require_root(const xml::StartElement& root) const {
    if (lowered_ascii(root.name.local) == "pes_retour") return;
    throw Error(ErrorCode::input_not_pes,
                say("{1}: the root element is {2}, not PES_Retour", {name_, root.name.local}));
  }

  [[nodiscard]] std::string_view parent() const { return open_.back(); }

  void begin(std::string_view name) {
    if (name == "PES_DepenseRetour") begin_domain(Domain::depense, retour_.has_depense);
    if (name == "PES_RecetteRetour") begin_domain(Domain::recette, retour_.has_recette);
    if (name == "PES_ClientRetour") retour_.has_client = true;
    if (name == "Client") ref_tiers_.clear();
    if (name == "ResteARecouvrer") retour_.restes.push_back({.ref_tiers = ref_tiers_});
    if (name == "Bordereau") retour_.bordereaux.push_back({.domain = domain_});
    if (name == "Piece" && bordereau() != nullptr) bordereau()->pieces.emplace_back();
    if (name == "LigneDePiece" && piece() != nullptr) piece()->lignes.emplace_back();
  }

  void begin_domain(Domain domain, bool& is_there) {
    domain_ = domain;
    is_there = true;
  }

  void take(std::string_view parent, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    fill_in(header_values, parent, name, value, retour_);
    if (parent == "Client" && name == "RefTiers") ref_tiers_ = value;
    if (!retour_.restes.empty()) fill_in(reste_values, parent, name, value, retour_.restes.back());
    if (bordereau() == nullptr) return;
    fill_in(bordereau_values, parent, name, value, *bordereau());
    if (piece() == nullptr) return;
    const std::string_view info = parent == "BlocPiece" ? "InfoPiece" : parent;
    fill_in(piece_values, info, name, value, *piece());
    if (!piece()->lignes.empty()) {
      fill_in(ligne_values, parent, name, value, piece()->lignes.back());
    }
  }

  RetourBordereau* bordereau() {
    return retour_.bordereaux.empty() ? nullptr : &retour_.bordereaux.back();
  }
  RetourPiece* piece() {
    RetourBordereau* const within = bordereau();
    return within == nullptr || within->pieces.empty() ? nullptr : &within->pieces.back();
  }

  PesRetour& retour_;
  const std::string& name_;
  std::vector<std::string_view> open_;  // local names, from the root
  Domain domain_ = Domain::depense;
  std::string ref_tiers_;
};

}  // namespace

bool RetourPiece::number_is_lost() const { return !dte_pec.empty() && !dte_rej.empty(); }

bool RetourBordereau::asks_for_regularisation() const {
  return typ_bord == "04" || (domain == Domain::recette && typ_bord == "05");
}

std::string PesRetour::domains() const {
  std::vector<std::string> names;
  if (has_depense) names.emplace_back("PES_DepenseRetour");
  if (has_recette) names.emplace_back("PES_RecetteRetour");
  if (has_client) names.emplace_back("PES_ClientRetour");
  return join(names, ", ");
}

PesRetour read_pes_retour(std::string_view bytes, const std::string& name) {
  if (bytes.empty()) throw Error(ErrorCode::input_empty, say("{1} is empty", {name}));
  PesRetour retour;
  RetourReader reader(retour, name);
  xml::TextSource source(bytes, name);
  xml::SaxParser(source, reader).parse();
  return retour;
}

}  // namespace pes
