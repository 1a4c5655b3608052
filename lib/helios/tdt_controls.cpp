#include "helios/finding_rules.hpp"
#include "helios/flow_checks.hpp"
#include "support/text.hpp"

#include <string>

namespace pes::helios {

namespace {

constexpr std::size_t cod_col_length = 3;
constexpr std::size_t id_post_length = 6;
constexpr std::size_t cod_bud_length = 2;
constexpr std::size_t id_coll_length = 14;

xml::Position position(const FilePlace& place) { return {place.line, place.column}; }

/// A value by which the TdT routes a flow.
struct Route {
  RuleCode missing;
  RuleCode length;
  const char* name;
  std::string PesAller::*value;
  FilePlace PesAller::*place;
  std::size_t wanted;
};

void check_route(const PesAller& flow, const Route& route, std::vector<Finding>& findings) {
  const std::string& value = flow.*(route.value);
  const std::size_t length = length_in_characters(value);
  if (length == route.wanted) return;
  const FilePlace& place = flow.*(route.place);
  if (length == 0) {
    findings.push_back(finding(route.missing,
                               say("the TdT does not send a flow without {1}", {route.name}),
                               position(place.line > 0 ? place : flow.entete_pes_at)));
    return;
  }
  findings.push_back(
      finding(route.length,
              say("the TdT only sends a flow whose {1} has {3} characters, this one has {2}: {4}",
                  {route.name, std::to_string(length), std::to_string(route.wanted), value}),
              position(place)));
}

}  // namespace

void check_arrival(const PesAller& flow, std::uint64_t max_bytes, std::vector<Finding>& findings) {
  if (flow.size > max_bytes) {
    findings.push_back(finding("size.too-large",
                               say("the TdT refuses files of more than {1} bytes, this one has {2}",
                                   {std::to_string(max_bytes), std::to_string(flow.size)})));
  }
  if (flow.size == 0) {
    findings.push_back(finding("size.empty", tr("the TdT refuses an empty file")));
  }
  if (!flow.latin1_in_first_50) {
    findings.push_back(
        finding("encoding.not-latin1",
                say("the TdT refuses a file whose first 50 characters do not name ISO-8859-1; this "
                    "one declares {1}",
                    {flow.encoding.empty() ? tr("no encoding") : flow.encoding}),
                {1, 1}));
  }
  const bool has_content =
      flow.has_depense || flow.has_recette || flow.has_facture || flow.has_marche || flow.has_pj;
  if (!has_content) {
    findings.push_back(finding(
        "content.none", tr("the TdT refuses a flow with neither bordereau, nor PJ, nor marché"),
        position(flow.root_at)));
  }
  if (flow.nom_fic.empty()) {
    findings.push_back(finding("nomfic.missing",
                               tr("the TdT refuses a flow whose NomFic is missing or empty"),
                               position(flow.parametres_at)));
  }
  if (flow.cod_col.size() > cod_col_length) {
    findings.push_back(
        finding("codcol.too-long",
                say("the TdT refuses a CodCol of more than 3 characters: {1}", {flow.cod_col}),
                position(flow.cod_col_at)));
  }
  if (flow.id_coll.size() > id_coll_length) {
    findings.push_back(
        finding("idcoll.too-long",
                say("the TdT refuses an IdColl of more than 14 characters: {1}", {flow.id_coll}),
                position(flow.id_coll_at)));
  }
}

void check_routing(const PesAller& flow, std::vector<Finding>& findings) {
  if (flow.cod_col.size() <= cod_col_length) {
    check_route(flow,
                {"codcol.missing", "codcol.length", "CodCol", &PesAller::cod_col,
                 &PesAller::cod_col_at, cod_col_length},
                findings);
  }
  check_route(flow,
              {"idpost.missing", "idpost.length", "IdPost", &PesAller::id_post,
               &PesAller::id_post_at, id_post_length},
              findings);
  check_route(flow,
              {"codbud.missing", "codbud.length", "CodBud", &PesAller::cod_bud,
               &PesAller::cod_bud_at, cod_bud_length},
              findings);
}

}  // namespace pes::helios
