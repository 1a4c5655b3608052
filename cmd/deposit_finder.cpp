#include "deposit_finder.hpp"

#include "ui/language.hpp"

#include <set>
#include <system_error>

namespace pes::cmd {

namespace {

/// What a person names is taken as it is.
constexpr std::chrono::seconds usual_stillness_in_folder{5};
constexpr std::chrono::seconds usual_stillness_of_file{0};

bool is_folder(const std::filesystem::path& path) {
  std::error_code absent;
  return std::filesystem::is_directory(path, absent);
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return is_folder(path) ? path : path.parent_path() / ".";
}

/// The same for each way in which a person may name it.
std::filesystem::path only_name_of(const std::filesystem::path& path) {
  std::error_code absent;
  return std::filesystem::weakly_canonical(path.parent_path() / ".", absent) / path.filename();
}

class Finder {
 public:
  explicit Finder(const Search& search) : search_(search) {}

  Found find() {
    for (const std::string& path : search_.paths) {
      try {
        look_at(path);
      } catch (const Error& error) {
        if (search_.paths.size() == 1) throw;
        found_.unreadable.emplace_back(path, error);
        continue;
      }
      require_filing_from(folder_of(path));
    }
    return std::move(found_);
  }

 private:
  void look_at(const std::filesystem::path& path) {
    if (is_folder(path)) {
      for (deposit::Source& source : deposit::sources_in(path, search_.filing_places)) {
        take(std::move(source), search_.stillness.value_or(usual_stillness_in_folder));
      }
    } else {
      take(deposit::source_at(path), search_.stillness.value_or(usual_stillness_of_file));
    }
  }

  void take(deposit::Source source, std::chrono::seconds stillness) {
    if (!known_.insert(only_name_of(source.path)).second) return;
    // A clock that is ahead elsewhere must not keep a file for ever.
    const bool is_written =
        source.last_written > search_.now - stillness && source.last_written <= search_.now;
    (is_written ? found_.unfinished : found_.sources).push_back(std::move(source));
  }

  void require_filing_from(const std::filesystem::path& folder) const {
    for (const std::filesystem::path& place : search_.filing_places) {
      deposit::require_place_beside(place, folder);
      std::error_code unknown;
      if (!std::filesystem::equivalent(place, folder, unknown)) continue;
      throw Error(ErrorCode::usage,
                  say("what is found in {1} cannot be filed there as well", {place.native()}),
                  tr("choose a folder beside the first"));
    }
  }

  const Search& search_;
  std::set<std::filesystem::path> known_;
  Found found_;
};

}  // namespace

Found find_dropped(const Search& search) { return Finder(search).find(); }

}  // namespace pes::cmd
