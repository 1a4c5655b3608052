#include "adapter/postgresql/held_dossier.hpp"

#include "adapter/postgresql/contents.hpp"
#include "adapter/postgresql/journal.hpp"
#include "adapter/postgresql/schema.hpp"
#include "adapter/postgresql/states.hpp"
#include "adapter/store/content.hpp"
#include "adapter/store/folder.hpp"
#include "adapter/store/holder.hpp"
#include "support/text.hpp"

#include <chrono>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace pes::postgresql {

namespace {

std::optional<store::Holder> holder_of(Connection& connection, const DossierId& id) {
  const Rows row = connection.ask(
      "SELECT pid, host, command, since FROM pes_holder WHERE id_d = $1", {id.text()});
  if (row.empty()) return std::nullopt;
  return store::Holder{.pid = row.number(0, 0),
                       .host = std::string(row.text(0, 1)),
                       .command = std::string(row.text(0, 2)),
                       .since = Instant(std::chrono::seconds(row.number(0, 3)))};
}

bool is_locked_by_us(Connection& connection, const DossierId& id) {
  return connection.ask(fill("SELECT pg_try_advisory_lock({1})", {lock_number("$1")}), {id.text()})
             .text(0, 0) == "t";
}

}  // namespace

void remove_abandoned_creations(Connection& connection) {
  const Rows left = connection.ask(
      fill("SELECT id_d FROM pes_holder WHERE NOT EXISTS (SELECT FROM pes_dossier WHERE "
           "pes_dossier.id_d = pes_holder.id_d) AND {1} NOT IN ({2})",
           {lock_number("id_d"), held_numbers()}));
  for (std::size_t row = 0; row < left.size(); ++row) {
    Transaction transaction(connection);
    connection.ask(
        fill("WITH abandoned AS (SELECT $1 AS id_d WHERE pg_try_advisory_xact_lock({1}) AND "
             "NOT EXISTS (SELECT FROM pes_dossier WHERE id_d = $1)), contents AS "
             "(DELETE FROM pes_content WHERE id IN (SELECT content FROM pes_file JOIN abandoned "
             "USING (id_d))) DELETE FROM pes_holder USING abandoned WHERE pes_holder.id_d = "
             "abandoned.id_d",
             {lock_number("$1")}),
        {left.text(row, 0)});
    transaction.commit();
  }
}

std::string copy_name(const DossierId& id, const StoredFile& file) {
  return id.text() + '-' + file.path;
}

DatabaseHeldDossier::DatabaseHeldDossier(const std::shared_ptr<Pool>& pool,
                                         std::shared_ptr<Workplace> workplace, const DossierId& id,
                                         Wanted wanted, std::string_view command,
                                         std::uint64_t journal_position)
    : lease_(pool), workplace_(std::move(workplace)) {
  lock(id);
  try {
    sign_in(id, wanted, command, journal_position);
  } catch (const Error&) {
    // With the session goes the lock.
    lease_.close();
    throw;
  }
}

void DatabaseHeldDossier::lock(const DossierId& id) {
  // The server takes a moment to notice that a holder died; who holds is told as it signs in.
  constexpr int tries = 20;
  constexpr std::chrono::milliseconds pause{5};
  for (int remaining = tries; !is_locked_by_us(*lease_, id); --remaining) {
    if (remaining <= 0) throw store::held_by(holder_of(*lease_, id), id);
    std::this_thread::sleep_for(pause);
  }
}

void DatabaseHeldDossier::sign_in(const DossierId& id, Wanted wanted, std::string_view command,
                                  std::uint64_t journal_position) {
  const Rows state =
      lease_->ask("SELECT id_d, document FROM pes_state WHERE id_d = $1", {id.text()});
  if (wanted == Wanted::state && state.empty()) throw store::unknown_dossier(id);
  if (wanted == Wanted::none && !state.empty()) {
    throw Error(ErrorCode::state_forbids, say("dossier {1} exists already", {id.text()}));
  }
  dossier_ = state.empty() ? Dossier{.id_d = id} : state_in(*lease_, state, 0);
  place_ = state.empty() ? Place::without_state : Place::with_state;

  // Should this holder die too, what the one before left must still be found.
  const store::Holder holder = store::this_process(command, journal_position);
  const Rows left = lease_->ask(
      "WITH before AS (SELECT journal_position FROM pes_holder WHERE id_d = $1), mark AS "
      "(INSERT INTO pes_holder VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id_d) DO UPDATE SET "
      "pid = EXCLUDED.pid, host = EXCLUDED.host, command = EXCLUDED.command, "
      "since = EXCLUDED.since, journal_position = "
      "least(pes_holder.journal_position, EXCLUDED.journal_position)) "
      "SELECT journal_position FROM before",
      {id.text(), holder.pid, holder.host, holder.command, holder.since.time_since_epoch().count(),
       Value::position(holder.journal_position)});
  if (left.empty()) return;
  interrupted_since_ = left.position(0, 0);
  owes_save_ = true;
  may_have_unnamed_files_ = true;
}

DatabaseHeldDossier::~DatabaseHeldDossier() {
  workplace_->remove(dossier_.id_d.text());
  try {
    let_go();
  } catch (const Error&) {
    // Nobody can be told. The session ends, and the lock with it; the row that stays makes the next
    // holder look at the journal once more.
    lease_.close();
  }
}

