#include "pes/deposit.hpp"

#include "commands.hpp"
#include "deposit_flow.hpp"
#include "deposit_report.hpp"
#include "dossier_query.hpp"
#include "exit_status.hpp"
#include "pes/dossier_type.hpp"
#include "pes/error.hpp"
#include "session.hpp"
#include "signing_key.hpp"
#include "stamping.hpp"
#include "temporary_folder.hpp"
#include "ui/language.hpp"
#include "ui/question.hpp"
#include "workers.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace pes::cmd {

namespace {

struct Options {
  std::vector<std::string> paths;
  std::string done, error, stable, max, type, jobs;
  std::string objet_from, entity_from, until = "sent", format = "text";
  SigningKeyOptions key;
  bool set_dematerialisee = false;
  bool any_usage = false;
};

/// Seconds for which nothing was written: what a person names is taken as it is.
constexpr long long usual_stillness = 5;

[[noreturn]] void cannot_be(const char* option, const std::string& word, const char* hint) {
  throw Error(ErrorCode::usage, say("{1} cannot be {2}", {option, word}), hint);
}

Until parse_until(const std::string& word) {
  if (word == "created") return Until::created;
  if (word == "signed") return Until::signed_here;
  if (word == "sent") return Until::sent;
  cannot_be("--until", word, tr("write created, signed or sent"));
}

ObjetFrom parse_objet_from(const std::string& word) {
  if (word.empty()) return ObjetFrom::what_there_is;
  if (word == "nomfic") return ObjetFrom::nomfic;
  if (word == "name") return ObjetFrom::name;
  if (word == "manifest") return ObjetFrom::manifest;
  cannot_be("--objet-from", word, tr("write nomfic, name or manifest"));
}

std::optional<std::chrono::seconds> parse_stillness(const std::string& word) {
  if (word.empty()) return std::nullopt;
  long long seconds = 0;
  constexpr long long most = 1'000'000;
  const char* const end = word.data() + word.size();
  const auto [rest, failure] = std::from_chars(word.data(), end, seconds);
  if (failure != std::errc() || rest != end || seconds < 0 || seconds > most) {
    cannot_be("--stable", word, tr("write a number of seconds"));
  }
  return std::chrono::seconds(seconds);
}

std::optional<std::string> entity_for(const Options& options, Session& session) {
  if (options.entity_from == "siret") return std::nullopt;
  if (!options.entity_from.empty()) {
    cannot_be("--entity-from", options.entity_from, tr("write siret"));
  }
  if (const auto entity = session.entity()) return entity->id_e;
  throw Error(ErrorCode::usage, tr("the entity of the flows is not named"),
              tr("name it: --entity <entity>, or let each flow say: --entity-from siret"));
}

DepositRules rules_of(const Options& options, Session& session) {
  return {.until = parse_until(options.until),
          .objet_from = parse_objet_from(options.objet_from),
          .type = options.type.empty() ? std::string() : dossier_type(options.type).id,
          .id_e = entity_for(options, session),
          .set_dematerialisee = options.set_dematerialisee,
          .any_usage = options.any_usage};
}

bool is_folder(const std::filesystem::path& path) {
  std::error_code absent;
  return std::filesystem::is_directory(path, absent);
}

/// What is to be deposited, and what is still being written.
struct Found {
  std::vector<deposit::Source> sources;
  std::vector<deposit::Source> unfinished;
};

class Finder {
 public:
  Finder(const Options& options, Session& session)
      : stillness_(parse_stillness(options.stable)), now_(session.clock().now()) {
    for (const std::string& folder : {options.done, options.error}) {
      if (!folder.empty()) left_out_.emplace_back(folder);
    }
  }

  Found find(const std::vector<std::string>& paths) {
    for (const std::filesystem::path path : paths) {
      for (const std::filesystem::path& place : left_out_) {
        deposit::require_place_beside(place, is_folder(path) ? path : path.parent_path() / ".");
      }
      if (is_folder(path)) {
        for (deposit::Source& source : deposit::sources_in(path, left_out_)) {
          take(std::move(source), stillness_.value_or(std::chrono::seconds(usual_stillness)));
        }
      } else {
        take(deposit::source_at(path), stillness_.value_or(std::chrono::seconds(0)));
      }
    }
    return std::move(found_);
  }

 private:
  void take(deposit::Source source, std::chrono::seconds stillness) {
    // A clock that is ahead elsewhere must not keep a file for ever.
    const bool is_written = source.last_written > now_ - stillness && source.last_written <= now_;
    (is_written ? found_.unfinished : found_.sources).push_back(std::move(source));
  }

