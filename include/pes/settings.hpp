#pragma once

#include "pes/entity.hpp"
#include "pes/export.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pes {

/// A layer of configuration, from the weakest to the strongest (cli §11).
enum class Origin { standard, system_file, user_file, project_file, environment, option };
PES_EXPORT std::string_view label(Origin origin);

/// One key that `pes` knows. The table is the only list of them: unknown keys are refused
/// from it, the manual takes its pages from it.
struct SettingKey {
  std::string_view name;      // "tdt.url"
  std::string_view variable;  // "PES_TDT_URL", empty when there is none
  std::string_view standard;  // default, "" for none
  enum class Kind {
    text,
    path,
    url,
    integer,
    size,
    duration,
    boolean,
    secret_reference,
    choice,
    key,
    database
  };
  /// `key`: a file, or the URI of a key on a token (RFC 7512). `database`: postgresql://…
  Kind kind = Kind::text;
  std::string_view choices;  // "a|b|c" for Kind::choice
  std::string_view meaning;  // one English sentence, translated when shown
  bool per_entity = false;   // may stand in [entity.<id_e>.…]
};
PES_EXPORT const std::vector<SettingKey>& setting_keys();

/// The effective value of a key and where it comes from.
struct SettingValue {
  std::string value;
  Origin origin = Origin::standard;
  std::filesystem::path file;  // for the file layers: relative paths are relative to it
  std::string entity;          // id_e when it comes from an entity's table
};

/// The merged configuration: a value.
class PES_EXPORT Settings {
 public:
  /// The strongest layer wins; within a layer the entity's own table, then its parents', then
  /// the plain key. Never throws for a known key: an unset one has its default.
  [[nodiscard]] SettingValue get(std::string_view key, std::string_view id_e = {}) const;
  [[nodiscard]] std::string text(std::string_view key, std::string_view id_e = {}) const;
  /// Relative paths are taken from the folder of the file that names them.
  [[nodiscard]] std::filesystem::path path(std::string_view key, std::string_view id_e = {}) const;
  /// A size is in bytes, a duration in seconds.
  [[nodiscard]] long long integer(std::string_view key, std::string_view id_e = {}) const;
  [[nodiscard]] bool boolean(std::string_view key, std::string_view id_e = {}) const;
  [[nodiscard]] const EntityTree& entities() const noexcept { return entities_; }

  /// What a layer says, from lib/config and the tool; a stronger layer's word stays. Throws
  /// config_invalid for an unknown key, a value of another kind, a key no entity may have.
  void set(std::string_view key, std::string_view id_e, SettingValue value);
  void set_entities(EntityTree entities);

 private:
  std::map<std::string, SettingValue, std::less<>> values_;  // "tdt.url" or "tdt.url@3"
  EntityTree entities_;
};

/// What the caller found in its environment; the library never looks there itself.
struct SettingSources {
  std::vector<std::pair<Origin, std::filesystem::path>> files;  // absent files are skipped
  std::map<std::string, std::string, std::less<>> environment;  // PES_… only
  std::map<std::string, std::string, std::less<>> options;      // key -> value
};

/// Reads and merges the layers. Throws config_invalid naming file and key (an unknown key
/// gets a suggestion), and file_unknown for a file of Origin::option that is not there.
PES_EXPORT Settings load_settings(const SettingSources& sources);

/// Where a secret is (cli §7): `env:NAME`, `file:path`, `fd:3`, `stdin`, `prompt`.
struct SecretReference {
  enum class Kind { environment, file, descriptor, standard_input, prompt };
  Kind kind = Kind::prompt;
  std::string place;
};
/// Throws config_invalid; `pass:` gets its own hint.
PES_EXPORT SecretReference parse_secret_reference(std::string_view text);

}  // namespace pes
