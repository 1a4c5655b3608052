#include "ui/labels.hpp"

#include "ui/characters.hpp"

#include <algorithm>
#include <map>

namespace pes::ui {

const std::vector<Section>& sections() {
  static const std::vector<Section> all{
      {"PES", {field::objet, field::fichier_pes}},
      {"Cheminement", {field::envoi_tdt_helios, field::envoi_sae}},
      {"Libersign", {field::signature, field::fichier_original}},
      {"Information PES Aller",
       {field::id_coll, field::dte_str, field::cod_bud, field::exercice, field::id_bordereau,
        field::id_pj, field::id_pce, field::id_nature, field::id_fonction}},
      {"Retour Tdt",
       {field::pes_tedetis_transaction_id, field::transaction_saisie, field::pes_acquit,
        field::pes_etat_ack, field::acquit_autre_flux}},
      {"SAE",
       {field::journal, field::sae_transfert_id, field::sae_bordereau, field::sae_archive,
        field::ar_sae, field::sae_ack_comment, field::reply_sae, field::sae_archival_identifier,
        field::sae_atr_comment}},
  };
  return all;
}

const Section* find_section(std::string_view name) {
  const auto& all = sections();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Section& section) {
    return equal_ignoring_case(section.name, name);
  });
  return found == all.end() ? nullptr : &*found;
}

namespace {

/// Of what came before: `pes_acquit_1`.
std::string_view earlier_label(std::string_view field) {
  const std::string_view latest = field.substr(0, field.rfind('_'));
  if (latest == field::pes_acquit) return "PES Acquit précédent";
  if (latest == field::ar_sae) return "Accusé de réception SAE précédent";
  if (latest == field::reply_sae) return "Réponse du SAE précédente";
  return field;
}

}  // namespace

std::string_view field_label(std::string_view field) {
  static const std::map<std::string_view, std::string_view> labels{
      {field::objet, "Objet"},
      {field::fichier_pes, "Fichier PES"},
      {field::fichier_original, "Fichier original (après signature)"},
      {field::envoi_tdt_helios, "Transmission à la trésorerie"},
      {field::envoi_sae, "Transmission au SAE"},
      {field::signature, "Signer le fichier"},
      {field::id_coll, "Établissement émetteur"},
      {field::dte_str, "Date de production du fichier"},
      {field::cod_bud, "Code Budget"},
      {field::exercice, "Exercice comptable"},
      {field::id_bordereau, "Identifiant bordereau"},
      {field::id_pj, "Identifiant PJ"},
      {field::id_pce, "Numéro de mandat ou de titre"},
      {field::id_nature, "Nature comptable"},
      {field::id_fonction, "Opération comptable"},
      {field::pes_tedetis_transaction_id, "Identifiant de la transaction sur le Tdt"},
      {field::transaction_saisie, "Identifiant saisi, non vérifié"},
      {field::pes_acquit, "PES Acquit"},
      {field::acquit_autre_flux, "PES Acquit d'un autre flux"},
      {field::pes_etat_ack, "Etat acquittement Helios"},
      {field::journal, "Faisceau de preuves"},
      {field::sae_transfert_id, "Identifiant de transfert"},
      {field::sae_bordereau, "Bordereau SEDA"},
      {field::sae_archive, "Archive"},
      {field::ar_sae, "Accusé de réception SAE"},
      {field::sae_ack_comment, "Commentaire de l'accusé de réception"},
      {field::reply_sae, "Réponse du SAE"},
      {field::sae_archival_identifier, "Identifiant de l'archive sur le SAE"},
      {field::sae_atr_comment, "Commentaire de la réponse du SAE"},
  };
  const auto found = labels.find(field);
  return found == labels.end() ? earlier_label(field) : found->second;
}

std::string field_value(const Dossier& dossier, std::string_view field) {
  if (const StoredFile* file = dossier.file(field)) return file->name;
  const std::string_view value = dossier.value(field);
  if (value.empty()) return {};
  if (field == field::envoi_tdt_helios || field == field::envoi_sae ||
      field == field::transaction_saisie) {
    return std::string(oui_non(value == "1"));
  }
  if (field == field::pes_etat_ack) return std::string(etat_ack_label(value));
  return std::string(value);
}

std::string_view etat_ack_label(std::string_view etat_ack) {
  if (etat_ack == "0") return "Non acquitté";
  if (etat_ack == "1") return "Acquittement OK";
  if (etat_ack == "2") return "Acquittement KO";
  return etat_ack;
}

std::string_view oui_non(bool value) { return value ? "OUI" : "NON"; }

}  // namespace pes::ui
