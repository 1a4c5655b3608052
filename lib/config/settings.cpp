#include "pes/settings.hpp"

#include "config/setting_keys.hpp"
#include "config/setting_kind.hpp"
#include "pes/error.hpp"
#include "pes/time.hpp"
#include "support/text.hpp"

namespace pes {

namespace {

std::string slot(std::string_view key, std::string_view id_e) {
  std::string result(key);
  if (!id_e.empty()) result.append("@").append(id_e);
  return result;
}

[[noreturn]] void wrong_kind(std::string_view key) {
  throw Error(ErrorCode::internal, say("the key {1} is read as another kind", {key}));
}

}  // namespace

std::string_view label(Origin origin) {
  switch (origin) {
    case Origin::standard:
      return tr("default");
    case Origin::system_file:
      return tr("system file");
    case Origin::user_file:
      return tr("user file");
    case Origin::project_file:
      return tr("project file");
    case Origin::environment:
      return tr("environment");
    case Origin::option:
      return tr("option");
  }
  return {};
}

// The strongest layer wins; within a layer, the table of the nearest entity.
SettingValue Settings::get(std::string_view key, std::string_view id_e) const {
  SettingValue best;
  best.value = config::find_key(key).standard;
  std::vector<std::string> places = entities_.line_of(id_e);
  places.emplace_back();
  for (const std::string& place : places) {
    const auto found = values_.find(slot(key, place));
    if (found != values_.end() && found->second.origin > best.origin) best = found->second;
  }
  return best;
}

std::string Settings::text(std::string_view key, std::string_view id_e) const {
  return get(key, id_e).value;
}

std::filesystem::path Settings::path(std::string_view key, std::string_view id_e) const {
  const SettingValue setting = get(key, id_e);
  if (setting.value.empty()) return {};
  return setting.file.parent_path() / setting.value;
}

long long Settings::integer(std::string_view key, std::string_view id_e) const {
  const std::string value = text(key, id_e);
  std::optional<long long> number;
  switch (config::find_key(key).kind) {
    case SettingKey::Kind::integer:
      number = config::parse_integer(value);
      break;
    case SettingKey::Kind::size:
      number = config::parse_size(value);
      break;
    case SettingKey::Kind::duration:
      if (const auto duration = parse_duration(value)) number = duration->count();
      break;
    default:
      break;
  }
  if (!number) wrong_kind(key);
  return *number;
}

bool Settings::boolean(std::string_view key, std::string_view id_e) const {
  const auto answer = config::parse_boolean(text(key, id_e));
  if (!answer) wrong_kind(key);
  return *answer;
}

void Settings::set(std::string_view key, std::string_view id_e, SettingValue value) {
  const SettingKey& known = config::find_key(key);
  if (!id_e.empty() && !known.per_entity) {
    throw Error(ErrorCode::config_invalid, say("{1} cannot be given for one entity", {key}),
                tr("give it outside of the tables of the entities"));
  }
  config::require_kind(known, value.value);
  value.entity = id_e;
  SettingValue& held = values_[slot(key, id_e)];
  if (value.origin >= held.origin) held = std::move(value);
}

void Settings::set_entities(EntityTree entities) { entities_ = std::move(entities); }

}  // namespace pes
