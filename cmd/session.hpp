#pragma once

#include "connections.hpp"
#include "environment.hpp"
#include "global_options.hpp"
#include "pes/flow.hpp"
#include "pes/port/records.hpp"
#include "pes/settings.hpp"
#include "ui/console.hpp"
#include "ui/secrets.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace pes::cmd {

/// What one of several workers works with: connections of its own, and what all share.
struct Workplace {
  Workplace(ConnectionContext context, ServicesInCommon& common, flow::Services a_services)
      : connections(std::move(context), common), services(std::move(a_services)) {}
  Connections connections;
  flow::Services services;
};

/// What one run of the tool works with. Each part is opened when first asked for, so that a
/// command costs what it uses. For one thread, but for what workers call back.
class Session {
 public:
  /// @param command its name, shown to whoever finds a dossier held
  Session(GlobalOptions options, Environment environment, std::string command);

  [[nodiscard]] const GlobalOptions& options() const noexcept { return options_; }
  [[nodiscard]] const Environment& environment() const noexcept { return environment_; }
  [[nodiscard]] ui::Console& console() noexcept { return console_; }

  /// Throws home_unknown.
  const std::filesystem::path& home();
  [[nodiscard]] bool has_home();
  /// Gives a key the strength of an option. Before the settings are first asked for.
  void override_setting(const std::string& key, const std::string& value);
  const Settings& settings();
  /// Where the home lives: its folder, or a database. Throws home_unknown, also when it lives
  /// elsewhere now.
  port::Records& records();
  port::Store& store();
  port::Journal& journal();
  port::Stamps& stamps();
  port::Clock& clock() { return *clock_; }
  Connections& connections();
  flow::Services& services();
  /// For a thread of its own. Made in this one.
  /// @param cut true cuts an exchange
  std::unique_ptr<Workplace> workplace(std::function<bool()> cut);
  /// What is known of each service that was asked.
  std::vector<KnownService> known_services() { return in_common().known(); }

  /// The entity acted for: --entity, PES_ENTITY, user.entity, or the only one there is.
  /// Throws entity_unknown; nothing when none is designated.
  std::optional<Entity> entity();
  /// The secret that a reference names, asked with this question if it says so. The same one
  /// is fetched once: a descriptor cannot be read twice, nor a person asked.
  Secret secret(const std::string& reference, const ui::SecretQuestion& question);

  /// The same, but a person is asked each time.
  Secret fresh_secret(const std::string& reference, const ui::SecretQuestion& question);

  /// True for a message that the flow has just given as a warning.
  [[nodiscard]] bool has_warned(const std::string& message) const;

  /// When the command must be over.
  [[nodiscard]] Instant deadline() const noexcept { return deadline_; }
  /// Asked to stop by a signal, or out of time.
  [[nodiscard]] bool is_stopping();
  /// A signal was received. Only this cuts an exchange with a service: at the deadline the one
  /// under way is finished, or its fate would be unknown for nothing.
  [[nodiscard]] bool is_interrupted();
  /// The same by a person, who does not wait for a service (SIGINT). A machine that stops does
  /// (SIGTERM): the exchanges of work that goes on unattended are finished.
  [[nodiscard]] bool is_interrupted_by_person();

 private:
  ServicesInCommon& in_common();
  ConnectionContext connection_context(std::function<bool()> cut);
  flow::Services new_services();
  void show(const flow::Notice& notice);
  Secret fetched(const SecretReference& reference, const ui::SecretQuestion& question);

  GlobalOptions options_;
  Environment environment_;
  std::string command_;
  ui::Console console_;
  std::unique_ptr<port::Clock> clock_;
  Instant deadline_;
  std::atomic<bool> stop_announced_ = false;
  mutable std::mutex mutex_;  // of the two that workers change
  std::set<std::string> warnings_;
  std::map<std::string, Secret> secrets_;
  std::map<std::string, std::string, std::less<>> overrides_;
  std::optional<std::filesystem::path> found_home_;
  bool home_searched_ = false;
  std::optional<Settings> settings_;
  std::unique_ptr<port::Records> records_;
  std::unique_ptr<port::Store> store_;
  std::unique_ptr<port::Journal> journal_;
  std::unique_ptr<port::Stamps> stamps_;
  std::optional<ServicesInCommon> in_common_;
  std::optional<Connections> connections_;
  std::optional<flow::Services> services_;
};

}  // namespace pes::cmd
