#include "adapter/store/index.hpp"

#include "adapter/store/list_query.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes::store {

namespace {

/// Of the tables below: another number, and they are made anew.
constexpr std::int64_t version = 4;

constexpr const char* tables = R"(
DROP TABLE IF EXISTS dossier;
DROP TABLE IF EXISTS damaged;
DROP TABLE IF EXISTS awaited;
DROP TABLE IF EXISTS watermark;
CREATE TABLE dossier (
  id_d TEXT PRIMARY KEY,
  id_e TEXT NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL,
  titre TEXT NOT NULL,
  date INTEGER NOT NULL,
  creation INTEGER NOT NULL,
  dte_str TEXT NOT NULL,
  cod_bud TEXT NOT NULL,
  pes_etat_ack TEXT NOT NULL,
  next_try INTEGER,
  is_lock INTEGER NOT NULL,
  transaction_id TEXT NOT NULL,
  nom_fic TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX by_date ON dossier (date DESC, id_d);
CREATE INDEX by_entity ON dossier (id_e, date DESC, id_d);
CREATE INDEX by_job ON dossier (is_lock, next_try, id_d) WHERE next_try IS NOT NULL;
CREATE INDEX by_transaction ON dossier (transaction_id) WHERE transaction_id <> '';
CREATE INDEX by_nom_fic ON dossier (nom_fic) WHERE nom_fic <> '';
CREATE TABLE damaged (id_d TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE awaited (id_d TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE watermark (position INTEGER NOT NULL, sha256 TEXT NOT NULL);
)";

/// The places of the two statements below, in the order of the columns.
void bind_all(Statement& statement, const Listing& listing) {
  statement.bind(listing.id_d)
      .bind(listing.id_e)
      .bind(listing.type)
      .bind(listing.state)
      .bind(listing.titre)
      .bind(listing.date)
      .bind(listing.creation)
      .bind(listing.dte_str)
      .bind(listing.cod_bud)
      .bind(listing.pes_etat_ack)
      .bind(listing.next_try)
      .bind(listing.is_lock)
      .bind(listing.transaction_id)
      .bind(listing.nom_fic);
}

constexpr const char* ask_whether_known =
    "SELECT 1 FROM dossier WHERE id_d = ? AND id_e = ? AND type = ? AND state = ? AND titre = ? "
    "AND date = ? AND creation = ? AND dte_str = ? AND cod_bud = ? AND pes_etat_ack = ? "
    "AND next_try IS ? AND is_lock = ? AND transaction_id = ? "
    "AND nom_fic = ?";
constexpr const char* order_to_put =
    "INSERT OR REPLACE INTO dossier VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* order_to_forget_damage = "DELETE FROM damaged WHERE id_d = ?";

Statement bound(Statement statement, const ListConditions& conditions) {
  for (const std::string& value : conditions.values) statement.bind(value);
  return statement;
}

std::vector<DossierId> ids_of(Statement statement) {
  std::vector<DossierId> ids;
  while (statement.next()) {
    if (const auto id = DossierId::parse(statement.text(0))) ids.push_back(*id);
  }
  return ids;
}

}  // namespace

Index::Index(const std::filesystem::path& file) : database_(file) {
  // Readers and a writer at once, and no wait for the disk: after a power cut the database is as
  // it was some time before, its watermark included.
  if (!file.empty()) database_.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  const auto is_ours = [&] {
    Statement asked = database_.statement("PRAGMA user_version");
    return asked.next() && asked.number(0) == version;
  };
  if (!is_ours()) {
    Transaction alone(database_);
    if (!is_ours()) {  // another process may have been faster
      database_.execute(tables);
      database_.execute(fill("PRAGMA user_version = {1}", {std::to_string(version)}).c_str());
    }
    alone.commit();
  }
  known_.emplace(database_.statement(ask_whether_known));
  put_.emplace(database_.statement(order_to_put));
  sound_.emplace(database_.statement(order_to_forget_damage));
}

std::optional<Watermark> Index::watermark() {
  Statement asked = database_.statement("SELECT position, sha256 FROM watermark");
  if (!asked.next()) return std::nullopt;
  return Watermark{.position = static_cast<std::uint64_t>(asked.number(0)),
                   .sha256 = std::string(asked.text(1))};
}

void Index::set_watermark(const Watermark& watermark) {
  database_.execute("DELETE FROM watermark");
  database_.statement("INSERT INTO watermark VALUES (?, ?)")
      .bind(static_cast<std::int64_t>(watermark.position))
      .bind(watermark.sha256)
      .run();
}

void Index::clear() {
  database_.execute(
      "DELETE FROM dossier; DELETE FROM damaged; DELETE FROM awaited; DELETE FROM watermark;");
}

bool Index::put(const Dossier& dossier) {
  const Listing listing = listing_of(dossier);
  bind_all(*known_, listing);
  const bool was_known = known_->next();
  known_->reset();
  if (was_known) return false;
  bind_all(*put_, listing);
  put_->run();
  sound_->bind(dossier.id_d.text()).run();
  return true;
}

void Index::put_damaged(const DossierId& id) {
  remove(id);
  database_.statement("INSERT INTO damaged VALUES (?)").bind(id.text()).run();
}

void Index::remove(const DossierId& id) {
  for (const char* sql :
       {"DELETE FROM dossier WHERE id_d = ?", "DELETE FROM damaged WHERE id_d = ?"}) {
    database_.statement(sql).bind(id.text()).run();
  }
}

std::vector<DossierId> Index::awaited() {
  return ids_of(database_.statement("SELECT id_d FROM awaited"));
}

void Index::await(const DossierId& id) {
  database_.statement("INSERT OR REPLACE INTO awaited VALUES (?)").bind(id.text()).run();
}

void Index::stop_awaiting(const DossierId& id) {
  database_.statement("DELETE FROM awaited WHERE id_d = ?").bind(id.text()).run();
}

std::size_t Index::count(const DossierQuery& query) {
  const ListConditions conditions = conditions_of(query);
  Statement asked =
      bound(database_.statement("SELECT count(*) FROM dossier" + conditions.sql), conditions);
  return asked.next() ? static_cast<std::size_t>(asked.number(0)) : 0;
}

std::vector<DossierId> Index::ids(const DossierQuery& query) {
  const ListConditions conditions = conditions_of(query);
  const std::string sql =
      fill("SELECT id_d FROM dossier{1}{2} LIMIT ? OFFSET ?", {conditions.sql, order_of(query)});
  Statement asked = bound(database_.statement(sql), conditions);
  asked.bind(static_cast<std::int64_t>(query.limit)).bind(static_cast<std::int64_t>(query.offset));
  return ids_of(std::move(asked));
}

std::vector<DossierId> Index::due(Instant now, std::size_t limit) {
  Statement asked = database_.statement(due_in_turn("dossier", due_at("?"), "?"));
  asked.bind(seconds_of(now)).bind(static_cast<std::int64_t>(limit));
  return ids_of(std::move(asked));
}

std::optional<Instant> Index::next_date(Instant now) {
  Statement asked =
      database_.statement("SELECT min(next_try) FROM dossier WHERE " + planned_after("?"));
  asked.bind(seconds_of(now));
  if (!asked.next() || asked.is_null(0)) return std::nullopt;
  return Instant(std::chrono::seconds(asked.number(0)));
}

std::vector<DossierId> Index::damaged() {
  return ids_of(database_.statement("SELECT id_d FROM damaged ORDER BY id_d"));
}

}  // namespace pes::store
