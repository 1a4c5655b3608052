#include "sandbox/tdt/retours.hpp"

#include "crypto/digest.hpp"
#include "pes/time.hpp"
#include "sandbox/lock.hpp"
#include "sandbox/sequence.hpp"
#include "sandbox/tdt/flow.hpp"
#include "sandbox/tdt/state.hpp"
#include "support/file.hpp"

#include <chrono>
#include <system_error>

namespace pes::sandbox::tdt {
namespace {

// Beside the file of a PES retour.
constexpr std::string_view read_mark = "read";
constexpr std::string_view owner_file = "authority";

std::filesystem::path folder_of_retour(const Layout& layout, const std::string& id) {
  return layout.tdt("retours") / id;
}

/// The authorities that sent flows of this IdColl.
std::vector<int> holders_of(const Layout& layout, const std::string& id_coll) {
  std::vector<int> holders;
  std::error_code absent;
  const auto place = layout.tdt("sirets") / crypto::sha256_hex(id_coll);
  for (const auto& entry : std::filesystem::directory_iterator(place, absent)) {
    holders.push_back(std::stoi(entry.path().filename()));
  }
  return holders;
}

/// Whose a file that came is; none when it cannot be read, or when no authority, or several,
/// have its IdColl (tdt §9.4).
std::optional<int> owner_of(const Layout& layout, const Platform& platform,
                            const std::filesystem::path& dropped) {
  if (!platform.routes_retours) return Authority().id;
  const std::optional<Flow> retour = read_flow(dropped);
  if (!retour || !retour->id_coll) return std::nullopt;
  const std::vector<int> holders = holders_of(layout, *retour->id_coll);
  return holders.size() == 1 ? std::optional(holders.front()) : std::nullopt;
}

/// Gives a dropped file a folder of its own.
void adopt(const Layout& layout, const std::filesystem::path& dropped, int authority) {
  const std::filesystem::path folder =
      folder_of_retour(layout, std::to_string(next_number(layout.tdt("last_retour"))));
  std::filesystem::create_directory(folder);
  replace_file(folder / owner_file, std::to_string(authority));
  std::filesystem::rename(dropped, folder / dropped.filename());
}

void adopt_dropped(const Layout& layout, const Platform& platform) {
  const Lock lock(layout.tdt("retours.lock"));
  for (const auto& dropped : std::filesystem::directory_iterator(layout.tdt("retours/drop"))) {
    if (!dropped.is_regular_file()) continue;
    if (const std::optional<int> owner = owner_of(layout, platform, dropped.path())) {
      adopt(layout, dropped.path(), *owner);
    } else {
      std::filesystem::rename(dropped.path(), layout.tdt("errors") / dropped.path().filename());
    }
  }
}

/// Its own name when the file is lost too.
std::filesystem::path file_in(const std::filesystem::path& folder) {
  std::error_code absent;
  for (const auto& entry : std::filesystem::directory_iterator(folder, absent)) {
    const std::filesystem::path name = entry.path().filename();
    if (name != read_mark && name != owner_file) return entry.path();
  }
  return folder / "PES_Retour.xml";
}

int owner_in(const std::filesystem::path& folder) {
  constexpr std::size_t longest_number = 20;
  const std::filesystem::path file = folder / owner_file;
  if (!std::filesystem::exists(file)) return Authority().id;
  return std::stoi(read_file(file, longest_number));
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

std::vector<RetourEntry> unread_retours(const Layout& layout, const Platform& platform,
                                        int authority) {
  adopt_dropped(layout, platform);
  std::vector<RetourEntry> unread;
  for (const auto& entry : std::filesystem::directory_iterator(layout.tdt("retours"))) {
    const std::string id = entry.path().filename().native();
    if (parse_id(id).empty() || std::filesystem::exists(entry.path() / read_mark)) continue;
    const std::filesystem::path file = file_in(entry.path());
    if (owner_in(entry.path()) != authority || !std::filesystem::exists(file)) continue;
    unread.push_back({id, file.filename().native(), database_date(file)});
  }
  return unread;
}

std::optional<Retour> find_retour(const Layout& layout, const std::string& id) {
  const std::filesystem::path folder = folder_of_retour(layout, id);
  if (parse_id(id).empty() || !std::filesystem::exists(folder)) return std::nullopt;
  return Retour{.file = file_in(folder), .authority = owner_in(folder)};
}

void mark_as_read(const Layout& layout, const std::string& id) {
  const std::filesystem::path folder = folder_of_retour(layout, id);
  if (!parse_id(id).empty() && std::filesystem::exists(folder)) {
    replace_file(folder / read_mark, "");
  }
}

void learn_siret(const Layout& layout, const std::string& id_coll, int authority) {
  const std::filesystem::path place = layout.tdt("sirets") / crypto::sha256_hex(id_coll);
  std::filesystem::create_directories(place);
  const std::filesystem::path holder = place / std::to_string(authority);
  if (!std::filesystem::exists(holder)) replace_file(holder, "");
}

}  // namespace pes::sandbox::tdt
