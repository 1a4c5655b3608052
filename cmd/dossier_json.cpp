#include "dossier_json.hpp"

#include "pes/dossier_type.hpp"
#include "pes/flow.hpp"
#include "ui/dates.hpp"
#include "ui/labels.hpp"

#include <algorithm>

namespace pes::cmd {

namespace {

using ui::Json;
using ui::text_or_null;

std::string denomination(const EntityTree& entities, const std::string& id_e) {
  const auto& all = entities.all();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Entity& entity) { return entity.id_e == id_e; });
  return found == all.end() ? std::string() : found->denomination;
}

std::string type_label(const std::string& type) {
  const auto& types = dossier_types();
  const auto found = std::find_if(types.begin(), types.end(),
                                  [&](const DossierType& known) { return known.id == type; });
  return found == types.end() ? std::string() : found->label;
}

Json optional_date(const std::optional<Instant>& instant) {
  return instant ? Json(iso8601(*instant)) : Json(nullptr);
}

Json states(const Dossier& dossier) {
  Json rows = Json::array();
  for (const Row& row : dossier.etats) {
    rows.push_back({{"action", std::string(id(row.action))},
                    {"libelle", std::string(label(row.action))},
                    {"date", iso8601(row.date)},
                    {"id_u", row.user.id_u},
                    {"utilisateur", row.user.name},
                    {"id_j", row.id_j}});
  }
  return rows;
}

Json attempt(const Dossier& dossier) {
  if (!dossier.attempt) return nullptr;
  const Attempt& attempt = *dossier.attempt;
  const bool to_tdt = attempt.kind == Attempt::Kind::tdt_import;
  return {{"id", attempt.id},
          {"kind", to_tdt ? "tdt-import" : "sae-deposit"},
          {"started", iso8601(attempt.started)},
          {"sha256", attempt.sha256},
          {"unknown", attempt.unknown},
          {"received", attempt.received}};
}

/// Fields as they are, files as arrays of names, in the order of the tabs (workflow §6.2).
Json data(const Dossier& dossier) {
  Json result = Json::object();
  for (const ui::Section& section : ui::sections()) {
    for (const std::string_view field : section.fields) {
      const std::string key(field);
      if (const StoredFile* file = dossier.file(field)) {
        result[key] = Json::array({file->name});
      } else if (const auto value = dossier.value(field); !value.empty()) {
        result[key] = std::string(value);
      }
      for (const std::string& earlier : dossier.earlier(field)) {
        result[earlier] = Json::array({dossier.file(earlier)->name});
      }
    }
  }
  return result;
}

Json files(const Dossier& dossier) {
  Json result = Json::array();
  for (const auto& [field, file] : dossier.files) {
    result.push_back({{"champ", field},
                      {"libelle", std::string(ui::field_label(field))},
                      {"nom", file.name},
                      {"taille", file.size},
                      {"sha256", file.sha256}});
  }
  return result;
}

Json possible_actions(const Dossier& dossier) {
  Json actions = Json::array();
  for (const Action action : flow::possible_actions(dossier)) {
    actions.push_back(std::string(id(action)));
  }
  return actions;
}

}  // namespace

Json job_json(const Dossier& dossier) {
  if (!dossier.job) return nullptr;
  const Job& job = *dossier.job;
  return {{"etat_cible", std::string(id(job.etat_cible))},
          {"nb_try", job.nb_try},
          {"first_try", optional_date(job.first_try)},
          {"last_try", optional_date(job.last_try)},
          {"next_try", iso8601(job.next_try)},
          {"last_message", text_or_null(job.last_message)},
          {"is_lock", job.is_lock},
          {"failures", job.failures},
          {"reason", text_or_null(job.reason)}};
}

Json dossier_row(const Dossier& dossier, const EntityTree& entities) {
  const Row& last = dossier.last_row();
  return {{"id_d", dossier.id_d.text()},
          {"id_e", dossier.id_e},
          {"denomination", text_or_null(denomination(entities, dossier.id_e))},
          {"type", dossier.type},
          {"document_type_libelle", text_or_null(type_label(dossier.type))},
          {"titre", dossier.titre()},
          {"creation", iso8601(dossier.creation)},
          {"modification", iso8601(dossier.modification)},
          {"last_action", std::string(id(last.action))},
          {"last_action_libelle", std::string(label(last.action))},
          {"last_action_date", iso8601(last.date)},
          {"dte_str", text_or_null(dossier.value(field::dte_str))},
          {"cod_bud", text_or_null(dossier.value(field::cod_bud))},
          {"pes_etat_ack", text_or_null(dossier.value(field::pes_etat_ack))}};
}

Json dossier_detail(const Dossier& dossier, const EntityTree& entities) {
  const auto faults = flow::form_faults(dossier);
  Json json = dossier_row(dossier, entities);
  json["action_possible"] = possible_actions(dossier);
  json["formulaire_ok"] = faults.empty() ? 1 : 0;
  json["message"] = faults.empty() ? Json(nullptr) : Json(faults.front());
  json["data"] = data(dossier);
  json["fichiers"] = files(dossier);
  json["etats"] = states(dossier);
  json["job"] = job_json(dossier);
  json["attempt"] = attempt(dossier);
  return json;
}

Json findings_json(const std::vector<Finding>& findings) {
  Json result = Json::array();
  for (const Finding& finding : findings) {
    result.push_back({{"severity", finding.severity == Severity::error ? "error" : "warning"},
                      {"code", finding.code},
                      {"message", finding.message},
                      {"consequence", text_or_null(id(finding.consequence))},
                      {"refused_by", text_or_null(id(finding.refused_by))},
                      {"line", finding.line == 0 ? Json(nullptr) : Json(finding.line)},
                      {"column", finding.column == 0 ? Json(nullptr) : Json(finding.column)}});
  }
  return result;
}

}  // namespace pes::cmd