  std::optional<std::chrono::seconds> stillness_;
  Instant now_;
  std::vector<std::filesystem::path> left_out_;
  Found found_;
};

bool is_any(const std::vector<DepositedFlow>& flows, DepositedFlow::Result result) {
  return std::any_of(flows.begin(), flows.end(),
                     [&](const DepositedFlow& flow) { return flow.result == result; });
}

bool is_any_held(const std::vector<DepositedFlow>& flows) {
  return std::any_of(flows.begin(), flows.end(), [](const DepositedFlow& flow) {
    return flow.error && flow.error->code() == ErrorCode::dossier_locked;
  });
}

/// Of a file; what a folder holds is not counted.
std::uint64_t size_of(const deposit::Source& source) {
  std::error_code absent;
  if (source.kind == deposit::Source::Kind::folder) return 0;
  const auto size = std::filesystem::file_size(source.path, absent);
  return absent ? 0 : size;
}

/// What became of all that was in a source: the worst of it.
std::string_view word_of(const std::vector<DepositedFlow>& flows) {
  using Result = DepositedFlow::Result;
  Result worst = flows.empty() ? Result::failed : flows.front().result;
  for (const DepositedFlow& flow : flows) worst = std::max(worst, flow.result);
  return id(worst);
}

/// One run over what was dropped.
class DepositRun {
 public:
  DepositRun(const Options& options, Session& session)
      : options_(options),
        session_(session),
        report_(session, parse_deposit_format(options.format, session.console())),
        common_(session, rules_of(options, session)),
        most_(options.max.empty() ? std::string::npos : parse_count("--max", options.max)) {
    const std::size_t jobs = options.jobs.empty() ? 1 : parse_jobs(options.jobs);
    // A rehearsal waits for nobody.
    const std::size_t wanted = session.options().dry_run ? 1 : jobs;
    while (depositors_.size() < wanted) {
      depositors_.push_back(std::make_unique<Depositor>(session, common_));
    }
  }

  int deposit(const Found& found) {
    count_ = std::min(found.sources.size(), most_);
    session_.console().batch_begins(count_);
    if (depositors_.size() == 1) {
      work(found.sources, *depositors_.front());
    } else {
      work_in_threads(depositors_.size(),
                      {.work = [&](std::size_t rank) { work(found.sources, *depositors_[rank]); },
                       .call_off = [this] { is_called_off_ = true; },
                       .supervise = [this] { (void)session_.is_stopping(); }});
    }
    for (const deposit::Source& source : held_) take(source, *depositors_.front(), Held::told);
    for (const deposit::Source& source : found.unfinished) {
      DepositedFlow left;
      left.file = source.path.native();
      left.result = DepositedFlow::Result::left;
      report_.add(std::move(left));
    }
    session_.console().done_waiting();
    const int status = report_.finish(found.sources.size() - begun_);
    if (!session_.options().dry_run) stamp_events(session_);
    return status;
  }

 private:
  /// What is done with a flow whose dossier somebody holds: another worker, with the same bytes.
  enum class Held { done_last, told };

  void work(const std::vector<deposit::Source>& sources, Depositor& depositor) {
    while (!is_called_off_ && !session_.is_stopping()) {
      const auto rank = next_rank();
      if (!rank) return;
      const deposit::Source& source = sources[*rank];
      session_.console().item_begins(source.path.filename().native());
      take(source, depositor, Held::done_last);
    }
  }

  std::optional<std::size_t> next_rank() {
    const std::lock_guard alone(mutex_);
    if (begun_ == count_) return std::nullopt;
    return begun_++;
  }

  void take(const deposit::Source& source, Depositor& depositor, Held held) {
    const std::uint64_t bytes = size_of(source);  // before it is filed elsewhere
    std::vector<DepositedFlow> flows = deposited(source, depositor);
    if (held == Held::done_last && depositors_.size() > 1 && is_any_held(flows)) {
      const std::lock_guard alone(mutex_);
      held_.push_back(source);
      return;
    }
    const Filed filed = this->filed(source, flows);
    const std::lock_guard alone(mutex_);
    session_.console().item_ends(source.path.filename().native(), word_of(flows), bytes);
    if (filed.error) report_.add(*filed.error, source.path.native());
    for (DepositedFlow& flow : flows) {
      flow.moved_to = filed.place;
      report_.add(std::move(flow));
    }
  }

