#include "sandbox/faults.hpp"

#include "crypto/digest.hpp"
#include "pes/error.hpp"
#include "sandbox/draw.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <fcntl.h>
#include <fnmatch.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <array>
#include <charconv>
#include <utility>

namespace pes::sandbox {
namespace {

constexpr std::size_t largest_fault_file = 65536;
constexpr int owner_only = 0600;
constexpr std::chrono::milliseconds drawn_delay{200};

using Kind = Fault::Kind;

constexpr std::array kinds{
    std::pair(std::string_view("cut-inside-request"), Kind::cut_inside_request),
    std::pair(std::string_view("cut-before-work"), Kind::cut_before_work),
    std::pair(std::string_view("cut-before-answer"), Kind::cut_before_answer),
    std::pair(std::string_view("cut-inside-answer"), Kind::cut_inside_answer),
    std::pair(std::string_view("half-answer"), Kind::half_answer),
    std::pair(std::string_view("html"), Kind::html),
    std::pair(std::string_view("redirect"), Kind::redirect),
    std::pair(std::string_view("ko"), Kind::ko),
    std::pair(std::string_view("answer"), Kind::answer),
    std::pair(std::string_view("acquit-hidden"), Kind::acquit_hidden),
    std::pair(std::string_view("late"), Kind::late)};

constexpr std::array drawn_kinds{"cut-inside-request",
                                 "cut-before-work",
                                 "cut-before-answer",
                                 "cut-inside-answer",
                                 "half-answer",
                                 "status-429",
                                 "status-500",
                                 "status-503",
                                 "html",
                                 "redirect",
                                 "ko",
                                 "acquit-hidden",
                                 "late"};

/// Appending is atomic between processes and survives kill -9. Returns the size reached.
std::uint64_t append(const std::filesystem::path& path, std::string_view bytes) {
  const FileDescriptor file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, owner_only));
  if (!file.is_open()) throw_io(tr("cannot write"), path, errno);
  write_all(file.get(), bytes, path);
  return static_cast<std::uint64_t>(::lseek(file.get(), 0, SEEK_CUR));
}

/// Adds this request to a count kept in a file, one byte a request, and returns its rank.
std::uint64_t rank_of_request(const std::filesystem::path& count) { return append(count, "."); }

std::filesystem::path counts_in(const Layout& layout) { return layout.root() / "faults.seen"; }

std::filesystem::path suffered_in(const Layout& layout) { return counts_in(layout) / "suffered"; }

std::optional<int> parse_status(std::string_view kind) {
  constexpr std::string_view status = "status-";
  if (!kind.starts_with(status)) return std::nullopt;
  int number = 0;
  const char* const end = kind.data() + kind.size();
  const auto [rest, failure] = std::from_chars(kind.data() + status.size(), end, number);
  if (failure != std::errc() || rest != end || number < 100 || number >= 600) return std::nullopt;
  return number;
}

Fault named(std::string_view name) {
  Fault fault{.name = std::string(name), .type = {}, .body = {}};
  if (const std::optional<int> status = parse_status(name)) {
    fault.kind = Kind::status;
    fault.status = *status;
    return fault;
  }
  for (const auto& [known, kind] : kinds) {
    if (known != name) continue;
    fault.kind = kind;
    return fault;
  }
  throw Error(ErrorCode::config_invalid, say("faults.json: no fault is called {1}", {name}));
}

Fault drawn(Draw& draw) {
  Fault fault = named(drawn_kinds[draw.below(drawn_kinds.size())]);
  if (fault.kind == Kind::late) fault.delay = drawn_delay;
  return fault;
}

/// A set of counts for each writing of the file.
std::filesystem::path counts_of(const Layout& layout, const std::filesystem::path& file,
                                const std::string& content) {
  const auto written = std::filesystem::last_write_time(file).time_since_epoch().count();
  auto folder =
      counts_in(layout) / crypto::sha256_hex(content + std::to_string(written)).substr(0, 16);
  std::filesystem::create_directories(folder);
  return folder;
}

/// Whether the request of this rank, among those that match, is one that suffers.
bool strikes(const nlohmann::json& asked, std::uint64_t rank, Draw& draw) {
  if (asked.contains("rate")) return draw.share() < asked.at("rate").get<double>();
  const std::uint64_t nth = asked.value("nth", std::uint64_t{0});
  return nth == 0 || nth == rank;
}

Fault read_fault(const nlohmann::json& asked, Draw& draw) {
  const std::string kind = asked.at("kind");
  Fault fault = kind == "any" ? drawn(draw) : named(kind);
  if (fault.kind == Kind::answer) {
    fault.status = asked.value("status", 200);
    fault.type = asked.value("type", "text/html; charset=utf-8");
    fault.body = asked.at("body");
  }
  if (asked.contains("delay_ms")) {
    fault.delay = std::chrono::milliseconds(asked.at("delay_ms").get<int>());
  }
  return fault;
}

std::optional<Fault> asked_fault(const Layout& layout, std::string_view path) try {
  const std::filesystem::path file = layout.root() / "faults.json";
  if (!std::filesystem::exists(file)) return std::nullopt;
  const std::string content = read_file(file, largest_fault_file);
  const std::filesystem::path counts = counts_of(layout, file, content);
  std::size_t index = 0;
  for (const nlohmann::json& asked : nlohmann::json::parse(content)) {
    const std::string count = std::to_string(index++);
    const std::string glob = asked.at("path");
    if (::fnmatch(glob.c_str(), std::string(path).c_str(), 0) != 0) continue;
    const std::uint64_t rank = rank_of_request(counts / count);
    Draw draw(asked.value("seed", std::uint64_t{0}), rank);
    if (strikes(asked, rank, draw)) return read_fault(asked, draw);
  }
  return std::nullopt;
} catch (const nlohmann::json::exception& failure) {
  throw Error(ErrorCode::config_invalid, tr("faults.json cannot be understood"), {},
              failure.what());
}

std::optional<Fault> drawn_fault(const Layout& layout, const RandomFaults& random) {
  if (random.rate <= 0) return std::nullopt;
  std::filesystem::create_directories(counts_in(layout));
  Draw draw(random.seed,
            rank_of_request(counts_in(layout) / ("seed-" + std::to_string(random.seed))));
  if (draw.share() >= random.rate) return std::nullopt;
  return drawn(draw);
}

}  // namespace

bool Fault::replaces_work() const {
  switch (kind) {
    case Kind::cut_inside_request:
    case Kind::cut_before_work:
    case Kind::status:
    case Kind::html:
    case Kind::redirect:
    case Kind::ko:
    case Kind::answer:
      return true;
    case Kind::cut_before_answer:
    case Kind::cut_inside_answer:
    case Kind::half_answer:
    case Kind::acquit_hidden:
    case Kind::late:
      return false;
  }
  return false;
}

std::optional<Fault> next_fault(const Layout& layout, const RandomFaults& random,
                                std::string_view path) {
  std::optional<Fault> fault = asked_fault(layout, path);
  if (!fault) fault = drawn_fault(layout, random);
  if (fault) append(suffered_in(layout), fault->name + "\n");
  return fault;
}

std::map<std::string, std::uint64_t> suffered(const Layout& layout) {
  std::map<std::string, std::uint64_t> counts;
  if (!std::filesystem::exists(suffered_in(layout))) return counts;
  constexpr std::size_t largest_record = std::size_t{1} << 28U;
  for (const std::string& name : split(read_file(suffered_in(layout), largest_record), '\n')) {
    if (!name.empty()) ++counts[name];
  }
  return counts;
}

}  // namespace pes::sandbox
