#include "retour_text.hpp"

#include "ui/language.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace pes::cmd {

namespace {

std::string_view domaine(Domain domain) {
  return domain == Domain::depense ? "dépense" : "recette";
}

/// « 101 (ordinaire) »
std::string number_of(const RetourBordereau& bordereau) {
  if (bordereau.typ_bord.empty()) return bordereau.id_bord;
  return fill("{1} ({2})",
              {bordereau.id_bord, typ_bord_label(bordereau.domain, bordereau.typ_bord)});
}

/// « rejeté, 2025-01-17 »
std::string state_of(Domain domain, const RetourPiece& piece) {
  const std::string state = etat_pce_label(domain, piece.etat);
  const std::string& date = !piece.dte_rej.empty()    ? piece.dte_rej
                            : !piece.dte_inst.empty() ? piece.dte_inst
                                                      : piece.dte_pec;
  return date.empty() ? state : fill("{1}, {2}", {state, date});
}

std::string state_of(const RetourBordereau& bordereau) {
  std::string state;
  for (const auto& [word, date] :
       {std::pair(std::string_view("pris en charge"), std::string_view(bordereau.dte_pec)),
        std::pair(std::string_view("mis en instance"), std::string_view(bordereau.dte_inst)),
        std::pair(std::string_view("rejeté"), std::string_view(bordereau.dte_rej))}) {
    if (!date.empty()) state = fill("{1}, {2}", {word, date});
  }
  return state;
}

void add_piece(ui::Table& table, const RetourBordereau& bordereau, const RetourPiece& piece) {
  const Domain domain = bordereau.domain;
  const std::string number = number_of(bordereau);
  table.add({std::string(domaine(domain)), bordereau.exer, number, piece.id_pce, "",
             state_of(domain, piece), obs_etat_label(domain, piece.obs_etat), "", piece.obj,
             piece.commentaire});
  for (const RetourLigne& ligne : piece.lignes) {
    table.add({std::string(domaine(domain)), bordereau.exer, number, piece.id_pce, ligne.id_ligne,
               etat_lig_pce_label(domain, ligne.etat), obs_etat_label(domain, ligne.obs_etat),
               ligne.mt_ht, "", ligne.commentaire});
  }
}

/// A code and its words.
void put_code(ui::Json& json, const std::string& key, const std::string& code,
              const std::string& words) {
  json[key] = ui::text_or_null(code);
  json[key + "_libelle"] = ui::text_or_null(words);
}

ui::Json ligne_json(Domain domain, const RetourLigne& ligne) {
  ui::Json json{{"id_ligne", ui::text_or_null(ligne.id_ligne)}};
  put_code(json, "etat", ligne.etat, etat_lig_pce_label(domain, ligne.etat));
  put_code(json, "obs_etat", ligne.obs_etat, obs_etat_label(domain, ligne.obs_etat));
  json["commentaire"] = ui::text_or_null(ligne.commentaire);
  json["mt_ht"] = ui::text_or_null(ligne.mt_ht);
  json["mt_tva"] = ui::text_or_null(ligne.mt_tva);
  json["mt_regle"] = ui::text_or_null(ligne.mt_regle);
  return json;
}

ui::Json piece_json(Domain domain, const RetourPiece& piece) {
  ui::Json json{{"id_pce", ui::text_or_null(piece.id_pce)},
                {"typ_pce", ui::text_or_null(piece.typ_pce)},
                {"nat_pce", ui::text_or_null(piece.nat_pce)},
                {"objet", ui::text_or_null(piece.obj)}};
  put_code(json, "etat", piece.etat, etat_pce_label(domain, piece.etat));
  put_code(json, "obs_etat", piece.obs_etat, obs_etat_label(domain, piece.obs_etat));
  json["commentaire"] = ui::text_or_null(piece.commentaire);
  json["dte_pec"] = ui::text_or_null(piece.dte_pec);
  json["dte_rej"] = ui::text_or_null(piece.dte_rej);
  json["dte_inst"] = ui::text_or_null(piece.dte_inst);
  json["numero_perdu"] = piece.number_is_lost();
  json["lignes"] = ui::Json::array();
  for (const RetourLigne& ligne : piece.lignes) json["lignes"].push_back(ligne_json(domain, ligne));
  return json;
}

ui::Json bordereau_json(const RetourBordereau& bordereau) {
  ui::Json json{{"domaine_libelle", std::string(domaine(bordereau.domain))},
                {"exercice", ui::text_or_null(bordereau.exer)},
                {"num_bord", ui::text_or_null(bordereau.id_bord)}};
  put_code(json, "typ_bord", bordereau.typ_bord,
           typ_bord_label(bordereau.domain, bordereau.typ_bord));
  json["mt_ttc"] = ui::text_or_null(bordereau.mt_ttc);
  json["dte_pec"] = ui::text_or_null(bordereau.dte_pec);
  json["dte_rej"] = ui::text_or_null(bordereau.dte_rej);
  json["dte_inst"] = ui::text_or_null(bordereau.dte_inst);
  json["regularisation"] = bordereau.asks_for_regularisation();
  json["pieces"] = ui::Json::array();
  for (const RetourPiece& piece : bordereau.pieces) {
    json["pieces"].push_back(piece_json(bordereau.domain, piece));
  }
  return json;
}

}  // namespace

