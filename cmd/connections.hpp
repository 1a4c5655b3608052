#pragma once

#include "pes/adapters.hpp"
#include "pes/flow.hpp"
#include "pes/patience.hpp"
#include "pes/sandbox.hpp"
#include "pes/settings.hpp"

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

/// A service that this process has spoken to, or was about to.
struct KnownService {
  std::string service;  // tdt, sae or tsa
  std::string url;
  ServiceFigures figures;
};

/// What all connections of a process have in common: what is known of each service, and the local
/// partners. For several threads.
class ServicesInCommon {
 public:
  struct Context {
    const Settings& settings;
    std::filesystem::path home;
    port::Clock& clock;
    /// Told which service is about to be reached, once of each.
    std::function<void(const std::string&)> announce;
    /// Told of each pause before a service is asked again.
    std::function<void(const std::string&)> pausing;
  };
  struct Sandbox {
    sandbox::Identities identities;
    std::unique_ptr<sandbox::Server> server;
  };

  explicit ServicesInCommon(Context context) : context_(std::move(context)) {}

  /// One for all the entities that use a service at the same address.
  std::shared_ptr<Circuit> circuit(const std::string& service, const std::string& url);
  /// Started when first asked for.
  const Sandbox& local_partners();
  void announce(const std::string& name);
  [[nodiscard]] std::vector<KnownService> known() const;
  /// For what can be thrown away; made by whoever writes there.
  [[nodiscard]] std::filesystem::path cache() const { return context_.home / "cache"; }

 private:
  Context context_;
  mutable std::mutex mutex_;
  std::optional<Sandbox> sandbox_;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<Circuit>> circuits_;
  std::set<std::string> announced_;
};

/// What connections need of the tool around them.
struct ConnectionContext {
  const Settings& settings;
  /// Reads the secret that a key of the configuration refers to.
  std::function<Secret(const std::string& key, const std::string& id_e)> secret;
  /// True cuts an exchange.
  std::function<bool()> stop;
  std::function<void(const std::string&)> trace;  // may be empty
};

/// The partners of each entity: the TdT and the SAE of its configuration, or the local
/// ones. Nothing is opened before it is asked for. For one thread at a time.
class Connections {
 public:
  Connections(ConnectionContext context, ServicesInCommon& common)
      : context_(std::move(context)), common_(common) {}

  /// Throw config_missing when the entity has none.
  port::Tdt& tdt(const std::string& id_e);
  port::Sae& sae(const std::string& id_e);
  port::Tsa& tsa();
  /// Valid as long as this object.
  flow::Partners partners();

 private:
  std::unique_ptr<port::Tdt> open_tdt(const std::string& id_e);
  std::unique_ptr<port::Sae> open_sae(const std::string& id_e);
  std::unique_ptr<port::Tsa> open_tsa();
  HttpsAccess real_access(const std::string& service, const std::string& id_e) const;
  HttpsAccess sandbox_access(const std::string& url, const std::string& login,
                             const std::string& password_file);
  HttpsAccess base_access(const std::string& url) const;
  [[nodiscard]] std::optional<Login> archivist(const std::string& id_e) const;

  ConnectionContext context_;
  ServicesInCommon& common_;
  std::map<std::string, std::unique_ptr<port::Tdt>> tdts_;
  std::map<std::string, std::unique_ptr<port::Sae>> saes_;
  std::unique_ptr<port::Tsa> tsa_;
};

/// Where the local partners of a home keep what they hold, and how they answer.
sandbox::Options sandbox_options(const Settings& settings, const std::filesystem::path& home);
/// The scenario that bears this name. Throws usage.
sandbox::Scenario parse_scenario(std::string_view name);

}  // namespace pes::cmd