  std::vector<DepositedFlow> deposited(const deposit::Source& source, Depositor& depositor) {
    std::vector<DepositedFlow> flows;
    const bool is_alone = source.kind == deposit::Source::Kind::flow;
    try {
      std::optional<TemporaryFolder> unpacked;
      if (source.kind == deposit::Source::Kind::zip) unpacked.emplace();
      const std::filesystem::path workspace = unpacked ? unpacked->path() : std::filesystem::path();
      const deposit::Limits limits{
          .max_file = static_cast<std::uint64_t>(session_.settings().integer("tdt.max_size"))};
      for (const deposit::Flow& flow : deposit::flows_of(source, workspace, limits)) {
        flows.push_back(depositor.deposit(
            flow, is_alone ? source.path.native() : (source.path / flow.name).native()));
      }
    } catch (const Error& error) {
      flows.push_back(not_deposited(error, source.path.native()));
    }
    return flows;
  }

  struct Filed {
    std::string place;  // empty: it is where it was
    std::optional<Error> error;
  };
  /// Once all that became of it is on the disk. What may succeed the next time stays.
  [[nodiscard]] Filed filed(const deposit::Source& source,
                            const std::vector<DepositedFlow>& flows) const {
    using Result = DepositedFlow::Result;
    if (session_.options().dry_run || is_any(flows, Result::failed)) return {};
    const std::string& folder = is_any(flows, Result::refused) ? options_.error : options_.done;
    if (folder.empty()) return {};
    try {
      return {.place = deposit::move_aside(source.path, folder).native(), .error = {}};
    } catch (const Error& error) {
      return {.place = {}, .error = error};
    }
  }

  const Options& options_;
  Session& session_;
  DepositReport report_;
  DepositsInCommon common_;
  std::vector<std::unique_ptr<Depositor>> depositors_;
  std::size_t most_;  // sources of one run
  std::size_t count_ = 0;
  std::atomic<bool> is_called_off_ = false;
  std::mutex mutex_;  // of what follows, and of the report
  std::size_t begun_ = 0;
  std::vector<deposit::Source> held_;
};

void confirm(const Options& options, Session& session, const Found& found) {
  if (session.options().dry_run || found.sources.empty()) return;
  if (parse_until(options.until) != Until::sent) return;
  ui::confirm(session.options().questions,
              say("deposit and send to the TdT what was dropped (files or folders: {1})?",
                  {std::to_string(found.sources.size())}));
}

int run(const Options& options, Session& session) {
  apply(options.key, session);
  (void)session.home();
  DepositRun deposits(options, session);
  const Found found = Finder(options, session).find(options.paths);
  confirm(options, session, found);
  return deposits.deposit(found);
}

}  // namespace

void add_deposit(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add("deposit", tr("create, sign and send what was dropped in a folder"),
                              {.examples = {"pes deposit depot/ --done faits/ --error refus/ --yes",
                                            "pes deposit depot/ --until created --format csv"},
                               .dry_run = Stance::obeys,
                               .timeout = Stance::obeys},
                              [options](Session& session) { return run(*options, session); });
  command
      .add_option("what", options->paths,
                  tr("folders to look in, for flows, ZIPs and folders with a manifest; or files"))
      .type_name("<path>")
      .required();
  command.add_option("--done", options->done, tr("folder to which what was deposited is moved"))
      .type_name("<folder>");
  command.add_option("--error", options->error, tr("folder to which what is refused is moved"))
      .type_name("<folder>");
  command
      .add_option("--stable", options->stable,
                  tr("leave what was written in the last seconds; 5 of a folder, 0 of a file"))
      .type_name("<seconds>");
  command.add_option("--until", options->until, tr("how far flows are taken"))
      .type_name("{created | signed | sent}");
  command
      .add_option("--objet-from", options->objet_from,
                  tr("where titles come from, instead of the manifest or the file's name"))
      .type_name("{nomfic | name | manifest}");
  command
      .add_option("--entity-from", options->entity_from,
                  tr("the entity is that of the SIRET that the flow gives (IdColl)"))
      .type_name("{siret}");
  command
      .add_option("--type", options->type,
                  tr("type of dossier, instead of the manifest's or that of signed flows"))
      .type_name("<type>");
  command.add_option("--max", options->max, tr("at most so many files or folders"))
      .type_name("<number>");
  command.add_option("--jobs", options->jobs, tr("files or folders worked on at a time; 1"))
      .type_name("<number>");
  command.add_option("--format", options->format, tr("form of the report"))
      .type_name("{text | csv | junit}");
  add_signing_key_options(command, options->key);
  command.add_flag("--set-dematerialisee", options->set_dematerialisee,
                   tr("write InfoDematerialisee = 1 in the flow before signing it"));
  command.add_flag("--any-usage", options->any_usage,
                   tr("accept a certificate that is not made for signing"));
}

}  // namespace pes::cmd
