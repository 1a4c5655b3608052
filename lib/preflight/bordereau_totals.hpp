#pragma once

#include "preflight/findings.hpp"
#include "preflight/values.hpp"

#include <cstdint>
#include <optional>

namespace pes::preflight {

/// What the lines of a bordereau amount to, held against what it announces (pes §5, §12).
class BordereauTotals {
 public:
  void begin();
  /// At the end of a LigneDePiece.
  void add_line(const Values& values);
  /// At the end of the Bordereau.
  void check(const Values& values, Findings& findings) const;

 private:
  std::optional<std::int64_t> without_tax_;  // in cents; nothing when a line could not be read
  bool has_tax_ = false;
};

}  // namespace pes::preflight
