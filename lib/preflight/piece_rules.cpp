#include "preflight/piece_rules.hpp"

#include "preflight/number_text.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

namespace pes::preflight {

namespace {

/// TypBord, TypPce and NatPce as one word: « 01 06 01 ».
std::string triplet(const Values& values) {
  return fill("{1} {2} {3}", {values.text(Field::typ_bord), values.text(Field::typ_pce),
                              values.text(Field::nat_pce)});
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void tell(Findings& findings, const Values& values, std::string message) {
  const Field place = values.has(Field::nat_pce_orig) ? Field::nat_pce_orig : Field::ligne;
  findings.add("piece.rattachement", std::move(message), values.at(place));
}

/// @param wanted NatPceOrig that a pièce of this kind has
void check_nat_pce_orig(const Values& values, std::initializer_list<std::string_view> wanted,
                        Findings& findings) {
  if (is_one_of(values.text(Field::nat_pce_orig), wanted)) return;
  const std::string kind = triplet(values);
  const std::string names = join({wanted.begin(), wanted.end()}, tr(" or "));
  if (!values.has(Field::rattach_piece)) {
    tell(findings, values,
         say("a pièce {1} wants a RattachPiece with NatPceOrig {2}", {kind, names}));
  } else {
    tell(findings, values,
         say("a pièce {1} has NatPceOrig {2}, not « {3} »",
             {kind, names, values.text(Field::nat_pce_orig)}));
  }
}

/// IdLigneOrig is a line's rank when the pièce is one of Hélios' own, else nothing.
/// @param with_line NatPceOrig of what has lines
void check_id_ligne_orig(const Values& values, std::initializer_list<std::string_view> with_line,
                         Findings& findings) {
  if (!values.has(Field::rattach_piece)) return;
  const std::string_view origin = values.text(Field::nat_pce_orig);
  const bool has_rank =
      values.has(Field::id_ligne_orig) && !is_number(values.text(Field::id_ligne_orig), 0);
  if (is_one_of(origin, with_line) && !has_rank) {
    tell(findings, values, say("NatPceOrig {1} wants an IdLigneOrig, from 1", {origin}));
  }
  if (is_one_of(origin, {"03", "04"}) && has_rank) {
    tell(findings, values, say("NatPceOrig {1} excludes an IdLigneOrig above 0", {origin}));
  }
}

void check_id_conv(const Values& values, std::initializer_list<std::string_view> triplets,
                   Findings& findings) {
  if (!is_one_of(triplet(values), triplets) || values.has(Field::id_conv)) return;
  findings.add("piece.convention", say("a pièce {1} wants an IdConv", {triplet(values)}),
               values.at(Field::ligne));
}

void check_majoration(const Values& values, Findings& findings) {
  if (!values.has(Field::majo)) return;
  const bool majo = is_true(values.text(Field::majo));
  const bool dated = values.has(Field::dte_majo);
  const bool rated = values.has(Field::tx_majo);
  if (majo && (!dated || !rated || !values.is(Field::nat_pce_orig, "05"))) {
    findings.add("piece.majoration", tr("Majo 1 wants DteMajo, TxMajo and NatPceOrig 05"),
                 values.at(Field::majo));
  }
  if (!majo && (dated || rated)) {
    findings.add("piece.majoration", tr("Majo 0 excludes DteMajo and TxMajo"),
                 values.at(Field::majo));
  }
}

}  // namespace

void check_origin_depense(const Values& values, Findings& findings) {
  const std::string kind = triplet(values);
  if (is_one_of(kind, {"02 02 06", "01 02 09", "01 13 01", "02 02 10"})) {
    check_nat_pce_orig(values, {"01", "02"}, findings);
  } else if (values.is(Field::typ_pce, "05")) {
    check_nat_pce_orig(values, {"03"}, findings);
  } else if (kind == "01 07 01") {
    check_nat_pce_orig(values, {"04"}, findings);
  }
  if (values.is(Field::nat_pce_orig, "05") && !is_one_of(kind, {"01 01 01", "01 09 01"})) {
    tell(findings, values, say("a pièce {1} cannot have NatPceOrig 05", {kind}));
  }
  check_id_ligne_orig(values, {"01", "02", "05"}, findings);
  check_id_conv(values, {"01 06 01"}, findings);
}

void check_origin_recette(const Values& values, Findings& findings) {
  const std::string kind = triplet(values);
  if (values.is(Field::nat_pce_orig, "05") && kind != "01 09 01") {
    tell(findings, values, say("a pièce {1} cannot have NatPceOrig 05", {kind}));
  }
  check_id_ligne_orig(values, {"01", "02"}, findings);
  check_id_conv(values, {"01 10 01", "01 10 02"}, findings);
  check_majoration(values, findings);
}

void check_role(const Values& values, Findings& findings) {
  if (!values.has(Field::id_rol) || triplet(values) == "01 06 01") return;
  findings.add("piece.role", say("a pièce {1} cannot have an IdRol", {triplet(values)}),
               values.at(Field::id_rol));
}

}  // namespace pes::preflight
