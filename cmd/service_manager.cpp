#include "service_manager.hpp"

#include "descriptor.hpp"
#include "environment.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <tuple>
#include <utility>

namespace pes::cmd {

namespace {

std::optional<std::uint64_t> number(const std::string& text) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, value);
  if (text.empty() || failure != std::errc() || rest != end) return std::nullopt;
  return value;
}

/// Of this process, and not of the one that started it.
std::optional<std::chrono::microseconds> watchdog_in(const Environment& environment) {
  const auto meant = environment.get("WATCHDOG_PID");
  if (meant && number(*meant) != static_cast<std::uint64_t>(::getpid())) return std::nullopt;
  const auto period = number(environment.get("WATCHDOG_USEC").value_or(""));
  if (!period || *period == 0) return std::nullopt;
  return std::chrono::microseconds(*period);
}

}  // namespace

ServiceManager::ServiceManager(const Environment& environment)
    : socket_(environment.get("NOTIFY_SOCKET").value_or("")), watchdog_(watchdog_in(environment)) {}

void ServiceManager::ready() {
  if (!std::exchange(is_ready_, true)) tell("READY=1");
}

void ServiceManager::stopping() {
  if (!std::exchange(is_stopping_, true)) tell("STOPPING=1");
}

void ServiceManager::is_alive() {
  if (!watchdog_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < *watchdog_ / 3) return;
  last_ = now;
  tell("WATCHDOG=1");
}

/// One datagram (sd_notify(3)). It is nothing to fail for: who does not hear it ends the service.
void ServiceManager::tell(std::string_view words) const {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket_.empty() || socket_.size() >= sizeof address.sun_path) return;
  std::copy(socket_.begin(), socket_.end(), std::begin(address.sun_path));
  if (socket_.front() == '@') address.sun_path[0] = '\0';
  const Descriptor line(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!line.is_open()) return;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  std::ignore = ::sendto(line.get(), words.data(), words.size(), MSG_NOSIGNAL,
                         reinterpret_cast<const sockaddr*>(&address), size);
}

}  // namespace pes::cmd
