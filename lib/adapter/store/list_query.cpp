#include "adapter/store/list_query.hpp"

#include "support/text.hpp"

#include <utility>

namespace pes::store {

namespace {

std::string job_condition(JobFilter filter) {
  switch (filter) {
    case JobFilter::any:
      return "next_try IS NOT NULL";
    case JobFilter::planned:
      return "next_try IS NOT NULL AND is_lock = 0";
    case JobFilter::suspended:
      return "next_try IS NOT NULL AND is_lock = 1";
    case JobFilter::none:
      return "next_try IS NULL";
  }
  return {};
}

/// `LIKE` has two characters of its own.
std::string like(std::string_view part) {
  std::string pattern = "%";
  for (const char c : part) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

class Conditions {
 public:
  void add(const std::string& condition) {
    result.sql += (result.sql.empty() ? " WHERE " : " AND ") + condition;
  }
  void add(std::string_view condition, std::string value) {
    add(fill("{1} {2}", {condition, place(std::move(value))}));
  }
  std::string place(std::string value) {
    result.values.push_back(std::move(value));
    return "$" + std::to_string(result.values.size());
  }

  ListConditions result;
};

std::string places_of(const std::vector<Action>& states, Conditions& conditions) {
  std::vector<std::string> places;
  for (const Action state : states) places.push_back(conditions.place(std::string(id(state))));
  return join(places, ", ");
}

std::string_view column_of(SortColumn column) {
  switch (column) {
    case SortColumn::date_dernier_etat:
      return "date";
    case SortColumn::titre:
      return "titre";
    case SortColumn::type:
      return "type";
    case SortColumn::creation:
      return "creation";
    case SortColumn::dte_str:
      return "dte_str";
    case SortColumn::cod_bud:
      return "cod_bud";
    case SortColumn::pes_etat_ack:
      return "pes_etat_ack";
    case SortColumn::next_try:
      return "next_try";
  }
  return {};
}

}  // namespace

Listing listing_of(const Dossier& dossier) {
  Listing listing{
      .id_d = dossier.id_d.text(),
      .id_e = dossier.id_e,
      .type = dossier.type,
      .state = std::string(id(dossier.state())),
      .titre = dossier.titre(),
      .date = seconds_of(dossier.etats.empty() ? dossier.creation : dossier.last_row().date),
      .creation = seconds_of(dossier.creation),
      .dte_str = std::string(dossier.value(field::dte_str)),
      .cod_bud = std::string(dossier.value(field::cod_bud)),
      .pes_etat_ack = std::string(dossier.value(field::pes_etat_ack)),
      .transaction_id = std::string(dossier.value(field::pes_tedetis_transaction_id)),
      .nom_fic = std::string(dossier.value(field::nom_fic))};
  if (!dossier.job) return listing;
  listing.next_try = seconds_of(dossier.job->next_try);
  listing.is_lock = dossier.job->is_lock ? 1 : 0;
  return listing;
}

std::int64_t seconds_of(Instant instant) { return instant.time_since_epoch().count(); }

std::string order_of(const DossierQuery& query) {
  const bool is_descending = query.order == SortOrder::descending;
  std::string order = is_descending ? "DESC" : "ASC";
  // Only these may be missing; the two databases do not agree on where such ones come.
  const bool may_be_missing = query.sort == SortColumn::next_try && !query.job && !query.due;
  if (may_be_missing) order += is_descending ? " NULLS LAST" : " NULLS FIRST";
  return fill(" ORDER BY {1} {2}, id_d", {column_of(query.sort), order});
}

std::string due_at(std::string_view moment) {
  return fill("is_lock = 0 AND next_try <= {1}", {moment});
}

std::string planned_after(std::string_view moment) {
  return fill("is_lock = 0 AND next_try > {1}", {moment});
}

std::string due_in_turn(std::string_view table, std::string_view condition,
                        std::string_view limit) {
  return fill(
      "SELECT id_d FROM (SELECT id_d, next_try, row_number() OVER (PARTITION BY id_e ORDER BY "
      "next_try, id_d) AS turn FROM {1} WHERE {2}) AS due ORDER BY turn, next_try, id_d LIMIT {3}",
      {table, condition, limit});
}

ListConditions conditions_of(const DossierQuery& query) {
  Conditions conditions;
  if (query.id_e) conditions.add("id_e =", *query.id_e);
  if (query.type) conditions.add("type =", *query.type);
  if (!query.title_part.empty()) {
    conditions.add(fill("lower(titre) LIKE {1} ESCAPE '\\'",
                        {conditions.place(like(lowered_ascii(query.title_part)))}));
  }
  if (!query.id_prefix.empty()) {
    conditions.add("id_d >=", query.id_prefix);
    conditions.add("id_d <", query.id_prefix + '\x7F');
  }
  if (!query.transaction.empty()) conditions.add("transaction_id =", query.transaction);
  if (!query.nom_fic.empty()) conditions.add("nom_fic =", query.nom_fic);
  if (query.job) conditions.add(job_condition(*query.job));
  // A number of ours, and no text: it needs no place.
  if (query.due) {
    conditions.add(due_at(std::to_string(seconds_of(*query.due))));
  }
  if (!query.states.empty()) {
    conditions.add(fill("state IN ({1})", {places_of(query.states, conditions)}));
  }
  return conditions.result;
}

}  // namespace pes::store
