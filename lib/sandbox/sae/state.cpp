#include "sandbox/sae/state.hpp"

#include "crypto/digest.hpp"
#include "pes/error.hpp"
#include "pes/time.hpp"
#include "sandbox/scenario.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

namespace pes::sandbox::sae {
namespace {

constexpr std::size_t largest_state = 65536;
constexpr int schema = 1;
constexpr std::array stages{std::pair(Stage::deposited, std::string_view("deposited")),
                            std::pair(Stage::acknowledged, std::string_view("acknowledged")),
                            std::pair(Stage::replied, std::string_view("replied"))};

std::string_view text_of(Stage stage) {
  for (const auto& [known, text] : stages) {
    if (known == stage) return text;
  }
  return {};
}

Stage parse_stage(const std::string& text) {
  for (const auto& [stage, known] : stages) {
    if (known == text) return stage;
  }
  throw Error(ErrorCode::state_damaged, say("no stage is called {1}", {text}));
}

std::string written(const State& state) {
  const nlohmann::ordered_json object{{"schema", schema},
                                      {"agency", state.agency},
                                      {"id", state.id},
                                      {"stage", text_of(state.stage)},
                                      {"scenario", id(state.scenario)},
                                      {"received", iso8601(state.received)},
                                      {"reply_code", state.reply_code}};
  return object.dump(1) + "\n";
}

std::filesystem::path marker_of(const Layout& layout, const std::string& key) {
  return layout.sae("pending") / key;
}

}  // namespace

std::string key_of(const std::string& agency, const std::string& id) {
  return crypto::sha256_hex(agency + "\n" + id);
}

std::filesystem::path file_of(const Layout& layout, const std::string& key, std::string_view name) {
  return layout.sae("transfers") / key / name;
}

std::optional<State> find(const Layout& layout, const std::string& key) {
  const std::filesystem::path file = file_of(layout, key, "state.json");
  if (!std::filesystem::exists(file)) return std::nullopt;
  try {
    const nlohmann::json object = nlohmann::json::parse(read_file(file, largest_state));
    const std::string scenario = object.at("scenario");
    const std::string received = object.at("received");
    return State{.agency = object.at("agency"),
                 .id = object.at("id"),
                 .stage = parse_stage(object.at("stage")),
                 .scenario = parse_scenario(scenario).value_or(Scenario::accepted),
                 .received = parse_iso8601(received).value_or(Instant{}),
                 .reply_code = object.value("reply_code", std::string())};
  } catch (const nlohmann::json::exception& failure) {
    throw Error(ErrorCode::state_damaged, say("{1} is damaged", {file.native()}), {},
                failure.what());
  }
}

void save(const Layout& layout, const State& state) {
  replace_file(file_of(layout, key_of(state.agency, state.id), "state.json"), written(state));
}

bool enter(const Layout& layout, Staging& received, const State& state) {
  const std::string key = key_of(state.agency, state.id);
  StagedFile file(received.path() / "state.json");
  file.write(written(state));
  file.finish();
  if (find(layout, key)) return false;
  if (!std::ofstream(marker_of(layout, key))) {
    throw_io(tr("cannot write"), marker_of(layout, key), errno);
  }
  return received.publish(layout.sae("transfers") / key);
}

std::vector<std::string> all_keys(const Layout& layout) {
  std::vector<std::string> keys;
  for (const auto& entry : std::filesystem::directory_iterator(layout.sae("transfers"))) {
    keys.push_back(entry.path().filename());
  }
  return keys;
}

std::vector<std::string> pending_keys(const Layout& layout) {
  std::vector<std::string> keys;
  for (const auto& marker : std::filesystem::directory_iterator(layout.sae("pending"))) {
    keys.push_back(marker.path().filename());
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

void forget_pending(const Layout& layout, const std::string& key) {
  std::error_code absent;  // another process may have done it
  std::filesystem::remove(marker_of(layout, key), absent);
}

}  // namespace pes::sandbox::sae
