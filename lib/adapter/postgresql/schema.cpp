#include "adapter/postgresql/schema.hpp"

#include "support/text.hpp"

#include <array>
#include <cstddef>

namespace pes::postgresql {

namespace {

/// Of the tables below.
constexpr std::int64_t version = 4;

/// Times are seconds since 1970, in UTC; positions are those of the journal as a file. Lines,
/// states and records of PES Retours are the very texts of the files (pes-journal(5),
/// pes-state(5)).
///
/// What lists are made of stands apart from the states: a count reads all of it.
constexpr const char* tables = R"(
CREATE TABLE pes_home (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  version bigint NOT NULL,
  id_j bigint NOT NULL,
  sha256 text NOT NULL,
  ends bigint NOT NULL,
  residence text NOT NULL DEFAULT 'here',
  other_place text NOT NULL DEFAULT ''
) WITH (fillfactor = 10);
CREATE TABLE pes_journal (
  id_j bigint PRIMARY KEY,
  ends bigint NOT NULL UNIQUE,
  line text NOT NULL,
  id_d text COLLATE "C"
);
CREATE INDEX pes_journal_by_dossier ON pes_journal (id_d, id_j) WHERE id_d IS NOT NULL;
CREATE TABLE pes_stamp (
  id_j bigint PRIMARY KEY,
  line text NOT NULL
);
CREATE TABLE pes_content (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY
);
CREATE TABLE pes_content_part (
  content bigint REFERENCES pes_content ON DELETE CASCADE,
  rank bigint,
  bytes bytea NOT NULL,
  PRIMARY KEY (content, rank)
);
CREATE TABLE pes_dossier (
  id_d text COLLATE "C" PRIMARY KEY,
  id_e text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL,
  titre text COLLATE "C" NOT NULL,
  date bigint NOT NULL,
  creation bigint NOT NULL,
  dte_str text COLLATE "C" NOT NULL,
  cod_bud text COLLATE "C" NOT NULL,
  pes_etat_ack text COLLATE "C" NOT NULL,
  next_try bigint,
  is_lock bigint NOT NULL,
  transaction_id text COLLATE "C" NOT NULL,
  nom_fic text COLLATE "C" NOT NULL
);
CREATE INDEX pes_dossier_by_date ON pes_dossier (date DESC, id_d);
CREATE INDEX pes_dossier_by_entity ON pes_dossier (id_e, date DESC, id_d);
CREATE INDEX pes_dossier_by_job ON pes_dossier (is_lock, next_try, id_d)
  WHERE next_try IS NOT NULL;
CREATE INDEX pes_dossier_by_next_try ON pes_dossier (next_try, id_d)
  WHERE next_try IS NOT NULL;
CREATE INDEX pes_dossier_by_transaction ON pes_dossier (transaction_id)
  WHERE transaction_id <> '';
CREATE INDEX pes_dossier_by_nom_fic ON pes_dossier (nom_fic)
  WHERE nom_fic <> '';
CREATE TABLE pes_state (
  id_d text COLLATE "C" PRIMARY KEY REFERENCES pes_dossier ON DELETE CASCADE,
  document json NOT NULL
);
CREATE TABLE pes_file (
  id_d text COLLATE "C",
  path text COLLATE "C",
  content bigint NOT NULL UNIQUE REFERENCES pes_content ON DELETE CASCADE,
  PRIMARY KEY (id_d, path)
);
CREATE UNLOGGED TABLE pes_holder (
  id_d text COLLATE "C" PRIMARY KEY,
  pid bigint NOT NULL,
  host text NOT NULL,
  command text NOT NULL,
  since bigint NOT NULL,
  journal_position bigint NOT NULL
);
CREATE TABLE pes_name (
  cod_col text COLLATE "C",
  nom_fic text COLLATE "C",
  id_d text COLLATE "C" NOT NULL,
  PRIMARY KEY (cod_col, nom_fic)
);
CREATE TABLE pes_retour (
  id text COLLATE "C" PRIMARY KEY,
  record json NOT NULL,
  content bigint NOT NULL UNIQUE REFERENCES pes_content
);
)";

/// Makes of the tables of each version, from the first on, those of the next.
constexpr std::array upgrades = {
    R"(
ALTER TABLE pes_dossier ADD transaction_id text COLLATE "C" NOT NULL DEFAULT '';
UPDATE pes_dossier SET transaction_id = coalesce(document->'data'->>'pes_tedetis_transaction_id', '');
ALTER TABLE pes_dossier ALTER transaction_id DROP DEFAULT;
CREATE INDEX pes_dossier_by_transaction ON pes_dossier (transaction_id)
  WHERE transaction_id <> '';
)",
    // Clustered: rows keep the place of a column that is gone until they are written anew.
    R"(
CREATE TABLE pes_state (
  id_d text COLLATE "C" PRIMARY KEY REFERENCES pes_dossier ON DELETE CASCADE,
  document json NOT NULL
);
INSERT INTO pes_state SELECT id_d, document FROM pes_dossier;
ALTER TABLE pes_dossier DROP document;
CREATE INDEX pes_dossier_by_next_try ON pes_dossier (next_try, id_d)
  WHERE next_try IS NOT NULL;
CLUSTER pes_dossier USING pes_dossier_pkey;
ALTER TABLE pes_home ADD residence text NOT NULL DEFAULT 'here',
  ADD other_place text NOT NULL DEFAULT '';
UPDATE pes_home SET residence = 'left', other_place = moved_to WHERE moved_to IS NOT NULL;
ALTER TABLE pes_home DROP moved_to;
)",
    R"(
