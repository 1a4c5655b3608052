#include "record/retour.hpp"

#include "pes/time.hpp"
#include "record/node.hpp"
#include "record/parts.hpp"

namespace pes::record {

namespace {

constexpr std::string_view schema = "pes.retour/1";

}  // namespace

std::string write_retour(const port::Retour& retour) {
  const Json document = {{"schema", schema},
                         {"id", retour.id},
                         {"tdt", retour.tdt},
                         {"tdt_id", retour.tdt_id},
                         {"recu_au_tdt", text_or_null(retour.received)},
                         {"date", iso8601(retour.fetched)},
                         {"nom", text_or_null(retour.nom)},
                         {"taille", retour.taille},
                         {"sha256", retour.sha256},
                         {"id_e", retour.id_e},
                         {"rattachement", retour.rattachement},
                         {"typ_fic", text_or_null(retour.typ_fic)},
                         {"domaines", text_or_null(retour.domaines)},
                         {"typ_restit", text_or_null(retour.typ_restit)},
                         {"dte_str", text_or_null(retour.dte_str)},
                         {"id_coll", text_or_null(retour.id_coll)},
                         {"cod_coll", text_or_null(retour.cod_coll)},
                         {"cod_bud", text_or_null(retour.cod_bud)}};
  return to_text(document, 2) + "\n";
}

port::Retour read_retour(std::string_view text, const Source& source) {
  const Json document = parse_document(text, source);
  const Node root(document, source);
  require_schema(root, schema);

  port::Retour retour;
  retour.id = root.at("id").text();
  retour.tdt = root.at("tdt").text();
  retour.tdt_id = root.at("tdt_id").text();
  retour.received = root.at("recu_au_tdt").text_or_null();
  retour.fetched = root.at("date").instant();
  retour.nom = root.at("nom").text_or_null();
  retour.taille = root.at("taille").number();
  retour.sha256 = root.at("sha256").digest(sha256_digits);
  retour.id_e = root.at("id_e").text();
  retour.rattachement = root.at("rattachement").text();
  retour.typ_fic = root.at("typ_fic").text_or_null();
  retour.domaines = root.at("domaines").text_or_null();
  retour.typ_restit = root.at("typ_restit").text_or_null();
  retour.dte_str = root.at("dte_str").text_or_null();
  retour.id_coll = root.at("id_coll").text_or_null();
  retour.cod_coll = root.at("cod_coll").text_or_null();
  retour.cod_bud = root.at("cod_bud").text_or_null();
  return retour;
}

}  // namespace pes::record
