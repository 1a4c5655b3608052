#pragma once

#include "pes/error.hpp"
#include "pes/finding.hpp"
#include "ui/json.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pes::cmd {

/// What became of one file, or dossier, that was to be checked.
struct CheckedFile {
  std::string name;               // a path
  std::vector<std::string> form;  // what the form of a dossier misses
  std::vector<Finding> findings;
  std::optional<Error> error;  // why it could not be read
};

/// A log of SARIF 2.1.0 (OASIS): a result for each finding, at its place.
ui::Json sarif_log(const std::vector<CheckedFile>& files);

}  // namespace pes::cmd
