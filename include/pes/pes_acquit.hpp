#pragma once

#include "pes/export.hpp"
#include "pes/pes_aller.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pes {

/// An `Erreur` of an acquit, at whatever level it stood.
struct AcquitError {
  std::string num_piece, num_ligne;  // empty: at the level of the element
  std::string num_ano;               // NumAnoAck
  std::string libelle;               // LibelleAnoAck
};

/// An `ElementACQUIT` (pes §9).
struct AcquitElement {
  std::string domaine;  // DomaineAck, as it stands
  std::string etat;     // EtatAck, as it stands
  std::string num_bord, exercice_bord, id_marche, id_unique;
  std::vector<AcquitError> errors;
  [[nodiscard]] PES_EXPORT bool is_accepted() const;
};

/// A PES Acquit of either namespace, read leniently: real ones break their own schema.
struct PesAcquit {
  /// `unreadable`: no element, an unknown EtatAck, or one that refuses where none belongs; never
  /// taken for an acceptance.
  enum class Outcome { accepted, partial, refused, unreadable };
  std::string nom_fic, cod_col, dte_str;
  std::vector<AcquitElement> elements;
  Outcome outcome = Outcome::unreadable;
  /// A technical refusal of the whole flow: DomaineAck 0 with EtatAck 0.
  bool technical = false;
};

/// Throws input_not_xml, input_doctype; input_not_pes when the root is neither PES_ACQUIT nor
/// PES_NonAcquit, which refuses the whole flow whatever it holds (pes §1).
PES_EXPORT PesAcquit read_pes_acquit(std::string_view bytes);

/// The same of bytes that came and are kept in any case: what cannot be read at all is an
/// unreadable acquit, never a failure.
PES_EXPORT PesAcquit read_pes_acquit_leniently(std::string_view bytes);

/// What each bordereau, market and PJ was answered, in the order of the acquit. One that comes
/// several times, an element for each of its refused pieces, is there once with all its errors,
/// and is accepted only if each of them was (pes §9).
PES_EXPORT std::vector<AcquitElement> answers_of(const PesAcquit& acquit);

/// The bordereaux of the flow that its acquit does not speak of (tdt §8.4): none of a flow that
/// was refused as a whole.
PES_EXPORT std::vector<Bordereau> bordereaux_without_answer(const PesAcquit& acquit,
                                                            const PesAller& flow);

/// What an error means, in the reader's language, from its NumAnoAck, or for ERREUR_AUTRE from the
/// number at the head of its label (pes §9); empty for one that no list has.
PES_EXPORT std::string meaning_of(const AcquitError& error);

/// "1" « Acquittement OK » or "2" « Acquittement KO » (workflow §2.4): OK only when the outcome
/// is an acceptance and every EtatAck is exactly 1.
PES_EXPORT std::string etat_ack(const PesAcquit& acquit);

/// « dépense », « PJ »…; the number itself when it is not in the list (pes §9).
PES_EXPORT std::string domaine_label(std::string_view domaine);

}  // namespace pes
