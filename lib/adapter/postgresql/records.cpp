#include "adapter/postgresql/journal.hpp"
#include "adapter/postgresql/pool.hpp"
#include "adapter/postgresql/retours.hpp"
#include "adapter/postgresql/schema.hpp"
#include "adapter/postgresql/stamps.hpp"
#include "adapter/postgresql/store.hpp"
#include "adapter/postgresql/workplace.hpp"
#include "pes/adapters.hpp"
#include "support/text.hpp"

#include <memory>
#include <string>
#include <utility>

namespace pes::postgresql {

namespace {

class DatabaseRecords final : public port::Records {
 public:
  explicit DatabaseRecords(DatabaseAccess access)
      : workplace_(std::make_shared<Workplace>(access.work)),
        pool_(std::make_shared<Pool>(std::move(access))) {
    const Lease lease(pool_);
    require_tables(*lease);
    const Rows schema = lease->ask("SELECT current_schema()");
    const bool is_usual = schema.text(0, 0) == "public";
    name_ = is_usual ? lease->name() : fill("{1} ({2})", {lease->name(), schema.text(0, 0)});
  }

  [[nodiscard]] std::string name() const override { return name_; }
  std::unique_ptr<port::Store> store() override { return open_store(pool_, workplace_); }
  std::unique_ptr<port::Journal> journal() override { return open_journal(pool_); }
  std::unique_ptr<port::Stamps> stamps() override { return open_stamps(pool_); }
  std::unique_ptr<port::Retours> retours() override { return open_retours(pool_, workplace_); }

  [[nodiscard]] Residence residence() const override {
    const Lease lease(pool_);
    return residence_in(*lease, lease->ask("SELECT residence, other_place FROM pes_home"), 0);
  }

  /// The row is the one that who journals has locked: nobody is in the middle of it.
  bool change_residence(const Residence& before, const Residence& after) override {
    const Lease lease(pool_);
    const Rows done = lease->ask(
        "UPDATE pes_home SET residence = $3, other_place = $4 WHERE residence = $1 AND "
        "other_place = $2 RETURNING version",
        {id(before.kind), before.place, id(after.kind), after.place});
    return !done.empty();
  }

 private:
  std::shared_ptr<Workplace> workplace_;
  std::shared_ptr<Pool> pool_;
  std::string name_;
};

}  // namespace

}  // namespace pes::postgresql

namespace pes {

bool create_database_home(const DatabaseAccess& access) {
  const auto pool = std::make_shared<postgresql::Pool>(access);
  const postgresql::Lease lease(pool);
  return postgresql::make_tables(*lease);
}

std::unique_ptr<port::Records> open_database_records(DatabaseAccess access) {
  return std::make_unique<postgresql::DatabaseRecords>(std::move(access));
}

}  // namespace pes
