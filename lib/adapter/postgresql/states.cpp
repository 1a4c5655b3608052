#include "adapter/postgresql/states.hpp"

#include "adapter/postgresql/schema.hpp"
#include "adapter/store/folder.hpp"
#include "adapter/store/list_query.hpp"
#include "record/dossier.hpp"
#include "support/text.hpp"

#include <string>
#include <vector>

namespace pes::postgresql {

namespace {

void tell_news(Connection& connection) {
  connection.ask(fill("SELECT pg_notify({1}, '')", {channel}));
}

void forget_file(Connection& connection, const DossierId& id, const std::string& path) {
  connection.ask(
      "DELETE FROM pes_content WHERE id = (SELECT content FROM pes_file WHERE id_d = $1 AND "
      "path = $2)",
      {id.text(), path});
}

}  // namespace

Dossier state_in(const Connection& connection, const Rows& rows, std::size_t row) {
  const std::string_view id = rows.text(row, 0);
  const record::Source source{
      .name =
          [&] {
            return say("the state of dossier {1} in {2}", {id, connection.name()});
          },
      .hint = restore_hint()};
  Dossier dossier = record::read_dossier(rows.text(row, 1), source);
  if (dossier.id_d.text() == id) return dossier;
  record::throw_damaged(source, say("{1} is that of another dossier", {source.name()}));
}

void write_state(Connection& connection, const Dossier& before, const Dossier& after) {
  const std::string document = record::write_dossier(after);
  record::read_dossier(document, record::written(tr("the state to be saved")));
  const store::Listing listing = store::listing_of(after);
  connection.ask(
      "WITH listing AS (INSERT INTO pes_dossier VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
      "$11, $12, $13, $14) ON CONFLICT (id_d) DO UPDATE SET id_e = EXCLUDED.id_e, type = "
      "EXCLUDED.type, "
      "state = EXCLUDED.state, titre = EXCLUDED.titre, date = EXCLUDED.date, "
      "creation = EXCLUDED.creation, dte_str = EXCLUDED.dte_str, cod_bud = EXCLUDED.cod_bud, "
      "pes_etat_ack = EXCLUDED.pes_etat_ack, next_try = EXCLUDED.next_try, "
      "is_lock = EXCLUDED.is_lock, transaction_id = EXCLUDED.transaction_id, "
      "nom_fic = EXCLUDED.nom_fic) "
      "INSERT INTO pes_state VALUES ($1, $15::json) ON CONFLICT (id_d) DO UPDATE SET "
      "document = EXCLUDED.document",
      {listing.id_d, listing.id_e, listing.type, listing.state, listing.titre, listing.date,
       listing.creation, listing.dte_str, listing.cod_bud, listing.pes_etat_ack, listing.next_try,
       listing.is_lock, listing.transaction_id, listing.nom_fic, document});
  for (const auto& [field, file] : before.files) {
    if (!store::names(after, file.path)) forget_file(connection, after.id_d, file.path);
  }
  tell_news(connection);
}

void erase_state(Connection& connection, const DossierId& id) {
  connection.ask(
      "DELETE FROM pes_content WHERE id IN (SELECT content FROM pes_file WHERE id_d = $1)",
      {id.text()});
  connection.ask("DELETE FROM pes_dossier WHERE id_d = $1", {id.text()});
  tell_news(connection);
}

}  // namespace pes::postgresql