ALTER TABLE pes_dossier ADD nom_fic text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE pes_dossier ALTER nom_fic DROP DEFAULT;
CREATE INDEX pes_dossier_by_nom_fic ON pes_dossier (nom_fic)
  WHERE nom_fic <> '';
ALTER TABLE pes_journal ADD id_d text COLLATE "C";
UPDATE pes_journal SET id_d = line::json->>'id_d';
CREATE INDEX pes_journal_by_dossier ON pes_journal (id_d, id_j) WHERE id_d IS NOT NULL;
)"};
static_assert(upgrades.size() + 1 == version);

bool has_tables(Connection& connection) {
  return !connection.ask("SELECT to_regclass('pes_home')").is_null(0, 0);
}

void require_utf8(Connection& connection) {
  const Rows encoding = connection.ask("SHOW server_encoding");
  if (encoding.text(0, 0) == "UTF8") return;
  throw Error(ErrorCode::config_invalid,
              say("{1} holds texts in {2}, and the journal is in UTF-8",
                  {connection.name(), encoding.text(0, 0)}),
              tr("make another database: createdb --encoding UTF8 --template template0"));
}

std::int64_t version_of(Connection& connection) {
  return connection.ask("SELECT version FROM pes_home").number(0, 0);
}

/// Others who work with the tables wait, or find them changed and fail without any harm.
void upgrade(Connection& connection) {
  Transaction alone(connection);
  connection.execute("LOCK TABLE pes_home IN ACCESS EXCLUSIVE MODE");
  const std::int64_t found = version_of(connection);
  if (found >= version) return;  // somebody else was quicker
  for (auto from = static_cast<std::size_t>(found); from < version; ++from) {
    connection.execute(upgrades.at(from - 1));
  }
  connection.ask("UPDATE pes_home SET version = $1", {version});
  alone.commit();
}

}  // namespace

const char* restore_hint() { return tr("restore the database from a backup"); }

std::string lock_number(std::string_view id_d) {
  return fill("hashtextextended({1}, 'pes_home'::regclass::oid::bigint)", {id_d});
}

std::string held_numbers() {
  return "SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks WHERE "
         "locktype = 'advisory' AND objsubid = 1 AND database = "
         "(SELECT oid FROM pg_database WHERE datname = current_database())";
}

void require_tables(Connection& connection) {
  if (!has_tables(connection)) {
    throw Error(ErrorCode::home_unknown, say("there is no home in {1}", {connection.name()}),
                tr("make one with pes init --store, or bring one there with pes store migrate"));
  }
  if (version_of(connection) < version) upgrade(connection);
  if (version_of(connection) == version) return;
  throw Error(ErrorCode::state_newer,
              say("the home in {1} was made by a newer version of pes", {connection.name()}),
              tr("use that version"));
}

bool make_tables(Connection& connection) {
  require_utf8(connection);
  Transaction alone(connection);
  // A number of ours, for those who make the tables of the same database at once.
  connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('pes_home', 0))");
  if (has_tables(connection)) return false;
  connection.execute(tables);
  connection.ask(
      "INSERT INTO pes_home (version, id_j, sha256, ends) VALUES ($1, 0, repeat('0', 64), 0)",
      {version});
  alone.commit();
  return true;
}

}  // namespace pes::postgresql
