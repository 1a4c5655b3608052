#include "sandbox/tdt/platform.hpp"

#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <utility>

namespace pes::sandbox::tdt {
namespace {

constexpr std::size_t largest_platform_file = 65536;

constexpr std::array generations{std::pair(std::string_view("v4"), Generation::v4),
                                 std::pair(std::string_view("v5"), Generation::v5),
                                 std::pair(std::string_view("v5-sym"), Generation::v5_sym)};
constexpr std::array queues{std::pair(std::string_view("gateway"), Queue::gateway),
                            std::pair(std::string_view("passtrans"), Queue::passtrans),
                            std::pair(std::string_view("wrong"), Queue::wrong)};

[[noreturn]] void refuse(const char* key, const std::string& value) {
  throw Error(ErrorCode::config_invalid, say("platform.json: {1} cannot be {2}", {key, value}));
}

/// Sets `value` when the key is there.
template <typename Value>
void take(const nlohmann::json& given, const char* key, Value& value) {
  if (given.contains(key)) value = given.at(key).get<Value>();
}

template <typename Names, typename Value>
void take_named(const nlohmann::json& given, const char* key, const Names& names, Value& value) {
  std::string name;
  take(given, key, name);
  if (name.empty()) return;
  const auto found = std::find_if(names.begin(), names.end(),
                                  [&](const auto& known) { return known.first == name; });
  if (found == names.end()) refuse(key, name);
  value = found->second;
}

Instant instant_in(const nlohmann::json& window, const char* key) {
  const std::string text = window.at(key);
  const std::optional<Instant> instant = parse_iso8601(text);
  if (!instant) refuse(key, text);
  return *instant;
}

Window read_window(const nlohmann::json& given) {
  return {.from = instant_in(given, "from"),
          .until = instant_in(given, "until"),
          .bytes = given.at("bytes")};
}

Authority read_authority(const nlohmann::json& given) {
  Authority authority{.id = given.at("id")};
  take(given, "active", authority.is_active);
  take(given, "module", authority.has_module);
  take(given, "dgfip_destination", authority.has_destination);
  take(given, "nomfic_check", authority.checks_nom_fic);
  return authority;
}

Platform read_platform(const nlohmann::json& given) {
  Platform platform;
  std::int64_t delay = 0;
  take_named(given, "generation", generations, platform.generation);
  take_named(given, "queue", queues, platform.queue);
  take(given, "max_upload_bytes", platform.upload_limit);
  take(given, "dgfip_reachable", platform.is_dgfip_reachable);
  take(given, "nomfic_check", platform.checks_nom_fic);
  take(given, "module", platform.has_module);
  take(given, "logins_from_iso", platform.converts_logins);
  take(given, "retours_by_siret", platform.routes_retours);
  take(given, "acquit_delay_s", delay);
  platform.acquit_delay = std::chrono::seconds(delay);
  std::int64_t gap = 0;
  take(given, "import_gap_ms", gap);
  platform.import_gap = std::chrono::milliseconds(gap);
  if (given.contains("windows")) {
    for (const auto& window : given.at("windows")) platform.windows.push_back(read_window(window));
  }
  if (given.contains("authorities")) {
    for (const auto& each : given.at("authorities")) {
      platform.authorities.push_back(read_authority(each));
    }
  }
  return platform;
}

}  // namespace

Authority Platform::authority(int id) const {
  const auto found = std::find_if(authorities.begin(), authorities.end(),
                                  [&](const Authority& known) { return known.id == id; });
  return found == authorities.end() ? Authority{.id = id} : *found;
}

Platform platform(const Layout& layout) try {
  const std::filesystem::path file = layout.tdt("platform.json");
  if (!std::filesystem::exists(file)) return {};
  return read_platform(nlohmann::json::parse(read_file(file, largest_platform_file)));
} catch (const nlohmann::json::exception& failure) {
  throw Error(ErrorCode::config_invalid, tr("platform.json cannot be understood"), {},
              failure.what());
}

}  // namespace pes::sandbox::tdt
