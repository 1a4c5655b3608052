#include "adapter/patience/circuit.hpp"

#include "support/spread.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes {

namespace {

/// `first`, doubled `times` times.
std::chrono::seconds doubled(std::chrono::seconds first, int times) {
  constexpr int far_enough = 20;
  return first * (1LL << std::min(times, far_enough));
}

/// The service said something, if only no.
bool is_answer(const Error& error) {
  return error.code() == ErrorCode::identity_refused ||
         error.code() == ErrorCode::service_unexpected ||
         error.code() == ErrorCode::service_refused;
}

}  // namespace

std::optional<Error> Circuit::interruption() const {
  const Instant now = clock_.now();
  if (!rest_ || rest_->until <= now) return std::nullopt;
  return Error(ErrorCode::service_unreachable, rest_->message,
               tr("what waits for it is done by the first pes run after that"))
      .with_retry_after(rest_->until - now);
}

void Circuit::require_closed() const {
  if (const auto error = interruption()) throw Error(*error);
}

void Circuit::answered() {
  failures_ = 0;
  rest_.reset();
}

void Circuit::failed(const Error& error) {
  if (is_answer(error)) answered();
  if (error.code() == ErrorCode::service_unreachable) lost(error.message(), error.retry_after());
}

void Circuit::lost(const std::string& reason, std::optional<std::chrono::seconds> retry_after) {
  ++failures_;
  const Instant now = clock_.now();
  if (retry_after) {
    const Instant until = now + *retry_after;
    rest_ = {until, say("interrupted until {1}, as the service asks: {2}",
                        {local_date_time(until), reason})};
  }
  if (!has_failed_too_often()) return;
  const Instant until = now + std::max(next_rest(), retry_after.value_or(std::chrono::seconds(0)));
  rest_ = {until, say("interrupted until {1}, after {2} failures in a row: {3}",
                      {local_date_time(until), std::to_string(failures_), reason})};
}

std::chrono::seconds Circuit::next_rest() const {
  const auto rest = doubled(patience_.first_rest, failures_ - patience_.failures);
  return spread(std::min(rest, patience_.longest_rest), chance_());
}

bool Circuit::wait_for_next(Repetition& repetition, const Error& error) {
  ++repetition.tries;
  if (error.code() != ErrorCode::service_unreachable) return false;
  if (repetition.tries >= patience_.tries || has_failed_too_often()) return false;
  const auto pause = pause_before_next(repetition, error);
  const Instant next = clock_.now() + pause;
  if (next > repetition.started + patience_.longest) return false;
  if (told_) {
    told_(say("asking again in {1} s: {2}", {std::to_string(pause.count()), error.message()}));
  }
  clock_.wait_until(next);
  return !clock_.is_over();
}

std::chrono::seconds Circuit::pause_before_next(const Repetition& repetition,
                                                const Error& error) const {
  const auto ours = doubled(patience_.first_pause, repetition.tries - 1);
  return spread(error.retry_after() ? *error.retry_after() : ours, chance_());
}

std::shared_ptr<Circuit> make_circuit(const Patience& patience, port::Clock& clock, Chance chance,
                                      std::function<void(const std::string&)> told) {
  return std::make_shared<Circuit>(patience, clock, std::move(chance), std::move(told));
}

}  // namespace pes
