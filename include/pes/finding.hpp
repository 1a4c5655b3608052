#pragma once

#include "pes/export.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace pes {

/// An error stops a flow from being sent: it would be refused whole, for certain. A warning is for
/// a person: only a part would be refused, or Hélios may know better.
enum class Severity { warning, error };

/// What is refused because of a finding (pes §12).
enum class Consequence { none, flow, bordereau, pj, facture };

/// Who refuses it.
enum class Refuser { nobody, tdt, helios };

/// `flow`, `bordereau`, `pj`, `facture`; empty for none.
PES_EXPORT std::string_view id(Consequence consequence);
/// `tdt`, `helios`; empty for nobody.
PES_EXPORT std::string_view id(Refuser refuser);

/// Something found in a file, with its place. `code` is stable ASCII.
struct Finding {
  Severity severity = Severity::error;
  std::string code;          // "encoding.not-latin1", "nomfic.missing"…
  std::string message;       // for a person
  std::uint64_t line = 0;    // from 1; 0 when it concerns the whole file
  std::uint64_t column = 0;  // from 1
  Consequence consequence = Consequence::none;
  Refuser refused_by = Refuser::nobody;
};

/// What a code of findings stands for, for those who read a report without the manual.
struct FindingRule {
  std::string_view code;
  Severity severity = Severity::warning;
  Consequence consequence = Consequence::none;
  Refuser refused_by = Refuser::nobody;
  const char* meaning = nullptr;  // English, translated where it is shown
};

/// All of them: first the TdT's controls in its order, then what Hélios refuses.
PES_EXPORT std::span<const FindingRule> finding_rules();

}  // namespace pes
