#include "adapter/postgresql/pool.hpp"

#include <utility>

namespace pes::postgresql {

std::unique_ptr<Connection> Pool::take() {
  if (auto connection = taken_from_idle()) return connection;
  return std::make_unique<Connection>(access_.url, password());
}

void Pool::give_back(std::unique_ptr<Connection> connection) noexcept {
  if (!connection || !connection->is_idle()) return;
  const std::lock_guard alone(alone_);
  idle_.push_back(std::move(connection));
}

std::unique_ptr<Connection> Pool::taken_from_idle() {
  const std::lock_guard alone(alone_);
  while (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    if (connection->is_idle()) return connection;
  }
  return nullptr;
}

/// Asked for once: a person, a descriptor can give it only once.
const Secret* Pool::password() {
  const std::lock_guard alone(alone_);
  if (!access_.password) return nullptr;
  if (!password_) password_ = access_.password();
  return &*password_;
}

}  // namespace pes::postgresql
