#include "pes/pes_aller.hpp"
#include "support/text.hpp"
#include "xml/names.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pes {

namespace {

Finding error(std::string code, std::string message) {
  return {.severity = Severity::error, .code = std::move(code), .message = std::move(message)};
}

/// @param line 0 when the whole file is concerned
Finding warning(std::string code, std::string message, std::uint64_t line = 0) {
  return {.severity = Severity::warning,
          .code = std::move(code),
          .message = std::move(message),
          .line = line};
}

bool is_true(const std::string& value) { return value == "1" || value == "true"; }

/// `12` and `0012` are the same number; no number equals nothing.
bool is_number(std::string_view text, std::uint64_t number) {
  const std::size_t zeros = std::min(text.find_first_not_of('0'), text.size());
  const std::string digits = number == 0 ? "" : std::to_string(number);
  return !text.empty() && text.substr(zeros) == digits;
}

std::string name_of(const Bordereau& bordereau) {
  return bordereau.id_bord.empty() ? tr("without number") : bordereau.id_bord;
}

/// What S²LOW looks at on arrival, in its order (tdt §7, controls 1 to 13).
void check_arrival(const PesAller& flow, std::uint64_t max_bytes, std::vector<Finding>& findings) {
  if (flow.size > max_bytes) {
    findings.push_back(error("size.too-large",
                             say("the TdT refuses files of more than {1} bytes, this one has {2}",
                                 {std::to_string(max_bytes), std::to_string(flow.size)})));
  }
  if (flow.size == 0) findings.push_back(error("size.empty", tr("the TdT refuses an empty file")));
  if (!flow.latin1_in_first_50) {
    findings.push_back(
        error("encoding.not-latin1",
              say("the TdT refuses a file whose first 50 characters do not name ISO-8859-1; this "
                  "one declares {1}",
                  {flow.encoding.empty() ? tr("no encoding") : flow.encoding})));
  }
  const bool has_content =
      flow.has_depense || flow.has_recette || flow.has_facture || flow.has_marche || flow.has_pj;
  if (!has_content) {
    findings.push_back(error(
        "content.none", tr("the TdT refuses a flow with neither bordereau, nor PJ, nor marché")));
  }
  if (flow.nom_fic.empty()) {
    findings.push_back(
        error("nomfic.missing", tr("the TdT refuses a flow whose NomFic is missing or empty")));
  }
  if (flow.cod_col.size() > 3) {
    findings.push_back(
        error("codcol.too-long",
              say("the TdT refuses a CodCol of more than 3 characters: {1}", {flow.cod_col})));
  }
  if (flow.id_coll.size() > 14) {
    findings.push_back(
        error("idcoll.too-long",
              say("the TdT refuses an IdColl of more than 14 characters: {1}", {flow.id_coll})));
  }
}

/// What S²LOW looks at when it sends (tdt §7, controls 17 to 19). A CodCol that is too long
/// does not get so far.
void check_routing(const PesAller& flow, std::vector<Finding>& findings) {
  struct Rule {
    const char* code;
    const char* name;
    const std::string& value;
    std::size_t length;
  };
  for (const Rule& rule :
       {Rule{"codcol", "CodCol", flow.cod_col, 3}, Rule{"idpost", "IdPost", flow.id_post, 6},
        Rule{"codbud", "CodBud", flow.cod_bud, 2}}) {
    const std::size_t length = length_in_characters(rule.value);
    if (&rule.value == &flow.cod_col && flow.cod_col.size() > 3) continue;
    if (length == 0) {
      findings.push_back(error(fill("{1}.missing", {rule.code}),
                               say("the TdT does not send a flow without {1}", {rule.name})));
    } else if (length != rule.length) {
      findings.push_back(
          error(fill("{1}.length", {rule.code}),
                say("the TdT does not send a flow whose {1} has {2} characters instead of {3}: {4}",
                    {rule.name, std::to_string(length), std::to_string(rule.length), rule.value})));
    }
  }
}

bool is_signed(const PesAller& flow, Domain domain) {
  return flow.root_is_signed ||
         std::any_of(flow.bordereaux.begin(), flow.bordereaux.end(),
                     [&](const Bordereau& b) { return b.domain == domain && b.is_signed; });
}

/// InfoDematerialisee is 1 when and only when the domain is signed (pes §7); a missing
/// element counts as 0 (signature §1).
void check_demat(const PesAller& flow, Domain domain, std::vector<Finding>& findings) {
  const bool depense = domain == Domain::depense;
  if (depense ? !flow.has_depense : !flow.has_recette) return;
  const std::string block = depense ? "PES_DepenseAller" : "PES_RecetteAller";
  const bool demat = is_true((depense ? flow.demat_depense : flow.demat_recette).value_or("0"));
  const bool signature = is_signed(flow, domain);
  if (demat && !signature) {
    findings.push_back(warning("demat.unsigned",
                               say("{1} has InfoDematerialisee 1 and no signature: Hélios refuses "
                                   "the flow unless it is signed before it is sent",
                                   {block})));
  }
  if (!demat && signature) {
    findings.push_back(
        warning("demat.signed",
                say("{1} is signed but its InfoDematerialisee is not 1: Hélios refuses the flow",
                    {block})));
  }
}

/// All bordereaux or none, unless the root is signed (signature §8, row 24).
void check_coverage(const PesAller& flow, std::vector<Finding>& findings) {
  const auto count = std::count_if(flow.bordereaux.begin(), flow.bordereaux.end(),
                                   [](const Bordereau& b) { return b.is_signed; });
  if (flow.root_is_signed || count == 0) return;
  for (const Bordereau& bordereau : flow.bordereaux) {
    if (bordereau.is_signed) continue;
    findings.push_back(
        warning("signature.partial",
                say("bordereau {1} is not signed although others are", {name_of(bordereau)}),
                bordereau.line));
  }
}

/// How a flow is chosen to be signed: by its bordereaux when all have an Id, else whole
/// when its root has one (signature §1).
void check_ids(const PesAller& flow, std::vector<Finding>& findings) {
  std::set<std::string> seen;
  const auto check_id = [&](const std::string& id, std::uint64_t line) {
    if (id.empty()) return;
    if (!xml::is_ncname(id)) {
      findings.push_back(
          warning("id.not-a-name",
                  say("the Id {1} is not an XML name, no signature can refer to it", {id}), line));
    }
    if (!seen.insert(id).second) {
      findings.push_back(
          warning("id.duplicate",
                  say("the Id {1} is used twice, no signature can refer to it", {id}), line));
    }
  };
  check_id(flow.root_id, 0);
  for (const Bordereau& bordereau : flow.bordereaux) check_id(bordereau.id, bordereau.line);

  if (flow.signatures > 0) return;
  if (!flow.has_depense && !flow.has_recette) {
    findings.push_back(warning("signature.no-bordereau",
                               tr("without dépense or recette, the flow cannot be signed")));
    return;
  }
  const bool named = std::none_of(flow.bordereaux.begin(), flow.bordereaux.end(),
                                  [](const Bordereau& b) { return b.id.empty(); });
  const bool by_bordereau = named && !flow.bordereaux.empty();
  if (!by_bordereau && flow.root_id.empty()) {
    findings.push_back(
        warning("signature.no-id", tr("the flow cannot be signed: neither its root nor all of its "
                                      "bordereaux have an Id")));
  }
}

void check_text(const PesAller& flow, std::vector<Finding>& findings) {
  if (flow.c1_bytes) {
    findings.push_back(
        warning("encoding.c1", tr("the file has bytes from 0x80 to 0x9F, which mean nothing in "
                                  "ISO-8859-1: the text certainly is Windows-1252")));
  }
  constexpr std::string_view usual =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._- ";
  if (flow.nom_fic.find_first_not_of(usual) != std::string::npos) {
    findings.push_back(warning(
        "nomfic.characters",
        say("NomFic has characters other than letters without accent, digits, « . », « _ », « - » "
            "and blanks: {1}",
            {flow.nom_fic})));
  }
}

void check_counts(const PesAller& flow, std::vector<Finding>& findings) {
  for (const Bordereau& bordereau : flow.bordereaux) {
    if (is_number(bordereau.nbr_pce, bordereau.pieces)) continue;
    findings.push_back(
        warning("nbrpce.different",
                say("bordereau {1} has {2} pieces, its NbrPce is « {3} »",
                    {name_of(bordereau), std::to_string(bordereau.pieces), bordereau.nbr_pce}),
                bordereau.line));
  }
}

}  // namespace

std::vector<Finding> check_pes_aller(const PesAller& flow, std::uint64_t max_bytes) {
  std::vector<Finding> findings;
  check_arrival(flow, max_bytes, findings);
  check_routing(flow, findings);
  check_text(flow, findings);
  check_demat(flow, Domain::depense, findings);
  check_demat(flow, Domain::recette, findings);
  check_coverage(flow, findings);
  check_ids(flow, findings);
  check_counts(flow, findings);
  return findings;
}

}  // namespace pes
