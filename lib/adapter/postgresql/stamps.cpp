#include "adapter/postgresql/stamps.hpp"

#include "adapter/journal/chain.hpp"
#include "adapter/postgresql/schema.hpp"
#include "record/stamp.hpp"
#include "support/text.hpp"

#include <string>
#include <utility>

namespace pes::postgresql {

namespace {

class DatabaseStamps final : public port::Stamps {
 public:
  explicit DatabaseStamps(std::shared_ptr<Pool> pool) : pool_(std::move(pool)) {}

  void keep(const port::Stamp& stamp) override {
    const std::string line = record::write_stamp(stamp);
    const Lease lease(pool_);
    Transaction transaction(*lease);
    // One after the other: each is compared with the last.
    lease->execute("LOCK TABLE pes_stamp IN SHARE ROW EXCLUSIVE MODE");
    lease->ask(
        "INSERT INTO pes_stamp SELECT $1, $2 WHERE NOT EXISTS "
        "(SELECT FROM pes_stamp WHERE id_j >= $1)",
        {Value::position(stamp.id_j), line});
    transaction.commit();
  }

  [[nodiscard]] std::optional<port::Stamp> last() const override {
    const Lease lease(pool_);
    const Rows row = lease->ask("SELECT id_j, line FROM pes_stamp ORDER BY id_j DESC LIMIT 1");
    if (row.empty()) return std::nullopt;
    return read(*lease, row, 0);
  }

  void visit(std::uint64_t from,
             const std::function<bool(const port::Stamp&)>& callback) const override {
    const Lease lease(pool_);
    while (true) {
      const Rows rows =
          lease->ask("SELECT id_j, line FROM pes_stamp WHERE id_j >= $1 ORDER BY id_j LIMIT 200",
                     {Value::position(from)});
      if (rows.empty()) return;
      for (std::size_t row = 0; row < rows.size(); ++row) {
        if (!callback(read(*lease, rows, row))) return;
        from = rows.position(row, 0) + 1;
      }
    }
  }

 private:
  static port::Stamp read(const Connection& connection, const Rows& rows, std::size_t row) {
    const auto name = [&] {
      return say("the time stamp of event {1} of {2}", {rows.text(row, 0), connection.name()});
    };
    return record::read_stamp(rows.text(row, 1), journal::journal_source(name, restore_hint()));
  }

  std::shared_ptr<Pool> pool_;
};

}  // namespace

std::unique_ptr<port::Stamps> open_stamps(std::shared_ptr<Pool> pool) {
  return std::make_unique<DatabaseStamps>(std::move(pool));
}

}  // namespace pes::postgresql
