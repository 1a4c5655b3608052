#include "connections.hpp"

#include "pes/error.hpp"
#include "sandbox_library.hpp"
#include "suggestion.hpp"
#include "ui/language.hpp"

#include <fstream>
#include <utility>
#include <vector>

namespace pes::cmd {

namespace {

constexpr std::string_view sandbox_url = "sandbox:";

/// The local partners' own passwords: test data, in files that they made.
std::function<Secret()> secret_in(const std::string& file) {
  return [file] {
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    return Secret(std::move(line));
  };
}

std::string without_final_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

[[noreturn]] void not_configured(const std::string& service, const std::string& entity) {
  throw Error(ErrorCode::config_missing,
              say("no address for the {1} of entity {2}", {service, entity}),
              say("give {1} in pes.toml, then: pes config check", {service + ".url"}));
}

}  // namespace

sandbox::Scenario parse_scenario(std::string_view name) {
  std::vector<std::string> names;
  for (const sandbox::Scenario scenario : sandbox_library().all_scenarios()) {
    if (sandbox_library().id(scenario) == name) return scenario;
    names.emplace_back(sandbox_library().id(scenario));
  }
  std::string list;
  for (const std::string& known : names) list += list.empty() ? known : ", " + known;
  throw Error(ErrorCode::usage, say("there is no scenario {1}", {name}),
              did_you_mean(name, names, say("choose one of {1}", {list})));
}

sandbox::Options sandbox_options(const Settings& settings, const std::filesystem::path& home) {
  sandbox::Options options;
  options.folder = home / "sandbox";
  options.scenario = parse_scenario(settings.text("sandbox.scenario"));
  options.automatic_ticks = settings.text("sandbox.ticks") == "auto";
  if (const auto schemas = settings.path("schemas.seda"); !schemas.empty()) {
    options.seda_schema = schemas / "seda_v1-0.xsd";
  }
  return options;
}

std::shared_ptr<Circuit> ServicesInCommon::circuit(const std::string& service,
                                                   const std::string& url) {
  const std::lock_guard alone(mutex_);
  auto& known = circuits_[{service, url}];
  if (!known) known = make_circuit({}, context_.clock, make_chance(), context_.pausing);
  return known;
}

const ServicesInCommon::Sandbox& ServicesInCommon::local_partners() {
  const std::lock_guard alone(mutex_);
  if (!sandbox_) {
    const sandbox::Options options = sandbox_options(context_.settings, context_.home);
    context_.announce("bac à sable : ceci est un test");
    sandbox_ = Sandbox{.identities = sandbox_library().prepare(options.folder),
                       .server = sandbox_library().start(options)};
  }
  return *sandbox_;
}

std::vector<KnownService> ServicesInCommon::known() const {
  const std::lock_guard alone(mutex_);
  std::vector<KnownService> all;
  for (const auto& [name, circuit] : circuits_) {
    all.push_back({name.first, name.second, figures_of(*circuit)});
  }
  return all;
}

void ServicesInCommon::announce(const std::string& name) {
  {
    const std::lock_guard alone(mutex_);
    if (!announced_.insert(name).second) return;
  }
  context_.announce(name);
}

port::Tdt& Connections::tdt(const std::string& id_e) {
  auto& opened = tdts_[id_e];
  if (!opened) {
    opened = make_patient_tdt(open_tdt(id_e),
                              common_.circuit("tdt", context_.settings.text("tdt.url", id_e)));
    common_.announce(say("asking {1}", {opened->name()}));
  }
  return *opened;
}

port::Sae& Connections::sae(const std::string& id_e) {
  auto& opened = saes_[id_e];
  if (!opened) {
    opened = make_patient_sae(open_sae(id_e),
                              common_.circuit("sae", context_.settings.text("sae.url", id_e)));
    common_.announce(say("asking {1}", {opened->name()}));
  }
  return *opened;
}

port::Tsa& Connections::tsa() {
  if (!tsa_) {
    tsa_ =
        make_patient_tsa(open_tsa(), common_.circuit("tsa", context_.settings.text("journal.tsa")));
    common_.announce(say("asking {1}", {tsa_->name()}));
  }
  return *tsa_;
}

flow::Partners Connections::partners() {
  flow::Partners partners{
      .tdt = [this](const std::string& id_e) -> port::Tdt& { return tdt(id_e); },
      .sae = [this](const std::string& id_e) -> port::Sae& { return sae(id_e); }};
  if (!context_.settings.text("journal.tsa").empty()) {
    partners.tsa = [this]() -> port::Tsa& { return tsa(); };
  }
  return partners;
}

std::unique_ptr<port::Tdt> Connections::open_tdt(const std::string& id_e) {
  if (context_.settings.text("tdt.url", id_e) == sandbox_url) {
    const ServicesInCommon::Sandbox& local = common_.local_partners();
    return make_s2low({.https = sandbox_access(local.server->tdt_url(), local.identities.tdt_login,
                                               local.identities.tdt_password_file),
                       .archivist = Login{local.identities.tdt_archivist_login,
                                          secret_in(local.identities.tdt_archivist_password_file)},
                       .is_sandbox = true});
  }
  const bool is_latin1 = context_.settings.text("tdt.login_encoding", id_e) == "iso-8859-1";
  return make_s2low({.https = real_access("tdt", id_e),
                     .archivist = archivist(id_e),
                     .login_encoding = is_latin1 ? LoginEncoding::latin1 : LoginEncoding::utf8,
                     .cache = common_.cache() / "tdt",
                     .is_sandbox = false});
}

std::optional<Login> Connections::archivist(const std::string& id_e) const {
  std::string name = context_.settings.text("tdt.archivist_login", id_e);
  if (name.empty()) return std::nullopt;
  return Login{std::move(name),
               [this, id_e] { return context_.secret("tdt.archivist_password", id_e); }};
}

std::unique_ptr<port::Sae> Connections::open_sae(const std::string& id_e) {
  const auto chunk = static_cast<std::uint64_t>(context_.settings.integer("sae.chunk_size", id_e));
  if (context_.settings.text("sae.url", id_e) == sandbox_url) {
    const ServicesInCommon::Sandbox& local = common_.local_partners();
    return make_asalae({.https = sandbox_access(local.server->sae_url(), local.identities.sae_login,
                                                local.identities.sae_password_file),
                        .password_is_hash = false,
                        .chunk_bytes = chunk,
                        .is_sandbox = true});
  }
  const bool is_hash = !context_.settings.text("sae.password_hash", id_e).empty();
  AsalaeAccess access{.https = real_access("sae", id_e),
                      .password_is_hash = is_hash,
                      .chunk_bytes = chunk,
                      .is_sandbox = false};
  if (is_hash) {
    access.https.password = [this, id_e] { return context_.secret("sae.password_hash", id_e); };
  }
  return make_asalae(std::move(access));
}

std::unique_ptr<port::Tsa> Connections::open_tsa() {
  const Settings& settings = context_.settings;
  if (settings.text("journal.tsa") == sandbox_url) {
    const std::string url = common_.local_partners().server->tsa_url();
    return make_rfc3161({.https = sandbox_access(url, {}, {}), .is_sandbox = true});
  }
  HttpsAccess access = base_access(settings.text("journal.tsa"));
  access.ca = settings.path("journal.tsa_ca");
  access.login = settings.text("journal.tsa_login");
  access.timeout = std::chrono::seconds(settings.integer("journal.tsa_timeout"));
  if (!settings.text("journal.tsa_password").empty()) {
    access.password = [this] { return context_.secret("journal.tsa_password", {}); };
  }
  return make_rfc3161({.https = std::move(access), .is_sandbox = false});
}

HttpsAccess Connections::base_access(const std::string& url) const {
  HttpsAccess access;
  access.url = without_final_slash(url);
  access.stop = context_.stop;
  access.trace = context_.trace;
  return access;
}

HttpsAccess Connections::real_access(const std::string& service, const std::string& id_e) const {
  const Settings& settings = context_.settings;
  const std::string url = settings.text(service + ".url", id_e);
  if (url.empty()) not_configured(service, id_e);
  HttpsAccess access = base_access(url);
  access.ca = settings.path(service + ".ca", id_e);
  access.certificate = settings.path(service + ".certificate", id_e);
  access.key = settings.path(service + ".key", id_e);
  access.login = settings.text(service + ".login", id_e);
  access.timeout = std::chrono::seconds(settings.integer(service + ".timeout", id_e));
  const auto secret = [this, service, id_e](const char* name) -> std::function<Secret()> {
    const std::string key = service + name;
    if (context_.settings.text(key, id_e).empty()) return {};
    return [this, key, id_e] { return context_.secret(key, id_e); };
  };
  access.key_password = secret(".key_password");
  access.password = secret(".password");
  return access;
}

HttpsAccess Connections::sandbox_access(const std::string& url, const std::string& login,
                                        const std::string& password_file) {
  const sandbox::Identities& identities = common_.local_partners().identities;
  HttpsAccess access = base_access(url);
  access.ca = identities.ca;
  access.certificate = identities.client_certificate;
  access.key = identities.client_key;
  access.login = login;
  access.password = secret_in(password_file);
  return access;
}

}  // namespace pes::cmd
