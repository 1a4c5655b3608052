#include "sandbox/tdt/state.hpp"

#include "pes/error.hpp"
#include "pes/time.hpp"
#include "sandbox/scenario.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <system_error>

namespace pes::sandbox::tdt {
namespace {

constexpr std::size_t largest_state = 1U << 20U;
constexpr int schema = 1;

Instant instant_in(const nlohmann::json& object, const char* key) {
  const std::optional<Instant> instant = parse_iso8601(object.at(key).get<std::string>());
  if (!instant) throw Error(ErrorCode::state_damaged, say("{1} is no instant", {key}));
  return *instant;
}

State read_state(const nlohmann::json& object) {
  State state;
  state.id = object.at("id");
  state.file_name = object.at("file_name");
  state.sha1 = object.at("sha1");
  state.size = object.at("size");
  state.received = instant_in(object, "received");
  const std::string scenario = object.at("scenario");
  state.scenario = parse_scenario(scenario).value_or(Scenario::accepted);
  state.authority = object.value("authority", State().authority);
  state.nom_fic = object.at("nom_fic");
  state.cod_col = object.at("cod_col");
  state.acquit_name = object.at("acquit_name");
  for (const nlohmann::json& entry : object.at("workflow")) {
    state.workflow.push_back({.status = entry.at("status"),
                              .message = entry.at("message"),
                              .date = instant_in(entry, "date")});
  }
  if (state.workflow.empty()) {
    throw Error(ErrorCode::state_damaged, tr("a transaction has no state"));
  }
  return state;
}

/// Names that are numbers, in numeric order.
std::vector<std::string> numbers_in(const std::filesystem::path& folder) {
  std::vector<std::string> result;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().native();
    if (parse_id(name) == name) result.push_back(name);
  }
  std::sort(result.begin(), result.end(), [](const std::string& left, const std::string& right) {
    return left.size() != right.size() ? left.size() < right.size() : left < right;
  });
  return result;
}

}  // namespace

std::filesystem::path folder_of(const Layout& layout, const std::string& id) {
  return layout.tdt("transactions") / id;
}

std::filesystem::path flow_of(const Layout& layout, const std::string& id) {
  return folder_of(layout, id) / "pes.xml";
}

std::filesystem::path acquit_of(const Layout& layout, const std::string& id) {
  return folder_of(layout, id) / "acquit.xml";
}

std::optional<State> find(const Layout& layout, const std::string& id) {
  const std::filesystem::path file = folder_of(layout, id) / "state.json";
  if (parse_id(id).empty() || !std::filesystem::exists(file)) return std::nullopt;
  try {
    return read_state(nlohmann::json::parse(read_file(file, largest_state)));
  } catch (const nlohmann::json::exception& failure) {
    throw Error(ErrorCode::state_damaged, say("{1} is damaged", {file.native()}), {},
                failure.what());
  }
}

std::string written(const State& state) {
  nlohmann::ordered_json workflow = nlohmann::ordered_json::array();
  for (const Entry& entry : state.workflow) {
    workflow.push_back(
        {{"status", entry.status}, {"message", entry.message}, {"date", iso8601(entry.date)}});
  }
  const nlohmann::ordered_json object{{"schema", schema},
                                      {"id", state.id},
                                      {"file_name", state.file_name},
                                      {"sha1", state.sha1},
                                      {"size", state.size},
                                      {"received", iso8601(state.received)},
                                      {"scenario", id(state.scenario)},
                                      {"authority", state.authority},
                                      {"nom_fic", state.nom_fic},
                                      {"cod_col", state.cod_col},
                                      {"acquit_name", state.acquit_name},
                                      {"workflow", std::move(workflow)}};
  // A file name is whatever bytes the client sent.
  return object.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

void save(const Layout& layout, const State& state) {
  replace_file(folder_of(layout, state.id) / "state.json", written(state));
}

std::vector<std::string> all_ids(const Layout& layout) {
  return numbers_in(layout.tdt("transactions"));
}

std::vector<std::string> pending_ids(const Layout& layout) {
  return numbers_in(layout.tdt("pending"));
}

void mark_pending(const Layout& layout, const std::string& id) {
  const std::filesystem::path marker = layout.tdt("pending") / id;
  if (!std::ofstream(marker)) throw_io(tr("cannot write"), marker, errno);
}

void forget_pending(const Layout& layout, const std::string& id) {
  std::error_code absent;  // another process may have done it
  std::filesystem::remove(layout.tdt("pending") / id, absent);
}

std::string parse_id(const std::string& text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc() || rest != end || number == 0) return {};
  return std::to_string(number);
}

}  // namespace pes::sandbox::tdt
