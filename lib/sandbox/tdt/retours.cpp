#include "sandbox/tdt/retours.hpp"

#include "pes/time.hpp"
#include "sandbox/lock.hpp"
#include "sandbox/sequence.hpp"
#include "sandbox/tdt/state.hpp"
#include "support/file.hpp"

#include <chrono>
#include <limits>
#include <system_error>

namespace pes::sandbox::tdt {
namespace {

constexpr std::string_view read_mark = "read";

/// Gives each dropped file a folder of its own.
void adopt_dropped(const Layout& layout) {
  const Lock lock(layout.tdt("retours.lock"));
  for (const auto& dropped : std::filesystem::directory_iterator(layout.tdt("retours/drop"))) {
    if (!dropped.is_regular_file()) continue;
    const std::string id = std::to_string(next_number(layout.tdt("last_retour")));
    const std::filesystem::path folder = layout.tdt("retours") / id;
    std::filesystem::create_directory(folder);
    std::filesystem::rename(dropped.path(), folder / dropped.path().filename());
  }
}

std::filesystem::path file_of(const Layout& layout, const std::string& id) {
  std::error_code absent;
  for (const auto& entry :
       std::filesystem::directory_iterator(layout.tdt("retours") / id, absent)) {
    if (entry.path().filename() != read_mark) return entry.path();
  }
  return {};
}

/// As PostgreSQL shows a timestamp: `2026-01-01 10:00:00.000000+00`
std::string database_date(const std::filesystem::path& file) {
  const auto age =
      std::filesystem::file_time_type::clock::now() - std::filesystem::last_write_time(file);
  const Instant written = std::chrono::floor<std::chrono::seconds>(
      std::chrono::system_clock::now() -
      std::chrono::duration_cast<std::chrono::system_clock::duration>(age));
  std::string text = iso8601(written);
  text[text.find('T')] = ' ';
  text.pop_back();
  return text + ".000000+00";
}

}  // namespace

std::vector<RetourEntry> unread_retours(const Layout& layout) {
  adopt_dropped(layout);
  std::vector<RetourEntry> unread;
  for (const auto& entry : std::filesystem::directory_iterator(layout.tdt("retours"))) {
    const std::string id = entry.path().filename().native();
    if (parse_id(id).empty() || std::filesystem::exists(entry.path() / read_mark)) continue;
    const std::filesystem::path file = file_of(layout, id);
    if (file.empty()) continue;
    unread.push_back({id, file.filename().native(), database_date(file)});
  }
  return unread;
}

std::optional<Retour> find_retour(const Layout& layout, const std::string& id) {
  if (parse_id(id).empty()) return std::nullopt;
  const std::filesystem::path file = file_of(layout, id);
  if (file.empty()) return std::nullopt;
  return Retour{file.filename().native(), read_file(file, std::numeric_limits<std::size_t>::max())};
}

void mark_as_read(const Layout& layout, const std::string& id) {
  const std::filesystem::path folder = layout.tdt("retours") / id;
  if (!parse_id(id).empty() && std::filesystem::exists(folder)) {
    replace_file(folder / read_mark, "");
  }
}

}  // namespace pes::sandbox::tdt