void DatabaseHeldDossier::let_go() {
  if (place_ == Place::erased) return;
  const bool must_be_told = place_ == Place::with_state && owes_save_;
  if (!must_be_told) {
    if (may_have_unnamed_files_) remove_unnamed();
    sign_out();
  }
  unlock();
}

void DatabaseHeldDossier::remove_unnamed() {
  std::vector<std::string> named;
  for (const auto& [field, file] : dossier_.files) named.push_back(file.path);
  // No path holds a line feed.
  lease_->ask(
      "DELETE FROM pes_content WHERE id IN (SELECT content FROM pes_file WHERE id_d = $1 AND "
      "path <> ALL (string_to_array($2, E'\\n')))",
      {dossier_.id_d.text(), join(named, "\n")});
}

void DatabaseHeldDossier::sign_out() {
  lease_->ask("DELETE FROM pes_holder WHERE id_d = $1", {dossier_.id_d.text()});
}

void DatabaseHeldDossier::unlock() {
  lease_->ask(fill("SELECT pg_advisory_unlock({1})", {lock_number("$1")}), {dossier_.id_d.text()});
}

template <typename Keep>
StoredFile DatabaseHeldDossier::kept(std::string_view field, std::string_view name, Keep keep) {
  require_present();
  Transaction transaction(*lease_);
  const KeptContent content = keep();
  StoredFile file = store::stored_file(field, name, content.content);
  const Rows done =
      lease_->ask("INSERT INTO pes_file VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING path",
                  {dossier_.id_d.text(), file.path, content.id});
  may_have_unnamed_files_ = true;
  // The same content is there already.
  if (!done.empty()) transaction.commit();
  return file;
}

StoredFile DatabaseHeldDossier::keep(std::string_view field, std::string_view name,
                                     const std::filesystem::path& source) {
  return kept(field, name, [&] { return keep_file(*lease_, source); });
}

StoredFile DatabaseHeldDossier::keep_bytes(std::string_view field, std::string_view name,
                                           std::string_view bytes) {
  return kept(field, name, [&] { return postgresql::keep_bytes(*lease_, bytes); });
}

std::filesystem::path DatabaseHeldDossier::scratch(std::string_view name) {
  require_present();
  if (name.find('/') != std::string_view::npos) {
    throw Error(ErrorCode::internal, say("{1} does not name a file", {name}));
  }
  return workplace_->folder(dossier_.id_d.text()) /
         fill(".scratch-{1}-{2}", {std::to_string(++scratches_), name});
}

StoredFile DatabaseHeldDossier::keep_scratch(std::string_view field, std::string_view name,
                                             const std::filesystem::path& scratch) {
  const std::filesystem::path folder = workplace_->folder(dossier_.id_d.text());
  if (scratch.parent_path() != folder) {
    throw Error(ErrorCode::internal,
                say("{1} is not in the folder of the dossier", {scratch.native()}));
  }
  StoredFile file = keep(field, name, scratch);
  const auto copy = std::make_shared<const Copy>(workplace_, copy_name(dossier_.id_d, file));
  std::error_code failure;
  std::filesystem::rename(scratch, copy->path(), failure);
  if (failure) return file;
  workplace_->share(copy);
  built_.insert_or_assign(file.path, copy);
  return file;
}

void DatabaseHeldDossier::record(Dossier& dossier, Event event) {
  require_present();
  require_same(dossier);
  Dossier after = dossier;
  Transaction transaction(*lease_);
  apply(after, append_in(*lease_, std::move(event)));
  write_state(*lease_, dossier_, after);
  // Should the answer to this be lost, nobody here knows whether it was done.
  owes_save_ = true;
  transaction.commit();
  dossier = after;
  became(after);
}

void DatabaseHeldDossier::save(const Dossier& dossier) {
  require_present();
  require_same(dossier);
  Transaction transaction(*lease_);
  write_state(*lease_, dossier_, dossier);
  owes_save_ = true;
  transaction.commit();
  became(dossier);
}

void DatabaseHeldDossier::became(const Dossier& dossier) {
  owes_save_ = false;
  place_ = Place::with_state;
  for (const auto& [field, file] : std::exchange(dossier_, dossier).files) {
    if (!store::names(dossier, file.path)) built_.erase(file.path);
  }
}

void DatabaseHeldDossier::erase() {
  require_present();
  Transaction transaction(*lease_);
  erase_state(*lease_, dossier_.id_d);
  sign_out();
  transaction.commit();
  place_ = Place::erased;
  owes_save_ = false;
  // The identifier is free.
  unlock();
}

void DatabaseHeldDossier::require_present() const {
  if (place_ == Place::erased) {
    throw Error(ErrorCode::internal, say("dossier {1} was erased", {dossier_.id_d.text()}));
  }
}

void DatabaseHeldDossier::require_same(const Dossier& dossier) const {
  if (dossier.id_d != dossier_.id_d) {
    throw Error(ErrorCode::internal, say("dossier {1} is saved in the place of {2}",
                                         {dossier.id_d.text(), dossier_.id_d.text()}));
  }
}

}  // namespace pes::postgresql
