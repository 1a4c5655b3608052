#pragma once

#include "pes/report.hpp"

#include <string>
#include <vector>

namespace pes::cmd {

/// What one column of a chart stands for, so that there are never too many of them.
enum class Step { day, week, month, year };

struct Span {
  report::Day from;
  report::DayFigures figures;
};

/// The days of a report without a gap, from the first that it is of to the last.
struct Timeline {
  Step step = Step::day;
  std::vector<Span> spans;

  /// « 02/11 », « 11/2026 »
  [[nodiscard]] std::string short_name(const Span& span) const;
  /// « 02/11/2026 », « semaine du 02/11/2026 »
  [[nodiscard]] std::string name(const Span& span) const;
};

Timeline timeline(const report::Figures& figures, const report::Scope& scope);

}  // namespace pes::cmd
