#include "adapter/postgresql/retours.hpp"

#include "adapter/postgresql/contents.hpp"
#include "adapter/postgresql/schema.hpp"
#include "adapter/retours/retour_id.hpp"
#include "pes/error.hpp"
#include "record/retour.hpp"
#include "support/text.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pes::postgresql {

namespace {

class DatabaseRetours final : public port::Retours {
 public:
  DatabaseRetours(std::shared_ptr<Pool> pool, std::shared_ptr<Workplace> workplace)
      : pool_(std::move(pool)), workplace_(std::move(workplace)) {}

  bool keep(const port::Retour& retour, std::string_view bytes) override {
    retours::require_id(retour.id);
    const std::string record = record::write_retour(retour);
    const Lease lease(pool_);
    Transaction transaction(*lease);
    const KeptContent kept = keep_bytes(*lease, bytes);
    const Rows done = lease->ask(
        "INSERT INTO pes_retour VALUES ($1, $2::json, $3) ON CONFLICT (id) DO NOTHING RETURNING id",
        {retour.id, record, kept.id});
    if (done.empty()) return false;
    transaction.commit();
    return true;
  }

  [[nodiscard]] port::Retour read(std::string_view id) const override {
    if (!retours::is_id(id)) throw retours::unknown(id);
    const Lease lease(pool_);
    const Rows row = lease->ask("SELECT id, record FROM pes_retour WHERE id = $1", {id});
    if (row.empty()) throw retours::unknown(id);
    return read(*lease, row, 0);
  }

  void visit(const std::function<void(const port::Retour&)>& callback,
             const std::function<void(const std::string&, const Error&)>& damaged) const override {
    const Lease lease(pool_);
    std::string last;
    while (true) {
      const Rows rows = lease->ask(
          "SELECT id, record FROM pes_retour WHERE id > $1 ORDER BY id LIMIT 200", {last});
      if (rows.empty()) return;
      for (std::size_t row = 0; row < rows.size(); ++row) {
        last = rows.text(row, 0);
        std::optional<port::Retour> retour;
        try {
          retour = read(*lease, rows, row);
        } catch (const Error& error) {
          damaged(last, error);
          continue;
        }
        callback(*retour);
      }
    }
  }

  [[nodiscard]] std::vector<port::Retour> beginning_with(std::string_view id_prefix,
                                                         std::size_t most) const override {
    const Lease lease(pool_);
    const Rows rows = lease->ask(
        "SELECT id, record FROM pes_retour WHERE id >= $1 AND starts_with(id, $1) ORDER BY id "
        "LIMIT $2",
        {id_prefix, static_cast<std::int64_t>(most)});
    std::vector<port::Retour> found;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      try {
        found.push_back(read(*lease, rows, row));
      } catch (const Error&) {
        continue;
      }
    }
    return found;
  }

  [[nodiscard]] ReadableFile readable(const port::Retour& retour) const override {
    const auto copy = std::make_shared<const Copy>(workplace_, "retour-" + retour.id);
    const Lease lease(pool_);
    const Rows row = lease->ask("SELECT content FROM pes_retour WHERE id = $1", {retour.id});
    if (!row.empty()) fetch(*lease, row.number(0, 0), copy->path());
    return {copy->path(), copy};
  }

 private:
  static port::Retour read(const Connection& connection, const Rows& rows, std::size_t row) {
    const std::string_view id = rows.text(row, 0);
    const record::Source source{.name =
                                    [&] {
                                      return say("PES Retour {1} of {2}", {id, connection.name()});
                                    },
                                .hint = restore_hint()};
    port::Retour retour = record::read_retour(rows.text(row, 1), source);
    if (retour.id == id) return retour;
    record::throw_damaged(source, say("{1} has the record of another one", {source.name()}));
  }

  std::shared_ptr<Pool> pool_;
  std::shared_ptr<Workplace> workplace_;
};

}  // namespace

std::unique_ptr<port::Retours> open_retours(std::shared_ptr<Pool> pool,
                                            std::shared_ptr<Workplace> workplace) {
  return std::make_unique<DatabaseRetours>(std::move(pool), std::move(workplace));
}

}  // namespace pes::postgresql
