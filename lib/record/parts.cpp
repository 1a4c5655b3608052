#include "record/parts.hpp"

#include "pes/time.hpp"
#include "support/text.hpp"

#include <limits>

namespace pes::record {

namespace {

constexpr std::size_t sha1_digits = 40;

std::string_view id(Attempt::Kind kind) {
  switch (kind) {
    case Attempt::Kind::tdt_import:
      return "tdt-import";
    case Attempt::Kind::sae_deposit:
      return "sae-deposit";
  }
  return "";
}

Attempt::Kind read_kind(const Node& node) {
  const std::string text = node.text();
  for (const auto kind : {Attempt::Kind::tdt_import, Attempt::Kind::sae_deposit}) {
    if (text == id(kind)) return kind;
  }
  node.reject(tr("{1}: {2} is not a known kind of attempt"));
}

int read_count(const Node& node) {
  const std::uint64_t count = node.number();
  if (count > std::numeric_limits<int>::max()) node.reject(tr("{1}: {2} is too large"));
  return static_cast<int>(count);
}

/// A name in the dossier's folder: a state that was tampered with must not reach out of it.
std::string read_file_name(const Node& node) {
  std::string name = node.text();
  if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos) {
    node.reject(tr("{1}: {2} is not the name of a file in the dossier's folder"));
  }
  return name;
}

}  // namespace

DossierId read_dossier_id(const Node& node) {
  const auto id = DossierId::parse(node.text());
  if (!id) node.reject(tr("{1}: {2} is not the identifier of a dossier"));
  return *id;
}

User read_user(const Node& object) {
  return {.id_u = object.at("id_u").text_or_null(),
          .name = object.at("utilisateur").text_or_null()};
}

Json write_stored_file(const StoredFile& file) {
  return {{"name", file.name}, {"path", file.path}, {"size", file.size}, {"sha256", file.sha256}};
}

StoredFile read_stored_file(const Node& node) {
  return {.name = node.at("name").text(),
          .path = read_file_name(node.at("path")),
          .size = node.at("size").number(),
          .sha256 = node.at("sha256").digest(sha256_digits)};
}

Json write_job(const std::optional<Job>& job) {
  if (!job) return {};
  Json json{{"etat_cible", pes::id(job->etat_cible)},
            {"id_u", text_or_null(job->user.id_u)},
            {"utilisateur", text_or_null(job->user.name)},
            {"nb_try", job->nb_try},
            {"first_try", instant_or_null(job->first_try)},
            {"last_try", instant_or_null(job->last_try)},
            {"next_try", iso8601(job->next_try)},
            {"last_message", text_or_null(job->last_message)},
            {"is_lock", job->is_lock}};
  // Younger than the schema, and absent when nothing failed: what was written before is written
  // alike.
  if (job->failures > 0) json["failures"] = job->failures;
  if (!job->reason.empty()) json["reason"] = job->reason;
  return json;
}

std::optional<Job> read_job(const Node& node) {
  if (node.is_null()) return std::nullopt;
  const std::optional<Node> failures = node.find("failures");
  const std::optional<Node> reason = node.find("reason");
  return Job{.etat_cible = node.at("etat_cible").action(),
             .user = read_user(node),
             .nb_try = read_count(node.at("nb_try")),
             .first_try = node.at("first_try").instant_or_null(),
             .last_try = node.at("last_try").instant_or_null(),
             .next_try = node.at("next_try").instant(),
             .failures = failures ? read_count(*failures) : 0,
             .last_message = node.at("last_message").text_or_null(),
             .reason = reason ? reason->text() : std::string(),
             .is_lock = node.at("is_lock").boolean()};
}

Json write_attempt(const std::optional<Attempt>& attempt) {
  if (!attempt) return {};
  Json json{{"id", attempt->id},
            {"kind", id(attempt->kind)},
            {"started", iso8601(attempt->started)},
            {"sha256", attempt->sha256},
            {"sha1", text_or_null(attempt->sha1)},
            {"nom_fic", text_or_null(attempt->nom_fic)},
            {"cod_col", text_or_null(attempt->cod_col)},
            {"transfert_id", text_or_null(attempt->transfert_id)},
            {"unknown", attempt->unknown}};
  // Younger than the schema, and absent when false: what was written before is written alike.
  if (attempt->received) json["received"] = true;
  return json;
}

std::optional<Attempt> read_attempt(const Node& node) {
  if (node.is_null()) return std::nullopt;
  const Node sha1 = node.at("sha1");
  const std::optional<Node> received = node.find("received");
  return Attempt{.id = node.at("id").text(),
                 .kind = read_kind(node.at("kind")),
                 .started = node.at("started").instant(),
                 .sha256 = node.at("sha256").digest(sha256_digits),
                 .sha1 = sha1.is_null() ? std::string() : sha1.digest(sha1_digits),
                 .nom_fic = node.at("nom_fic").text_or_null(),
                 .cod_col = node.at("cod_col").text_or_null(),
                 .transfert_id = node.at("transfert_id").text_or_null(),
                 .unknown = node.at("unknown").boolean(),
                 .received = received && received->boolean()};
}

}  // namespace pes::record
