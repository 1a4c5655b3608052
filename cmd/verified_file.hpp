#pragma once

#include "pes/error.hpp"
#include "pes/verification.hpp"

#include <optional>
#include <string>

namespace pes::cmd {

/// What became of one file that was to be verified: a report, or why there is none.
struct VerifiedFile {
  std::string name;  // as the person gave it
  std::optional<VerifyReport> report;
  std::optional<Error> error;
};

}  // namespace pes::cmd
