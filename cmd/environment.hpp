#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace pes::cmd {

/// The variables that the process was started with; the only place of the project that
/// reads them.
class Environment {
 public:
  using Variables = std::map<std::string, std::string, std::less<>>;

  explicit Environment(Variables variables) : variables_(std::move(variables)) {}
  static Environment of_process();

  /// Nothing when unset or empty: both mean "not given".
  [[nodiscard]] std::optional<std::string> get(std::string_view name) const;
  /// An XDG folder; relative values are ignored, as the specification says.
  [[nodiscard]] std::optional<std::filesystem::path> folder(std::string_view name) const;
  /// `$<xdg>/pes`, or `~/<otherwise>/pes`; nothing without any home folder.
  [[nodiscard]] std::optional<std::filesystem::path> pes_folder(
      std::string_view xdg, const std::filesystem::path& otherwise) const;
  [[nodiscard]] const Variables& variables() const noexcept { return variables_; }

 private:
  Variables variables_;
};

}  // namespace pes::cmd
