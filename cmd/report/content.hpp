#pragma once

#include "pes/dossier.hpp"
#include "pes/entity.hpp"
#include "pes/report.hpp"

#include <map>
#include <string>
#include <vector>

namespace pes::cmd {

/// A dossier that a person must look at.
struct Matter {
  Dossier dossier;
  std::string why;
  std::string command;  // what to run
};

/// All that a report tells, in whatever form.
struct ReportContent {
  report::Scope scope;
  report::Figures figures;
  std::map<report::Concern, std::vector<Matter>> matters;  // the oldest of each
  std::vector<DossierId> unreadable;
  const EntityTree& entities;
};

}  // namespace pes::cmd
