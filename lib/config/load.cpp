#include "config/setting_keys.hpp"
#include "config/setting_kind.hpp"
#include "config/toml.hpp"
#include "pes/error.hpp"
#include "pes/settings.hpp"
#include "support/file.hpp"
#include "support/suggestion.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

namespace pes {

namespace {

constexpr std::size_t largest_file = 1U << 20U;

/// Runs `read` and says where when it refuses.
template <typename Read>
void reading(const std::string& place, Read read) {
  try {
    read();
  } catch (const Error& error) {
    throw Error(error.code(), fill("{1}: {2}", {place, error.message()}), error.hint(),
                error.cause());
  }
}

/// A relative `file:` reference is relative to the configuration file that holds it.
std::string anchored(std::string_view key, std::string value, const std::filesystem::path& file) {
  constexpr std::string_view scheme = "file:";
  const bool is_file_reference =
      config::find_key(key).kind == SettingKey::Kind::secret_reference && value.starts_with(scheme);
  if (!is_file_reference) return value;
  return std::string(scheme) + (file.parent_path() / value.substr(scheme.size())).native();
}

/// Merges files into settings; the entities are known when all are read.
class FileLayers {
 public:
  explicit FileLayers(Settings& settings) : settings_(settings) {}

  void add(Origin origin, const std::filesystem::path& file) {
    const std::optional<std::string> text = content_of(origin, file);
    if (!text) return;
    for (const config::TomlEntry& entry : config::read_toml(*text, file)) {
      const std::string place = fill("{1}:{2}", {file.native(), std::to_string(entry.line)});
      reading(place, [&] {
        if (entry.path.front() == "entity") {
          add_to_entity(origin, file, entry, place);
        } else {
          set(origin, file, join(entry.path, "."), {}, entry.value);
        }
      });
    }
  }

  void finish() {
    for (const auto& [id_e, place] : overridden_) {
      if (entities_.contains(id_e)) continue;
      throw Error(ErrorCode::config_invalid,
                  say("{1}: the entity {2} is declared nowhere", {place, id_e}),
                  say("give it a denomination in a table [entity.{1}]", {id_e}));
    }
    std::vector<Entity> entities;
    for (const auto& [id_e, entity] : entities_) entities.push_back(entity);
    settings_.set_entities(EntityTree(std::move(entities)));
  }

 private:
  /// Nothing when the layer has no file, as most have none: looked at first, since the first
  /// exception of a process takes longer than the rest of a short command.
  static std::optional<std::string> content_of(Origin origin, const std::filesystem::path& file) {
    std::error_code unreachable;
    const bool is_absent =
        std::filesystem::status(file, unreachable).type() == std::filesystem::file_type::not_found;
    if (is_absent && origin != Origin::option) return std::nullopt;
    return read_file(file, largest_file);
  }

  /// `path` is entity, identifier, then a field of the entity or a key and its tables.
  void add_to_entity(Origin origin, const std::filesystem::path& file,
                     const config::TomlEntry& entry, const std::string& place) {
    const std::vector<std::string>& path = entry.path;
    if (path.size() < 3) {
      throw Error(ErrorCode::config_invalid, say("unknown key {1}", {join(path, ".")}),
                  tr("describe an entity in a table of its own, [entity.1]"));
    }
    const std::string& id_e = path[1];
    if (path.size() == 3) {
      set_field(entities_[id_e], path[2], entry.value);
      entities_[id_e].id_e = id_e;
    } else {
      set(origin, file, join({path.begin() + 2, path.end()}, "."), id_e, entry.value);
      overridden_.emplace(id_e, place);
    }
  }

  static void set_field(Entity& entity, std::string_view field, const std::string& value) {
    if (field == "denomination") {
      entity.denomination = value;
    } else if (field == "siren") {
      entity.siren = value;
    } else if (field == "entite_mere") {
      entity.entite_mere = value;
    } else if (field == "is_active") {
      const auto is_active = config::parse_boolean(value);
      if (!is_active) {
        throw Error(ErrorCode::config_invalid, say("{1} is neither true nor false", {value}),
                    tr("write true or false"));
      }
      entity.is_active = *is_active;
    } else {
      const auto meant = closest(field, {"denomination", "siren", "entite_mere", "is_active"});
      throw Error(ErrorCode::config_invalid, say("an entity has no field {1}", {field}),
                  meant ? say("did you mean {1}?", {*meant})
                        : std::string(tr("see the fields: man pes-config")));
    }
  }

  void set(Origin origin, const std::filesystem::path& file, const std::string& key,
           const std::string& id_e, const std::string& value) {
    // The file of --config stands in the place of the project's (cli §2).
    const Origin layer = origin == Origin::option ? Origin::project_file : origin;
    settings_.set(key, id_e, {.value = anchored(key, value, file), .origin = layer, .file = file});
  }

  Settings& settings_;
  std::map<std::string, Entity> entities_;
  std::map<std::string, std::string> overridden_;  // id_e -> where it is first overridden
};

void add_environment(Settings& settings,
                     const std::map<std::string, std::string, std::less<>>& environment) {
  for (const SettingKey& key : setting_keys()) {
    const auto found = environment.find(key.variable);
    if (found == environment.end() || found->second.empty()) continue;
    reading(found->first, [&] {
      settings.set(key.name, {}, {.value = found->second, .origin = Origin::environment});
    });
  }
}

void add_options(Settings& settings,
                 const std::map<std::string, std::string, std::less<>>& options) {
  for (const auto& [key, value] : options) {
    settings.set(key, {}, {.value = value, .origin = Origin::option});
  }
}

}  // namespace

Settings load_settings(const SettingSources& sources) {
  auto files = sources.files;
  // From the weakest: the fields of an entity are those of the last file that gives them.
  std::stable_sort(files.begin(), files.end(),
                   [](const auto& one, const auto& other) { return one.first < other.first; });

  Settings settings;
  FileLayers layers(settings);
  for (const auto& [origin, file] : files) layers.add(origin, file);
  layers.finish();
  add_environment(settings, sources.environment);
  add_options(settings, sources.options);
  return settings;
}

}  // namespace pes
