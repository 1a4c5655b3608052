#pragma once

#include "pes/dossier.hpp"
#include "pes/export.hpp"
#include "pes/named_file.hpp"
#include "pes/pes_aller.hpp"
#include "pes/time.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace pes {

/// By what a flow is checked.
struct PreflightRules {
  ReadLimits limits;
  std::uint64_t tdt_max_bytes = 0;  // what the TdT takes
  /// As for schema_faults: beside what is known here, the schemas of that folder.
  std::filesystem::path schemas;
  /// Who sent a flow of that name before, so that the TdT takes it no more (tdt §7, control 11);
  /// empty: nobody. Unset: nobody is asked.
  std::function<std::string(const FlowName&)> sent_before;
  Instant now;  // « now », for a signature that does not say when it was made
};

/// What would stop a flow, or a part of it.
struct PreflightReport {
  PesAller flow;
  /// The TdT's controls in its order (tdt §7), then the rest in the order of the file.
  std::vector<Finding> findings;

  /// An error is among the findings.
  [[nodiscard]] PES_EXPORT bool is_refused() const;
};

/// All that can be said of a flow before it is sent, without asking any service: the TdT's
/// controls, signatures included; the order, occurrence and values of its elements (pes §4); the
/// rules of Hélios that the file tells (pes §12). One forward pass in memory that does not grow
/// with the file, one more when it is signed and one when there are schemas. Whom a signature's
/// certificate comes from is not looked at. May be called from several threads. Throws as
/// read_pes_aller and schema_faults.
PES_EXPORT PreflightReport check_flow(const NamedFile& file, const PreflightRules& rules);

}  // namespace pes
