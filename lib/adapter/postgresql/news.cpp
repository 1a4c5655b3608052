#include "adapter/postgresql/news.hpp"

#include "adapter/postgresql/schema.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <string>

namespace pes::postgresql {

void News::set_known(const Known& known) {
  const std::lock_guard alone(knowing_);
  known_ = known;
}

News::Known News::known() {
  const std::lock_guard alone(knowing_);
  return known_;
}

void News::forget() {
  const std::unique_lock alone(listening_, std::try_to_lock);
  if (alone && listener_) has_come(std::chrono::milliseconds(0));
}

void News::wait(Instant until, const std::function<bool()>& stop) {
  constexpr std::chrono::milliseconds slice{100};
  const std::lock_guard alone(listening_);
  const Known before = known();
  if (!listener_ && start_listening(before)) return;
  const Instant end = std::min(until, before.next_date);
  while (std::chrono::system_clock::now() < end && !stop()) {
    if (has_come(slice)) return;
  }
}

/// @return whether something was journaled before anybody listened
bool News::start_listening(const Known& known) {
  listener_ = pool_->take();
  const Rows name = listener_->ask(fill("SELECT {1}", {channel}));
  listener_->execute(("LISTEN " + std::string(name.text(0, 0))).c_str());
  return listener_->ask("SELECT ends FROM pes_home").position(0, 0) != known.journal_end;
}

bool News::has_come(std::chrono::milliseconds longest) {
  try {
    return listener_->wait_for_notification(longest);
  } catch (const Error&) {
    listener_.reset();
    throw;
  }
}

}  // namespace pes::postgresql
