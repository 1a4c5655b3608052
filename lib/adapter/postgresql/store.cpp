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
    remove_abandoned_creations(*Lease(pool_));
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
  [[nodiscard]] ReadableFile readable(const DossierId& id, const StoredFile& file) const override;
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
  const Rows row = lease->ask("SELECT id_d, document FROM pes_state WHERE id_d = $1", {id.text()});
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
        "SELECT id_d, document FROM pes_state WHERE id_d > $1 ORDER BY id_d LIMIT 200", {last});
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

ReadableFile DatabaseStore::readable(const DossierId& id, const StoredFile& file) const {
  const std::string name = copy_name(id, file);
  if (const auto copy = workplace_->copy(name)) return {copy->path(), copy};
  const auto copy = std::make_shared<const Copy>(workplace_, name);
  const Lease lease(pool_);
  Transaction one_moment(*lease, Transaction::Kind::of_one_moment);
  const Rows row = lease->ask("SELECT content FROM pes_file WHERE id_d = $1 AND path = $2",
                              {id.text(), file.path});
  if (row.empty()) return copy->path();
  const store::Content found = fetch(*lease, row.number(0, 0), copy->path());
  if (found.sha256 != file.sha256 || found.size != file.size) {
    throw Error(ErrorCode::state_damaged,
                say("the file {1} of dossier {2} in {3} is not as it was kept",
                    {file.name, id.text(), lease->name()}),
                restore_hint());
  }
  workplace_->share(copy);
  return {copy->path(), copy};
}

DossierPage DatabaseStore::query(const DossierQuery& query) const {
  const Lease lease(pool_);
  Transaction one_moment(*lease, Transaction::Kind::of_one_moment);
  const store::ListConditions conditions = store::conditions_of(query);
  std::vector<Value> values(conditions.values.begin(), conditions.values.end());
  DossierPage page;
  page.total =
      lease->ask("SELECT count(*) FROM pes_dossier" + conditions.sql, values).position(0, 0);
  const Rows rows = lease->ask(page_statement(query), values);
  each_state(
      *lease, rows, [&](const Dossier& dossier) { page.dossiers.push_back(dossier); },
      [&](const DossierId& id, const Error& error) { page.damaged.emplace_back(id, error); });
  return page;
}

/// What is worth knowing while nothing is due.
News::Known known_at(Connection& connection, Instant now) {
  constexpr std::chrono::seconds while_held{5};
  const Rows row = connection.ask(
      fill("SELECT ends, (SELECT min(next_try) FROM pes_dossier WHERE {1}), EXISTS "
           "(SELECT FROM pes_dossier WHERE {2} AND {3} IN ({4})) FROM pes_home",
           {store::planned_after("$1"), store::due_at("$1"), lock_number("id_d"), held_numbers()}),
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
  const std::string free =
      fill("{1} AND {2} NOT IN ({3})", {store::due_at("$1"), lock_number("id_d"), held_numbers()});
  const Rows rows = lease->ask(store::due_in_turn("pes_dossier", free, "$2"),
                               {store::seconds_of(now), static_cast<std::int64_t>(limit)});
  DueDossiers result;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (const auto id = DossierId::parse(rows.text(row, 0))) result.ids.push_back(*id);
  }
  return result;
}

}  // namespace

/// The inner part goes along an index, whatever the planner thinks of the outer one.
std::string page_statement(const DossierQuery& query) {
  return fill(
      "SELECT id_d, document FROM (SELECT * FROM pes_dossier{1}{2} LIMIT {3} OFFSET {4}) AS page "
      "JOIN pes_state USING (id_d){2}",
      {store::conditions_of(query).sql, store::order_of(query), std::to_string(query.limit),
       std::to_string(query.offset)});
}

std::unique_ptr<port::Store> open_store(std::shared_ptr<Pool> pool,
                                        std::shared_ptr<Workplace> workplace) {
  return std::make_unique<DatabaseStore>(std::move(pool), std::move(workplace));
}

}  // namespace pes::postgresql
