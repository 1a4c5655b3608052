#pragma once

#include "pes/export.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace pes {

/// The seven characters of 0-9, a-z, A-Z that name a dossier (Pastell's rule,
/// workflow §4.5). Case counts.
class PES_EXPORT DossierId {
 public:
  /// An empty identifier: "no dossier".
  DossierId() = default;
  static std::optional<DossierId> parse(std::string_view text);
  /// Drawn at random from the system's generator.
  static DossierId draw();
  /// Always the same of the same text: one of 62^7, so that two texts may have the same one.
  static DossierId derived_from(std::string_view sha256_hex);

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
  // NOLINTNEXTLINE(modernize-use-nullptr): it takes the 0 of a comparison for a pointer.
  friend auto operator<=>(const DossierId&, const DossierId&) = default;

 private:
  explicit DossierId(std::string_view text) : text_(text) {}
  std::string text_;
};

}  // namespace pes
