#pragma once

#include "report/content.hpp"
#include "report/markup.hpp"

namespace pes::cmd {

/// The parts of the page, in its order. Each says so in words when it has nothing to show.

/// What a person must do now, with the command of each.
void write_attention(Markup& page, const ReportContent& content);
/// Flows and volume, day after day.
void write_days(Markup& page, const ReportContent& content);
/// Where the flows are.
void write_states(Markup& page, const ReportContent& content);
/// How long acquits took to come.
void write_answers(Markup& page, const ReportContent& content);
/// What Hélios refused, and why.
void write_refusals(Markup& page, const ReportContent& content);

}  // namespace pes::cmd