ui::Table retour_table(const PesRetour& retour) {
  using Cut = ui::Table::Cut;
  ui::Table table({{"Domaine"},
                   {"Exercice"},
                   {"Bordereau", Cut::two_lines},
                   {"Pièce"},
                   {"Ligne"},
                   {"État", Cut::two_lines},
                   {"Motif", Cut::two_lines},
                   {"Montant HT"},
                   {"Objet", Cut::two_lines},
                   {"Commentaire", Cut::two_lines}});
  for (const RetourBordereau& bordereau : retour.bordereaux) {
    if (bordereau.pieces.empty()) {
      table.add({std::string(domaine(bordereau.domain)), bordereau.exer, number_of(bordereau), "",
                 "", state_of(bordereau), "", bordereau.mt_ttc, "", ""});
    }
    for (const RetourPiece& piece : bordereau.pieces) add_piece(table, bordereau, piece);
  }
  return table;
}

ui::Table restes_table(const PesRetour& retour) {
  ui::Table table({{"Tiers", ui::Table::Cut::middle},
                   {"Produit local"},
                   {"Reste à recouvrer"},
                   {"Frais restant à recouvrer"}});
  for (const RetourReste& reste : retour.restes) {
    table.add({reste.ref_tiers, reste.cod_prod_loc, reste.rar, reste.rar_frais});
  }
  return table;
}

ui::Json retour_json(const port::Retour& retour) {
  return {{"id", retour.id},
          {"tdt", retour.tdt},
          {"tdt_id", retour.tdt_id},
          {"recu_au_tdt", ui::text_or_null(retour.received)},
          {"date", iso8601(retour.fetched)},
          {"nom", ui::text_or_null(retour.nom)},
          {"taille", retour.taille},
          {"sha256", retour.sha256},
          {"id_e", retour.id_e},
          {"rattachement", retour.rattachement},
          {"typ_fic", ui::text_or_null(retour.typ_fic)},
          {"domaines", ui::text_or_null(retour.domaines)},
          {"typ_restit", ui::text_or_null(retour.typ_restit)},
          {"typ_restit_libelle", ui::text_or_null(typ_restit_label(retour.typ_restit))},
          {"dte_str", ui::text_or_null(retour.dte_str)},
          {"id_coll", ui::text_or_null(retour.id_coll)},
          {"cod_coll", ui::text_or_null(retour.cod_coll)},
          {"cod_bud", ui::text_or_null(retour.cod_bud)}};
}

ui::Json content_json(const PesRetour& retour) {
  ui::Json json{{"nom_fic", ui::text_or_null(retour.nom_fic)},
                {"id_post", ui::text_or_null(retour.id_post)},
                {"libelle_poste", ui::text_or_null(retour.libelle_poste)},
                {"libelle_col_bud", ui::text_or_null(retour.libelle_col_bud)},
                {"bordereaux", ui::Json::array()},
                {"restes", ui::Json::array()}};
  for (const RetourBordereau& bordereau : retour.bordereaux) {
    json["bordereaux"].push_back(bordereau_json(bordereau));
  }
  for (const RetourReste& reste : retour.restes) {
    json["restes"].push_back({{"ref_tiers", ui::text_or_null(reste.ref_tiers)},
                              {"cod_prod_loc", ui::text_or_null(reste.cod_prod_loc)},
                              {"rar", ui::text_or_null(reste.rar)},
                              {"rar_frais", ui::text_or_null(reste.rar_frais)}});
  }
  return json;
}

}  // namespace pes::cmd
