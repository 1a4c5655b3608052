#include "sandbox/faults.hpp"

#include "crypto/digest.hpp"
#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <fcntl.h>
#include <fnmatch.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <charconv>
#include <cstdint>

namespace pes::sandbox {
namespace {

constexpr std::size_t largest_fault_file = 65536;
constexpr int owner_only = 0600;

/// Adds this request to a count kept in a file and returns its rank. One byte a request:
/// appending is atomic between processes and survives kill -9.
std::uint64_t rank_of_request(const std::filesystem::path& count) {
  const FileDescriptor file(
      ::open(count.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, owner_only));
  if (!file.is_open()) throw_io(tr("cannot write"), count, errno);
  write_all(file.get(), ".", count);
  return static_cast<std::uint64_t>(::lseek(file.get(), 0, SEEK_CUR));
}

Fault parse_kind(const std::string& kind) {
  if (kind == "cut-before-work") return {.kind = Fault::Kind::cut_before_work};
  if (kind == "cut-before-answer") return {.kind = Fault::Kind::cut_before_answer};
  if (kind == "cut-inside-answer") return {.kind = Fault::Kind::cut_inside_answer};
  if (kind == "html") return {.kind = Fault::Kind::html};
  if (kind == "redirect") return {.kind = Fault::Kind::redirect};
  if (kind == "ko") return {.kind = Fault::Kind::ko};
  if (kind == "late") return {.kind = Fault::Kind::late};
  constexpr std::string_view status = "status-";
  if (kind.starts_with(status)) {
    Fault fault{.kind = Fault::Kind::status};
    const char* const end = kind.data() + kind.size();
    const auto [rest, failure] = std::from_chars(kind.data() + status.size(), end, fault.status);
    if (failure == std::errc() && rest == end && fault.status >= 100 && fault.status < 600) {
      return fault;
    }
  }
  throw Error(ErrorCode::config_invalid, say("faults.json: no fault is called {1}", {kind}));
}

/// A set of counts for each writing of the file.
std::filesystem::path counts_of(const Layout& layout, const std::filesystem::path& file,
                                const std::string& content) {
  const auto written = std::filesystem::last_write_time(file).time_since_epoch().count();
  auto folder = layout.root() / "faults.seen" /
                crypto::sha256_hex(content + std::to_string(written)).substr(0, 16);
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace

bool Fault::replaces_work() const {
  switch (kind) {
    case Kind::cut_before_work:
    case Kind::status:
    case Kind::html:
    case Kind::redirect:
    case Kind::ko:
      return true;
    case Kind::cut_before_answer:
    case Kind::cut_inside_answer:
    case Kind::late:
      return false;
  }
  return false;
}

std::optional<Fault> next_fault(const Layout& layout, std::string_view path) try {
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
    const std::uint64_t nth = asked.value("nth", std::uint64_t{0});
    if (nth != 0 && nth != rank) continue;
    Fault fault = parse_kind(asked.at("kind"));
    fault.delay = std::chrono::milliseconds(asked.value("delay_ms", 0));
    return fault;
  }
  return std::nullopt;
} catch (const nlohmann::json::exception& failure) {
  throw Error(ErrorCode::config_invalid, tr("faults.json cannot be understood"), {},
              failure.what());
}

}  // namespace pes::sandbox
