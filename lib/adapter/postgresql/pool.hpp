#pragma once

#include "adapter/postgresql/connection.hpp"
#include "pes/adapters.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace pes::postgresql {

/// Sessions on one server: one for each dossier that is held and each question that is asked at the
/// same time. Those that are given back are used again. For several threads.
class Pool {
 public:
  explicit Pool(DatabaseAccess access) : access_(std::move(access)) {}

  std::unique_ptr<Connection> take();
  /// One that is not idle is closed.
  void give_back(std::unique_ptr<Connection> connection) noexcept;

 private:
  std::unique_ptr<Connection> taken_from_idle();
  const Secret* password();

  DatabaseAccess access_;
  std::mutex alone_;
  std::optional<Secret> password_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

/// A session for as long as the object lives.
class Lease {
 public:
  explicit Lease(std::shared_ptr<Pool> pool) : pool_(std::move(pool)), connection_(pool_->take()) {}
  Lease(Lease&&) noexcept = default;
  Lease& operator=(Lease&&) = delete;
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease() {
    if (pool_) pool_->give_back(std::move(connection_));
  }

  [[nodiscard]] Connection& operator*() const noexcept { return *connection_; }
  [[nodiscard]] Connection* operator->() const noexcept { return connection_.get(); }
  /// Ends the session, and with it all that it has locked.
  void close() noexcept { connection_.reset(); }

 private:
  std::shared_ptr<Pool> pool_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace pes::postgresql
