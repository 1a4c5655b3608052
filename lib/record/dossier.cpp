#include "record/dossier.hpp"

#include "pes/time.hpp"
#include "record/node.hpp"
#include "record/parts.hpp"
#include "support/text.hpp"

namespace pes::record {

namespace {

constexpr std::string_view schema = "pes.dossier/1";

Json write_fields(const Dossier& dossier) {
  Json fields = Json::object();
  for (const auto& [name, value] : dossier.fields) fields[name] = value;
  return fields;
}

Json write_files(const Dossier& dossier) {
  Json files = Json::object();
  for (const auto& [field, file] : dossier.files) files[field] = write_stored_file(file);
  return files;
}

Json write_rows(const Dossier& dossier) {
  Json rows = Json::array();
  for (const Row& row : dossier.etats) {
    rows.push_back({{"action", id(row.action)},
                    {"date", iso8601(row.date)},
                    {"id_u", text_or_null(row.user.id_u)},
                    {"utilisateur", text_or_null(row.user.name)},
                    {"id_j", row.id_j}});
  }
  return rows;
}

std::vector<Row> read_rows(const Node& node) {
  std::vector<Row> rows;
  node.each_item([&](const Node& row) {
    rows.push_back({.action = row.at("action").action(),
                    .date = row.at("date").instant(),
                    .user = read_user(row),
                    .id_j = row.at("id_j").number()});
  });
  if (rows.empty()) node.reject(tr("{1}: {2} is empty"));
  return rows;
}

}  // namespace

std::string write_dossier(const Dossier& dossier) {
  const Json document = {{"schema", schema},
                         {"id_d", dossier.id_d.text()},
                         {"id_e", dossier.id_e},
                         {"type", dossier.type},
                         {"creation", iso8601(dossier.creation)},
                         {"modification", iso8601(dossier.modification)},
                         {"data", write_fields(dossier)},
                         {"files", write_files(dossier)},
                         {"etats", write_rows(dossier)},
                         {"lecteurs", dossier.readers},
                         {"job", write_job(dossier.job)},
                         {"attempt", write_attempt(dossier.attempt)},
                         {"id_j", dossier.id_j},
                         {"id_j_sha256", text_or_null(dossier.id_j_sha256)}};
  return to_text(document, 2) + "\n";
}

Dossier read_dossier(std::string_view text, const Source& source) {
  const Json document = parse_document(text, source);
  const Node root(document, source);
  require_schema(root, schema);

  Dossier dossier;
  dossier.id_d = read_dossier_id(root.at("id_d"));
  dossier.id_e = root.at("id_e").text();
  dossier.type = root.at("type").text();
  dossier.creation = root.at("creation").instant();
  dossier.modification = root.at("modification").instant();
  root.at("data").each_member([&](const std::string& name, const Node& value) {
    dossier.fields.emplace(name, value.text());
  });
  root.at("files").each_member([&](const std::string& field, const Node& file) {
    dossier.files.emplace(field, read_stored_file(file));
  });
  dossier.etats = read_rows(root.at("etats"));
  root.at("lecteurs").each_item([&](const Node& reader) { dossier.readers.insert(reader.text()); });
  dossier.job = read_job(root.at("job"));
  dossier.attempt = read_attempt(root.at("attempt"));
  dossier.id_j = root.at("id_j").number();
  const Node digest = root.at("id_j_sha256");
  if (!digest.is_null()) dossier.id_j_sha256 = digest.digest(sha256_digits);
  return dossier;
}

}  // namespace pes::record
