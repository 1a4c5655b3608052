#include "adapter/postgresql/store.hpp"

#include "adapter/postgresql/contents.hpp"
#include "adapter/postgresql/held_dossier.hpp"
#include "adapter/postgresql/news.hpp"
#include "adapter/postgresql/schema.hpp"
#include "adapter/postgresql/states.hpp"
#include "adapter/store/folder.hpp"
#include "adapter/store/list_query.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace pes::postgresql {

namespace {

class DatabaseStore final : public port::Store {
 public:
  DatabaseStore(std::shared_ptr<Pool> pool, std::shared_ptr<Workplace> workplace)
      : pool_(std::move(pool)), workplace_(std::move(workplace)), news_(pool_) {}

  std::unique_ptr<port::HeldDossier> create(const DossierId& id, std::string_view command,
                                            std::uint64_t journal_position) override {
    return std::make_unique<DatabaseHeldDossier>(
        pool_, workplace_, id, DatabaseHeldDossier::Wanted::none, command, journal_position);
  }
  std::unique_ptr<port::HeldDossier> hold(const DossierId& id, std::string_view command,
                                          std::uint64_t journal_position) override {
    return std::make_unique<DatabaseHeldDossier>(
        pool_, workplace_, id, DatabaseHeldDossier::Wanted::state, command, journal_position);
  }
  [[nodiscard]] Dossier read(const DossierId& id) const override;
  void visit(const std::function<void(const Dossier&)>& callback,
             const std::function<void(const DossierId&, const Error&)>& damaged) const override;
  std::optional<DossierId> claim(const FlowName& name, const DossierId& id,
                                 const std::optional<DossierId>& instead_of) override;
  void let_go(const FlowName& name, const DossierId& id) override;
  [[nodiscard]] std::filesystem::path path(const DossierId& id,
                                           const StoredFile& file) const override;
  [[nodiscard]] DossierPage query(const DossierQuery& query) const override;
  [[nodiscard]] DueDossiers due(Instant now, std::size_t limit) const override;
  void wait_for_news(Instant until, const std::function<bool()>& stop) override {
    news_.wait(until, stop);
  }

