#include "session.hpp"

#include "home.hpp"
#include "pes/adapters.hpp"
#include "pes/error.hpp"
#include "places.hpp"
#include "signals.hpp"
#include "ui/language.hpp"
#include "user.hpp"

#include <unistd.h>

#include <csignal>
#include <utility>

namespace pes::cmd {

namespace {

constexpr const char* system_file = "/etc/pes/pes.toml";

Instant deadline_of(const GlobalOptions& options, const port::Clock& clock) {
  return options.timeout ? clock.now() + *options.timeout : Instant::max();
}

SettingSources sources(const GlobalOptions& options, const Environment& environment,
                       const std::optional<std::filesystem::path>& home) {
  SettingSources result;
  result.files.emplace_back(Origin::system_file, system_file);
  if (options.config) {
    result.files.emplace_back(Origin::option, *options.config);
  } else {
    if (const auto user = environment.pes_folder("XDG_CONFIG_HOME", ".config")) {
      result.files.emplace_back(Origin::user_file, *user / project_file_name);
    }
    if (home) result.files.emplace_back(Origin::project_file, *home / project_file_name);
  }
  for (const auto& [name, value] : environment.variables()) {
    if (name.starts_with("PES_")) result.environment.emplace(name, value);
  }
  return result;
}

}  // namespace

Session::Session(GlobalOptions options, Environment environment, std::string command)
    : options_(std::move(options)),
      environment_(std::move(environment)),
      command_(std::move(command)),
      console_(ui::reader_of(STDOUT_FILENO, options_.colour, environment_),
               ui::reader_of(STDERR_FILENO, options_.colour, environment_), options_.manners),
      clock_(make_system_clock([this] { return is_stopping(); })),
      deadline_(deadline_of(options_, *clock_)) {}

bool Session::is_interrupted() {
  if (received_signal() == 0) return false;
  if (!stop_announced_.exchange(true)) {
    console_.note(tr("interrupted: what is under way is being finished"));
  }
  return true;
}

bool Session::is_interrupted_by_person() { return is_interrupted() && received_signal() == SIGINT; }

bool Session::is_stopping() { return is_interrupted() || clock_->now() >= deadline_; }

bool Session::has_home() {
  if (!std::exchange(home_searched_, true)) {
    found_home_ = find_home(options_.home, environment_, std::filesystem::current_path());
  }
  return found_home_ && is_home(*found_home_);
}

const std::filesystem::path& Session::home() {
  if (has_home()) return *found_home_;
  if (found_home_) {
    throw Error(ErrorCode::home_unknown, say("no dossiers live in {1}", {found_home_->native()}),
                say("make a home there: pes init {1}", {found_home_->native()}));
  }
  throw Error(ErrorCode::home_unknown, tr("no home was found, here or above"),
              tr("name it with --home, or make one: pes init <folder>"));
}

void Session::override_setting(const std::string& key, const std::string& value) {
  overrides_.insert_or_assign(key, value);
}

const Settings& Session::settings() {
  if (!settings_) {
    SettingSources all = sources(options_, environment_, has_home() ? found_home_ : std::nullopt);
    all.options = overrides_;
    settings_ = load_settings(all);
  }
  return *settings_;
}

port::Records& Session::records() {
  if (records_) return *records_;
  auto opened = open_records(*this, settings().text("store"));
  require_at_home(*opened);
  records_ = std::move(opened);
  return *records_;
}

port::Store& Session::store() {
  if (!store_) store_ = records().store();
  return *store_;
}

port::Journal& Session::journal() {
  if (!journal_) journal_ = records().journal();
  return *journal_;
}

port::Stamps& Session::stamps() {
  if (!stamps_) stamps_ = records().stamps();
  return *stamps_;
}

Secret Session::secret(const std::string& reference, const ui::SecretQuestion& question) {
  const std::lock_guard alone(mutex_);
  const std::string name = reference + '\n' + question.text;
  auto known = secrets_.find(name);
  if (known == secrets_.end()) {
    Secret secret = fetched(parse_secret_reference(reference), question);
    known = secrets_.emplace(name, std::move(secret)).first;
  }
  return Secret(known->second.reveal());
}

Secret Session::fresh_secret(const std::string& reference, const ui::SecretQuestion& question) {
  const SecretReference place = parse_secret_reference(reference);
  if (place.kind != SecretReference::Kind::prompt) return secret(reference, {});
  const std::lock_guard alone(mutex_);
  return fetched(place, question);
}

Secret Session::fetched(const SecretReference& reference, const ui::SecretQuestion& question) {
  Secret secret;
  console_.without_progress(
      [&] { secret = ui::fetch_secret(reference, environment_, options_.questions, question); });
  return secret;
}

Connections& Session::connections() {
  if (!connections_) {
    connections_.emplace(connection_context([this] { return is_interrupted(); }), in_common());
  }
  return *connections_;
}

flow::Services& Session::services() {
  if (!services_) services_.emplace(new_services());
  return *services_;
}

std::unique_ptr<Workplace> Session::workplace(std::function<bool()> cut) {
  return std::make_unique<Workplace>(connection_context(std::move(cut)), in_common(),
                                     new_services());
}

ServicesInCommon& Session::in_common() {
  if (!in_common_) {
    in_common_.emplace(ServicesInCommon::Context{
        .settings = settings(),
        .home = home(),
        .clock = *clock_,
        .announce = [this](const auto& name) { console_.note(name); },
        .pausing = [this](const auto& words) { console_.retrying(words); }});
  }
  return *in_common_;
}

ConnectionContext Session::connection_context(std::function<bool()> cut) {
  ConnectionContext context{.settings = settings(),
                            .secret =
                                [this](const std::string& key, const std::string& id_e) {
                                  return secret(
                                      settings().text(key, id_e),
                                      {.text = say("password for {1}:", {key}), .option = key});
                                },
                            .stop = std::move(cut),
                            .trace = {}};
  constexpr int exchanges = 2;
  if (console_.verbose() >= exchanges) {
    context.trace = [this](const std::string& line) { console_.detail(exchanges, line); };
  }
  return context;
}

flow::Services Session::new_services() {
  return {.store = store(),
          .journal = journal(),
          .stamps = stamps(),
          .clock = *clock_,
          .settings = settings(),
          .user = acting_user(settings(), environment_),
          .command = command_,
          .listener = [this](const flow::Notice& notice) { show(notice); },
          .chance = make_chance()};
}

std::optional<Entity> Session::entity() {
  const EntityTree& tree = settings().entities();
  if (options_.entity) return tree.find(*options_.entity);
  if (const std::string usual = settings().text("user.entity"); !usual.empty()) {
    return tree.find(usual);
  }
  if (tree.all().size() == 1) return tree.all().front();
  return std::nullopt;
}

bool Session::has_warned(const std::string& message) const {
  const std::lock_guard alone(mutex_);
  return warnings_.contains(message);
}

void Session::show(const flow::Notice& notice) {
  using Kind = flow::Notice::Kind;
  console_.event("notice", {{"id_d", notice.id_d.text()}, {"text", notice.text}});
  switch (notice.kind) {
    case Kind::warning:
      console_.warning(notice.id_d.text() + " : " + notice.text);
      {
        const std::lock_guard alone(mutex_);
        warnings_.insert(notice.text);
      }
      break;
    case Kind::signing:
      console_.note(notice.text);
      break;
    case Kind::state:
    case Kind::message:
      console_.waiting_for(notice.id_d.text() + ", " + notice.text);
      console_.detail(1, notice.id_d.text() + " : " + notice.text);
      break;
  }
}

}  // namespace pes::cmd
