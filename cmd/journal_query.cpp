#include "journal_query.hpp"

#include "csv.hpp"
#include "pes/action.hpp"
#include "pes/error.hpp"
#include "ui/characters.hpp"
#include "ui/dates.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace pes::cmd {

namespace {

constexpr std::array<EventType, 14> event_types{
    EventType::dossier_action, EventType::notification, EventType::entity,
    EventType::user,           EventType::mail,         EventType::connection,
    EventType::consultation,   EventType::mail_sent,    EventType::failed_attempt,
    EventType::batch,          EventType::test,         EventType::custom_type,
    EventType::journal,        EventType::command};

const Entity* entity_of(const Event& event, const EntityTree& entities) {
  const auto& all = entities.all();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Entity& entity) { return entity.id_e == event.id_e; });
  return found == all.end() ? nullptr : &*found;
}

std::string denomination(const Event& event, const EntityTree& entities) {
  const Entity* entity = entity_of(event, entities);
  if (entity != nullptr) return entity->denomination;
  return event.id_e == "0" ? std::string(root_denomination) : event.id_e;
}

std::string siren(const Event& event, const EntityTree& entities) {
  const Entity* entity = entity_of(event, entities);
  return entity == nullptr ? std::string() : entity->siren;
}

std::string action_label(const Event& event) {
  const auto action = parse_action(event.action);
  return action ? std::string(label(*action)) : event.action;
}

std::string type_label(const Event& event) {
  const auto& types = dossier_types();
  const auto found = std::find_if(types.begin(), types.end(), [&](const DossierType& type) {
    return type.id == event.document_type;
  });
  return found == types.end() ? std::string() : found->label;
}

std::string type_number(const Event& event) { return std::to_string(static_cast<int>(event.type)); }

/// « 0 » when the event is about no dossier (workflow §3.1).
std::string dossier_or_zero(const Event& event) {
  return event.id_d.empty() ? "0" : event.id_d.text();
}

}  // namespace

bool matches(const JournalQuery& query, const Event& event) {
  if (query.id_d && event.id_d != *query.id_d) return false;
  if (query.id_e && event.id_e != *query.id_e) return false;
  if (query.document_type && event.document_type != *query.document_type) return false;
  if (query.event_type && event.type != *query.event_type) return false;
  if (query.user && event.user.id_u != *query.user && event.user.name != *query.user) return false;
  if (query.from && event.date < *query.from) return false;
  if (query.to && event.date > *query.to) return false;
  return query.text.empty() || ui::contains_ignoring_case(message_horodate(event), query.text);
}

std::string message_horodate(const Event& event) {
  std::string text;
  for (const std::string& part :
       {type_number(event), event.id_e, event.user.id_u, dossier_or_zero(event), event.action,
        event.message, ui::pastell_date(event.date), event.document_type}) {
    text += (text.empty() ? "" : " - ") + part;
  }
  return text;
}

EventType parse_event_type(std::string_view text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, number);
  const bool is_number = failure == std::errc() && rest == end;
  for (const EventType type : event_types) {
    if (is_number ? static_cast<int>(type) == number : label(type) == text) return type;
  }
  throw Error(ErrorCode::usage, say("{1} cannot be {2}", {"--event-type", text}),
              tr("write a number from 1 to 14, or the type as the journal shows it"));
}

std::vector<ui::Table::Column> journal_columns() {
  using Cut = ui::Table::Cut;
  using Shown = ui::Table::Shown;
  return {{"Numéro"},
          {"Date"},
          {"Type", Cut::two_lines, Shown::with_room},
          {"Entité", Cut::two_lines, Shown::with_room},
          {"SIREN", Cut::never, Shown::with_room},
          {"Utilisateur", Cut::two_lines},
          {"Dossier"},
          {"État", Cut::two_lines},
          {"Message", Cut::two_lines}};
}

std::vector<std::string> journal_cells(const Event& event, const EntityTree& entities) {
  return {std::to_string(event.id_j),
          local_date_time(event.date),
          std::string(label(event.type)),
          denomination(event, entities),
          siren(event, entities),
          event.user.name,
          event.id_d.text(),
          action_label(event),
          event.message};
}

ui::Json event_json(const Event& event, const EntityTree& entities, const StampTimes& times) {
  const auto stamped = times.find(event.id_j);
  return {
      {"id_j", event.id_j},
      {"type", static_cast<int>(event.type)},
      {"type_libelle", std::string(label(event.type))},
      {"id_e", event.id_e},
      {"id_u", event.user.id_u},
      {"id_d", ui::text_or_null(event.id_d.text())},
      {"action", event.action},
      {"message", event.message},
      {"date", iso8601(event.date)},
      {"message_horodate", message_horodate(event)},
      {"date_horodatage", stamped == times.end() ? ui::Json() : ui::Json(iso8601(stamped->second))},
      {"document_type", ui::text_or_null(event.document_type)},
      {"titre", ui::text_or_null(event.titre)},
      {"denomination", denomination(event, entities)},
      {"siren", ui::text_or_null(siren(event, entities))},
      {"utilisateur", event.user.name},
      {"document_type_libelle", ui::text_or_null(type_label(event))},
      {"action_libelle", action_label(event)},
      {"attempt", ui::text_or_null(event.attempt)},
      {"reason", ui::text_or_null(event.reason)},
      {"previous", ui::text_or_null(event.previous)},
      {"sha256", event.sha256}};
}

std::string csv_header() {
  return "id_j,type,id_e,id_u,id_d,action,message,date,message_horodate,date_horodatage,"
         "document_type,titre,denomination,siren,nom,document_type_libelle,action_libelle\n";
}

std::string csv_line(const Event& event, const EntityTree& entities, const StampTimes& times) {
  const auto stamped = times.find(event.id_j);
  return csv_row({std::to_string(event.id_j), type_number(event), event.id_e, event.user.id_u,
                  dossier_or_zero(event), event.action, event.message, ui::pastell_date(event.date),
                  message_horodate(event),
                  stamped == times.end() ? "" : ui::pastell_date(stamped->second),
                  event.document_type, event.titre, denomination(event, entities),
                  siren(event, entities), event.user.name, type_label(event), action_label(event)});
}

}  // namespace pes::cmd