 private:
  std::shared_ptr<Pool> pool_;
  std::shared_ptr<Workplace> workplace_;
  mutable News news_;
};

Dossier DatabaseStore::read(const DossierId& id) const {
  const Lease lease(pool_);
  const Rows row =
      lease->ask("SELECT id_d, document FROM pes_dossier WHERE id_d = $1", {id.text()});
  if (row.empty()) throw store::unknown_dossier(id);
  return state_in(*lease, row, 0);
}

/// The state of each row, or what is wrong with it.
void each_state(const Connection& connection, const Rows& rows,
                const std::function<void(const Dossier&)>& callback,
                const std::function<void(const DossierId&, const Error&)>& damaged) {
  for (std::size_t row = 0; row < rows.size(); ++row) {
    std::optional<Dossier> dossier;
    try {
      dossier = state_in(connection, rows, row);
    } catch (const Error& error) {
      if (const auto id = DossierId::parse(rows.text(row, 0))) damaged(*id, error);
      continue;
    }
    callback(*dossier);
  }
}

void DatabaseStore::visit(
    const std::function<void(const Dossier&)>& callback,
    const std::function<void(const DossierId&, const Error&)>& damaged) const {
  const Lease lease(pool_);
  std::string last;
  while (true) {
    const Rows rows = lease->ask(
        "SELECT id_d, document FROM pes_dossier WHERE id_d > $1 ORDER BY id_d LIMIT 200", {last});
    if (rows.empty()) return;
    last = rows.text(rows.size() - 1, 0);
    each_state(*lease, rows, callback, damaged);
  }
}

std::optional<DossierId> DatabaseStore::claim(const FlowName& name, const DossierId& id,
                                              const std::optional<DossierId>& instead_of) {
  const Lease lease(pool_);
  const std::string taken_from = instead_of ? instead_of->text() : "";
  const Rows done = lease->ask(
      "INSERT INTO pes_name VALUES ($1, $2, $3) ON CONFLICT (cod_col, nom_fic) DO UPDATE SET "
      "id_d = CASE WHEN pes_name.id_d = $4 THEN $3 ELSE pes_name.id_d END RETURNING id_d",
      {name.cod_col, name.nom_fic, id.text(), taken_from});
  const auto holder = DossierId::parse(done.text(0, 0));
  return holder == id ? std::nullopt : holder;
}

void DatabaseStore::let_go(const FlowName& name, const DossierId& id) {
  try {
    const Lease lease(pool_);
    lease->ask("DELETE FROM pes_name WHERE cod_col = $1 AND nom_fic = $2 AND id_d = $3",
               {name.cod_col, name.nom_fic, id.text()});
  } catch (const Error&) {
    // What the claim was for is recorded already, and must not look failed. The claim stays as
    // that of a holder that died, and goes as that one does.
  }
}

/// A copy on this machine, made when it is first asked for. Its name tells what is in it.
std::filesystem::path DatabaseStore::path(const DossierId& id, const StoredFile& file) const {
  const std::filesystem::path place = workplace_->folder(id.text()) / file.path;
  std::error_code absent;
  if (std::filesystem::file_size(place, absent) == file.size && !absent) return place;
  const Lease lease(pool_);
  Transaction one_moment(*lease, Transaction::Kind::of_one_moment);
  const Rows row = lease->ask("SELECT content FROM pes_file WHERE id_d = $1 AND path = $2",
                              {id.text(), file.path});
  // Nothing is there, and so nothing is found at that place.
  if (row.empty()) return place;
  const store::Content found = fetch(*lease, row.number(0, 0), place);
  if (found.sha256 == file.sha256 && found.size == file.size) return place;
  throw Error(ErrorCode::state_damaged,
              say("the file {1} of dossier {2} in {3} is not as it was kept",
                  {file.name, id.text(), lease->name()}),
              restore_hint());
}

DossierPage DatabaseStore::query(const DossierQuery& query) const {
  const Lease lease(pool_);
  Transaction one_moment(*lease, Transaction::Kind::of_one_moment);
  const store::ListConditions conditions = store::conditions_of(query);
  std::vector<Value> values(conditions.values.begin(), conditions.values.end());
  DossierPage page;
  page.total =
      lease->ask("SELECT count(*) FROM pes_dossier" + conditions.sql, values).position(0, 0);
  const std::size_t places = values.size();
  values.emplace_back(static_cast<std::int64_t>(query.limit));
  values.emplace_back(static_cast<std::int64_t>(query.offset));
  const std::string order =
      query.order == SortOrder::descending ? "DESC NULLS LAST" : "ASC NULLS FIRST";
  const Rows rows =
      lease->ask(fill("SELECT id_d, document FROM pes_dossier{1} ORDER BY {2} {3}, id_d LIMIT ${4} "
                      "OFFSET ${5}",
                      {conditions.sql, store::column_of(query.sort), order,
                       std::to_string(places + 1), std::to_string(places + 2)}),
                 values);
  each_state(
      *lease, rows, [&](const Dossier& dossier) { page.dossiers.push_back(dossier); },
      [&](const DossierId& id, const Error& error) { page.damaged.emplace_back(id, error); });
  return page;
}

/// Which dossiers sessions hold, by the number of their lock.
std::string held_numbers() {
  return "SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks WHERE "
         "locktype = 'advisory' AND objsubid = 1 AND database = "
         "(SELECT oid FROM pg_database WHERE datname = current_database())";
}

/// What is worth knowing while nothing is due.
News::Known known_at(Connection& connection, Instant now) {
  constexpr std::chrono::seconds while_held{5};
  const Rows row = connection.ask(
      fill("SELECT ends, (SELECT min(next_try) FROM pes_dossier WHERE is_lock = 0 AND "
           "next_try > $1), EXISTS (SELECT FROM pes_dossier WHERE is_lock = 0 AND next_try <= $1 "
           "AND {1} IN ({2})) FROM pes_home",
           {lock_number("id_d"), held_numbers()}),
      {store::seconds_of(now)});
  News::Known known{.journal_end = row.position(0, 0)};
  if (!row.is_null(0, 1)) known.next_date = Instant(std::chrono::seconds(row.number(0, 1)));
  // Whoever holds one may die, which nobody tells.
  const bool some_are_held = row.text(0, 2) == "t";
  if (some_are_held) known.next_date = std::min(known.next_date, now + while_held);
  return known;
}

/// Those that a session holds are left out: another worker has them in hand, and would only be in
/// this one's way.
DueDossiers DatabaseStore::due(Instant now, std::size_t limit) const {
  news_.forget();
  const Lease lease(pool_);
  Transaction one_moment(*lease, Transaction::Kind::of_one_moment);
  news_.set_known(known_at(*lease, now));
  const Rows rows = lease->ask(
      fill("SELECT id_d FROM (SELECT id_d, next_try, row_number() OVER (PARTITION BY id_e ORDER "
           "BY next_try, id_d) AS turn FROM pes_dossier WHERE is_lock = 0 AND next_try <= $1 AND "
           "{1} NOT IN ({2})) AS free ORDER BY turn, next_try, id_d LIMIT $2",
           {lock_number("id_d"), held_numbers()}),
      {store::seconds_of(now), static_cast<std::int64_t>(limit)});
  DueDossiers result;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (const auto id = DossierId::parse(rows.text(row, 0))) result.ids.push_back(*id);
  }
  return result;
}

}  // namespace

std::unique_ptr<port::Store> open_store(std::shared_ptr<Pool> pool,
                                        std::shared_ptr<Workplace> workplace) {
  return std::make_unique<DatabaseStore>(std::move(pool), std::move(workplace));
}

}  // namespace pes::postgresql
