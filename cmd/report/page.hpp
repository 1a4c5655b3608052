#pragma once

#include "report/content.hpp"

#include <string>
#include <string_view>

namespace pes::cmd {

/// The report as one page of HTML that needs nothing else: no network, no script, no font.
std::string report_page(const ReportContent& content);

/// What the page looks like; in page.css.
extern const std::string_view report_stylesheet;

}  // namespace pes::cmd
