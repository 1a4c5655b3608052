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
#include <optional>
#include <string>

namespace pes::cmd {

/// What the connections need of the tool around them.
struct ConnectionContext {
  const Settings& settings;
  std::filesystem::path home;
  /// Reads the secret that a key of the configuration refers to.
  std::function<Secret(const std::string& key, const std::string& id_e)> secret;
  std::function<bool()> stop;
  std::function<void(const std::string&)> trace;  // may be empty
  /// Told which service is about to be reached.
  std::function<void(const std::string&)> announce;
  port::Clock& clock;
  Chance chance;
  /// Told of each pause before a service is asked again.
  std::function<void(const std::string&)> pausing;
};

/// The partners of each entity: the TdT and the SAE of its configuration, or the local
/// ones. Nothing is opened before it is asked for.
class Connections {
 public:
  explicit Connections(ConnectionContext context) : context_(std::move(context)) {}

  /// Throw config_missing when the entity has none.
  port::Tdt& tdt(const std::string& id_e);
  port::Sae& sae(const std::string& id_e);
  port::Tsa& tsa();
  /// Valid as long as this object.
  flow::Partners partners();

 private:
  struct Sandbox {
    sandbox::Identities identities;
    std::unique_ptr<sandbox::Server> server;
  };

  std::unique_ptr<port::Tdt> open_tdt(const std::string& id_e);
  std::unique_ptr<port::Sae> open_sae(const std::string& id_e);
  std::unique_ptr<port::Tsa> open_tsa();
  HttpsAccess real_access(const std::string& service, const std::string& id_e) const;
  HttpsAccess sandbox_access(const std::string& url, const std::string& login,
                             const std::string& password_file);
  HttpsAccess base_access(const std::string& url) const;
  [[nodiscard]] std::optional<Login> archivist(const std::string& id_e) const;
  /// One for all the entities that use a service at the same address.
  std::shared_ptr<Circuit> circuit(const std::string& service, const std::string& url);
  Sandbox& local_partners();

  ConnectionContext context_;
  std::optional<Sandbox> sandbox_;
  std::map<std::string, std::shared_ptr<Circuit>> circuits_;
  std::map<std::string, std::unique_ptr<port::Tdt>> tdts_;
  std::map<std::string, std::unique_ptr<port::Sae>> saes_;
  std::unique_ptr<port::Tsa> tsa_;
};

/// Where the local partners of a home keep what they hold, and how they answer.
sandbox::Options sandbox_options(const Settings& settings, const std::filesystem::path& home);
/// The scenario that bears this name. Throws usage.
sandbox::Scenario parse_scenario(std::string_view name);

}  // namespace pes::cmd
