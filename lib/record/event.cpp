#include "record/event.hpp"

#include "crypto/digest.hpp"
#include "pes/time.hpp"
#include "record/node.hpp"
#include "record/parts.hpp"
#include "support/text.hpp"

namespace pes::record {

namespace {

constexpr std::string_view schema = "pes.event/1";

/// A key that is absent changes nothing, one that is null removes.
Json write_change(const std::optional<Change>& change) {
  if (!change) return {};
  Json object = Json::object();
  if (change->row) object["row"] = id(*change->row);
  for (const auto& [name, value] : change->fields) {
    object["data"][name] = value ? Json(*value) : Json();
  }
  for (const auto& [field, file] : change->files) {
    object["files"][field] = file ? write_stored_file(*file) : Json();
  }
  if (change->job) object["job"] = write_job(*change->job);
  if (change->attempt) object["attempt"] = write_attempt(*change->attempt);
  return object;
}

std::optional<Change> read_change(const Node& node) {
  if (node.is_null()) return std::nullopt;
  Change change;
  if (const auto row = node.find("row")) change.row = row->action();
  if (const auto fields = node.find("data")) {
    fields->each_member([&](const std::string& name, const Node& value) {
      auto& field = change.fields[name];
      if (!value.is_null()) field = value.text();
    });
  }
  if (const auto files = node.find("files")) {
    files->each_member([&](const std::string& field, const Node& value) {
      auto& file = change.files[field];
      if (!value.is_null()) file = read_stored_file(value);
    });
  }
  if (const auto job = node.find("job")) change.job = read_job(*job);
  if (const auto attempt = node.find("attempt")) change.attempt = read_attempt(*attempt);
  return change;
}

EventType read_type(const Node& node) {
  const std::uint64_t number = node.number();
  if (number < static_cast<std::uint64_t>(EventType::dossier_action) ||
      number > static_cast<std::uint64_t>(EventType::command)) {
    node.reject(tr("{1}: {2} is not a known type of event"));
  }
  return static_cast<EventType>(number);
}

}  // namespace

std::string write_event(const Event& event) {
  const Json document = {{"schema", schema},
                         {"id_j", event.id_j},
                         {"type", static_cast<int>(event.type)},
                         {"date", iso8601(event.date)},
                         {"id_e", event.id_e},
                         {"id_u", text_or_null(event.user.id_u)},
                         {"utilisateur", text_or_null(event.user.name)},
                         {"id_d", text_or_null(event.id_d.text())},
                         {"document_type", text_or_null(event.document_type)},
                         {"titre", text_or_null(event.titre)},
                         {"action", event.action},
                         {"message", event.message},
                         {"reason", text_or_null(event.reason)},
                         {"attempt", text_or_null(event.attempt)},
                         {"change", write_change(event.change)},
                         {"previous", event.previous}};
  constexpr int on_one_line = -1;
  return to_text(document, on_one_line);
}

Event read_event(std::string_view line, const Source& source) {
  const Json document = parse_document(line, source);
  const Node root(document, source);
  require_schema(root, schema);

  Event event;
  event.id_j = root.at("id_j").number();
  event.type = read_type(root.at("type"));
  event.date = root.at("date").instant();
  event.id_e = root.at("id_e").text();
  event.user = read_user(root);
  if (const Node id_d = root.at("id_d"); !id_d.is_null()) event.id_d = read_dossier_id(id_d);
  event.document_type = root.at("document_type").text_or_null();
  event.titre = root.at("titre").text_or_null();
  event.action = root.at("action").text();
  event.message = root.at("message").text();
  event.reason = root.at("reason").text_or_null();
  event.attempt = root.at("attempt").text_or_null();
  event.change = read_change(root.at("change"));
  event.previous = root.at("previous").digest(sha256_digits);
  event.sha256 = crypto::sha256_hex(line);
  event.line = line;
  return event;
}

}  // namespace pes::record
