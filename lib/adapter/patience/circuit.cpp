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
  const std::lock_guard alone(mutex_);
  return interruption_now(clock_.now());
}

std::optional<Error> Circuit::interruption_now(Instant now) const {
  if (!rest_ || rest_->until <= now) return std::nullopt;
  return Error(ErrorCode::service_unreachable, rest_->message,
               tr("what waits for it is done by the first pes run after that"))
      .with_retry_after(rest_->until - now);
}

void Circuit::require_closed() {
  const std::lock_guard alone(mutex_);
  const Instant now = clock_.now();
  if (const auto error = interruption_now(now)) throw Error(*error);
  if (!rest_) return;
  rest_->until = now + patience_.first_rest;
  rest_->is_tried = true;
}

void Circuit::answered() {
  const std::lock_guard alone(mutex_);
  failures_ = 0;
  rest_.reset();
}

void Circuit::failed(const Error& error) {
  if (is_answer(error)) {
    answered();
  } else if (error.code() == ErrorCode::service_unreachable) {
    lost(error.message(), error.retry_after());
  } else {
    give_up_trying();
  }
}

/// What failed was ours: somebody else may try now.
void Circuit::give_up_trying() {
  const std::lock_guard alone(mutex_);
  if (rest_ && rest_->is_tried) rest_->until = clock_.now();
}

void Circuit::lost(const std::string& reason, std::optional<std::chrono::seconds> retry_after) {
  const std::lock_guard alone(mutex_);
  const Instant now = clock_.now();
  // Those who had asked before a rest began tell nothing new of the service.
  const bool is_resting = interruption_now(now) && !rest_->is_tried;
  ++figures_.failures;
  if (!is_resting) {
    ++failures_;
    rest_.reset();
  }
  if (retry_after) {
    const Instant until = now + *retry_after;
    if (is_resting && until <= rest_->until) return;
    rest_ = {until, say("interrupted until {1}, as the service asks: {2}",
                        {local_date_time(until), reason})};
  }
  if (is_resting || !has_failed_too_often()) return;
  const Instant until = now + std::max(next_rest(), retry_after.value_or(std::chrono::seconds(0)));
  rest_ = {until, say("interrupted until {1}, after {2} failures in a row: {3}",
                      {local_date_time(until), std::to_string(failures_), reason})};
}

std::chrono::seconds Circuit::next_rest() const {
  const auto rest = doubled(patience_.first_rest, failures_ - patience_.failures);
  return spread(std::min(rest, patience_.longest_rest), chance_());
}

bool Circuit::is_given_up() const {
  const std::lock_guard alone(mutex_);
  return has_failed_too_often();
}

bool Circuit::wait_for_next(Repetition& repetition, const Error& error) {
  ++repetition.tries;
  if (error.code() != ErrorCode::service_unreachable) return false;
  if (repetition.tries >= patience_.tries || is_given_up()) return false;
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
  const std::lock_guard alone(mutex_);
  return spread(error.retry_after() ? *error.retry_after() : ours, chance_());
}

void Circuit::count(std::chrono::duration<double> duration) {
  const std::lock_guard alone(mutex_);
  ++figures_.requests;
  figures_.seconds += duration.count();
  for (std::size_t rank = 0; rank < ServiceFigures::bounds.size(); ++rank) {
    if (duration.count() <= ServiceFigures::bounds[rank]) ++figures_.within[rank];
  }
}

ServiceFigures Circuit::figures() const {
  const std::lock_guard alone(mutex_);
  ServiceFigures figures = figures_;
  if (interruption_now(clock_.now())) figures.rests_until = rest_->until;
  return figures;
}

ServiceFigures figures_of(const Circuit& circuit) { return circuit.figures(); }

std::shared_ptr<Circuit> make_circuit(const Patience& patience, port::Clock& clock, Chance chance,
                                      std::function<void(const std::string&)> told) {
  return std::make_shared<Circuit>(patience, clock, std::move(chance), std::move(told));
}

}  // namespace pes
