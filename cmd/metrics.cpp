#include "metrics.hpp"

#include "pes/patience.hpp"
#include "version_text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <vector>

namespace pes::cmd {

namespace {

using Result = flow::Step::Result;

std::string_view word(Result result) {
  switch (result) {
    case Result::moved:
      return "moved";
    case Result::unchanged:
      return "unchanged";
    case Result::resting:
      return "suspended";
    case Result::failed:
      return "failed";
  }
  return {};
}

/// What a service has just answered about the whole of a flow, if it has.
std::optional<std::pair<std::string, std::string>> answer_of(const flow::Step& step) {
  if (step.result != Result::moved) return std::nullopt;
  const bool is_refused = step.dossier.value(field::pes_etat_ack) == "2";
  switch (step.dossier.state()) {
    case Action::info_tdt:
      return std::pair("tdt", is_refused ? "refused" : "accepted");
    case Action::tdt_error:
      return std::pair("tdt", "refused");
    case Action::accepter_sae:
      return std::pair("sae", "accepted");
    case Action::rejet_sae:
      return std::pair("sae", "refused");
    default:
      return std::nullopt;
  }
}

std::string number(double value) {
  std::string text(32, '\0');
  const auto [end, failure] = std::to_chars(text.data(), text.data() + text.size(), value);
  text.resize(static_cast<std::size_t>(end - text.data()));
  return text;
}

/// A value of a label, as the text form wants it.
std::string in_quotes(std::string_view value) {
  std::string text = "\"";
  for (const char c : value) {
    if (c == '\\' || c == '"') text += '\\';
    text += c == '\n' ? ' ' : c;
  }
  return text + '"';
}

/// One metric: what it is, then its samples.
class Metric {
 public:
  Metric(std::string name, std::string_view type, std::string_view help) : name_(std::move(name)) {
    text_ = "# HELP " + name_ + ' ' + std::string(help) + "\n# TYPE " + name_ + ' ' +
            std::string(type) + '\n';
  }

  using Labels = std::vector<std::pair<std::string_view, std::string>>;
  Metric& add(const Labels& labels, double value, std::string_view suffix = {}) {
    std::string inside;
    for (const auto& [label, text] : labels) {
      inside += (inside.empty() ? "" : ",") + std::string(label) + '=' + in_quotes(text);
    }
    text_ += name_ + std::string(suffix) + (inside.empty() ? "" : '{' + inside + '}') + ' ' +
             number(value) + '\n';
    return *this;
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string name_, text_;
};

double count_of(const port::Store& store, DossierQuery query) {
  query.limit = 0;
  return static_cast<double>(store.query(query).total);
}

/// How many dossiers of each state the query finds.
std::string by_state(const port::Store& store, const char* name, const char* help,
                     const DossierQuery& query) {
  Metric metric(name, "gauge", help);
  double rest = count_of(store, query);
  for (const Action action : all_actions()) {
    if (rest == 0) break;
    if (!is_state(action)) continue;
    DossierQuery of_state = query;
    of_state.states = {action};
    const double count = count_of(store, of_state);
    if (count > 0) metric.add({{"state", std::string(id(action))}}, count);
    rest -= count;
  }
  return metric.text();
}

double age_of_the_oldest(const port::Store& store, Instant now) {
  const DossierPage page = store.query(
      {.due = now, .sort = SortColumn::next_try, .order = SortOrder::ascending, .limit = 1});
  if (page.dossiers.empty() || !page.dossiers.front().job) return 0;
  return static_cast<double>((now - page.dossiers.front().job->next_try).count());
}

std::string backlog(const port::Store& store, Instant now) {
  return by_state(store, "pes_dossiers_due", "Dossiers whose automatic action is due, by state.",
                  {.due = now}) +
         by_state(store, "pes_dossiers_waiting",
                  "Dossiers whose automatic action has a date, come or not, by state.",
                  {.job = JobFilter::planned}) +
         by_state(store, "pes_dossiers_suspended",
                  "Dossiers whose automatic action waits for a person, by state.",
                  {.job = JobFilter::suspended}) +
         Metric("pes_oldest_due_seconds", "gauge", "For how long the oldest action has been due.")
             .add({}, age_of_the_oldest(store, now))
             .text();
}

std::string services(const std::vector<KnownService>& known, Instant now) {
  Metric up("pes_service_up", "gauge", "1 unless the service is left alone after its failures.");
  Metric rest("pes_service_rest_seconds", "gauge", "For how long it is left alone still.");
  Metric failures("pes_request_failures_total", "counter",
                  "Requests that no usable answer came to.");
  Metric durations("pes_request_duration_seconds", "histogram", "How long requests lasted.");
  for (const auto& [service, url, figures] : known) {
    const Metric::Labels labels{{"service", service}, {"url", url}};
    up.add(labels, figures.rests_until ? 0 : 1);
    rest.add(labels,
             figures.rests_until ? static_cast<double>((*figures.rests_until - now).count()) : 0);
    failures.add(labels, static_cast<double>(figures.failures));
    for (std::size_t rank = 0; rank < ServiceFigures::bounds.size(); ++rank) {
      Metric::Labels with_bound = labels;
      with_bound.emplace_back("le", number(ServiceFigures::bounds[rank]));
      durations.add(with_bound, static_cast<double>(figures.within[rank]), "_bucket");
    }
    Metric::Labels all = labels;
    all.emplace_back("le", "+Inf");
    durations.add(all, static_cast<double>(figures.requests), "_bucket")
        .add(labels, figures.seconds, "_sum")
        .add(labels, static_cast<double>(figures.requests), "_count");
  }
  return up.text() + rest.text() + failures.text() + durations.text();
}

}  // namespace

void RunMetrics::count(const flow::Step& step) {
  if (!step.action) return;
  const std::lock_guard alone(mutex_);
  ++steps_[{std::string(id(*step.action)), std::string(word(step.result))}];
  if (const auto answer = answer_of(step)) ++answers_[*answer];
}

std::string RunMetrics::counters() const {
  const std::lock_guard alone(mutex_);
  Metric steps("pes_steps_total", "counter", "Automatic actions tried, by action and result.");
  for (const auto& [labels, count] : steps_) {
    steps.add({{"action", labels.first}, {"result", labels.second}}, static_cast<double>(count));
  }
  Metric answers("pes_answers_total", "counter", "Answers about whole flows, by service.");
  for (const auto& [labels, count] : answers_) {
    answers.add({{"service", labels.first}, {"answer", labels.second}}, static_cast<double>(count));
  }
  return steps.text() + answers.text();
}

std::string RunMetrics::text(Session& session) const {
  const Instant now = session.clock().now();
  return Metric("pes_build_info", "gauge", "1, with the version.")
             .add({{"version", std::string(version_number())}}, 1)
             .text() +
         Metric("pes_written_timestamp_seconds", "gauge", "When these figures were taken.")
             .add({}, static_cast<double>(now.time_since_epoch().count()))
             .text() +
         counters() + backlog(session.store(), now) + services(session.known_services(), now);
}

}  // namespace pes::cmd
