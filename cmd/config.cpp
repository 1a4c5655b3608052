#include "commands.hpp"
#include "exit_status.hpp"
#include "findings.hpp"
#include "pes/adapters.hpp"
#include "pes/error.hpp"
#include "pes/settings.hpp"
#include "session.hpp"
#include "signing_key.hpp"
#include "suggestion.hpp"
#include "ui/language.hpp"

#include <memory>
#include <string>
#include <vector>

namespace pes::cmd {

namespace {

struct ShowOptions {
  std::string key;
  bool origin = false;
};

struct CheckOptions {
  bool online = false;
};

/// The key itself, or the keys of a table: `tdt` for `tdt.url` and its neighbours.
bool is_named(const SettingKey& key, const std::string& name) {
  return name.empty() || key.name == name || key.name.starts_with(name + ".");
}

std::vector<SettingKey> keys_named(const std::string& name) {
  std::vector<SettingKey> keys;
  std::vector<std::string> names;
  for (const SettingKey& key : setting_keys()) {
    names.emplace_back(key.name);
    if (is_named(key, name)) keys.push_back(key);
  }
  if (keys.empty()) {
    throw Error(ErrorCode::config_invalid, say("unknown key {1}", {name}),
                did_you_mean(name, names, tr("see the keys: pes config show")));
  }
  return keys;
}

std::string entity_asked_for(Session& session) {
  return session.options().entity ? session.entity()->id_e : std::string();
}

/// Stable, unlike its label.
std::string_view word(Origin origin) {
  switch (origin) {
    case Origin::standard:
      return "default";
    case Origin::system_file:
      return "system-file";
    case Origin::user_file:
      return "user-file";
    case Origin::project_file:
      return "project-file";
    case Origin::environment:
      return "environment";
    case Origin::option:
      return "option";
  }
  return {};
}

int run_show(const ShowOptions& options, Session& session) {
  const std::string id_e = entity_asked_for(session);
  const Settings& settings = session.settings();
  ui::Json document = ui::with_schema("config-show");
  document["id_e"] = ui::text_or_null(id_e);
  document["settings"] = ui::Json::array();
  std::vector<ui::Table::Column> columns{{tr("Key")}, {tr("Value"), ui::Table::Cut::middle}};
  if (options.origin) {
    columns.insert(columns.end(), {{tr("Origin")}, {tr("File"), ui::Table::Cut::middle}});
  }
  ui::Table table(std::move(columns));
  for (const SettingKey& key : keys_named(options.key)) {
    const SettingValue value = settings.get(key.name, id_e);
    std::vector<std::string> cells{std::string(key.name), value.value};
    if (options.origin) {
      cells.emplace_back(label(value.origin));
      cells.push_back(value.file.native());
    }
    table.add(std::move(cells));
    document["settings"].push_back({{"key", std::string(key.name)},
                                    {"value", ui::text_or_null(value.value)},
                                    {"origin", std::string(word(value.origin))},
                                    {"file", ui::text_or_null(value.file.native())},
                                    {"entity", ui::text_or_null(value.entity)}});
  }
  if (session.console().json()) {
    session.console().result_json(document);
  } else {
    session.console().result(table);
  }
  return exit_status::done;
}

std::string named(const SettingKey& key, const Settings& settings, const std::string& id_e) {
  if (id_e.empty()) return std::string(key.name);
  return fill("{1} ({2})", {key.name, settings.entities().path(id_e)});
}

/// Files that are named are there. For an entity: those that its own table names.
void check_files(const Settings& settings, const std::string& id_e,
                 std::vector<Finding>& findings) {
  for (const SettingKey& key : setting_keys()) {
    if (key.kind != SettingKey::Kind::path) continue;
    if (settings.get(key.name, id_e).entity != id_e) continue;
    const auto path = settings.path(key.name, id_e);
    if (path.empty()) continue;
    findings.push_back(look_at(named(key, settings, id_e), [&] {
      if (!std::filesystem::exists(path)) {
        throw Error(ErrorCode::config_invalid,
                    say("{1} names a file that is not there: {2}", {key.name, path.native()}));
      }
      return std::string();
    }));
  }
}

void check_key(Session& session, const std::string& id_e, std::vector<Finding>& findings) {
  const Settings& settings = session.settings();
  if (settings.text("sign.key", id_e).empty()) return;
  findings.push_back(look_at(say("signing key of {1}", {settings.entities().path(id_e)}), [&] {
    const Instant now = session.clock().now();
    const auto certificate = certificate_at(signing_key_place(settings, id_e), now);
    if (certificate) require_may_sign(*certificate, now, false);
    return std::string();
  }));
}

void check_services(Session& session, const std::string& id_e, std::vector<Finding>& findings) {
  Connections& connections = session.connections();
  const std::string path = session.settings().entities().path(id_e);
  findings.push_back(look_at(say("TdT of {1}", {path}), [&] {
    port::Tdt& tdt = connections.tdt(id_e);
    tdt.test_connection();
    return tdt.name();
  }));
  findings.push_back(look_at(say("SAE of {1}", {path}), [&] {
    port::Sae& sae = connections.sae(id_e);
    return fill("{1}, {2}", {sae.name(), sae.test_connection()});
  }));
}

std::vector<std::string> entities_to_check(Session& session) {
  if (session.options().entity) return {session.entity()->id_e};
  std::vector<std::string> ids;
  for (const Entity& entity : session.settings().entities().all()) {
    if (entity.is_active) ids.push_back(entity.id_e);
  }
  return ids;
}

void warn_of_slow_lists(Session& session) {
  const auto trouble = index_trouble(session.home());
  if (!trouble) return;
  session.console().warning(
      say("each list reads every dossier, for want of an index: {1}", {trouble->message()}));
}

int run_check(const CheckOptions& options, Session& session) {
  const Settings& settings = session.settings();
  std::vector<Finding> findings{
      {.subject = tr("configuration files"), .detail = {}, .error = std::nullopt}};
  check_files(settings, {}, findings);
  if (!settings.text("store").empty()) {
    findings.push_back(look_at(tr("place of the home"), [&] { return session.records().name(); }));
  } else if (session.has_home()) {
    warn_of_slow_lists(session);
  }
  for (const std::string& id_e : entities_to_check(session)) {
    check_files(settings, id_e, findings);
    check_key(session, id_e, findings);
    if (options.online && !session.is_stopping()) check_services(session, id_e, findings);
  }
  return show_findings(session.console(), "config-check", findings);
}

}  // namespace

void add_config(CommandLine& line) {
  Command& config = line.add("config", tr("look at the configuration"), {}, {});

  auto show = std::make_shared<ShowOptions>();
  Command& show_command =
      config.add_below("show", tr("show each key with its effective value"),
                       {.examples = {"pes config show --origin", "pes config show tdt --entity 1"}},
                       [show](Session& session) { return run_show(*show, session); });
  show_command.add_option("key", show->key, tr("a key, or the name of a table")).type_name("<key>");
  show_command.add_flag("--origin", show->origin, tr("with where each value comes from"));

  auto check = std::make_shared<CheckOptions>();
  Command& check_command = config.add_below(
      "check", tr("tell what is wrong in the configuration"),
      {.examples = {"pes config check", "pes config check --online"}, .timeout = Stance::obeys},
      [check](Session& session) { return run_check(*check, session); });
  check_command.add_flag("--online", check->online, tr("reach the services too"));
}

}  // namespace pes::cmd
