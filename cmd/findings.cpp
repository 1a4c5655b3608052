#include "findings.hpp"

#include "exit_status.hpp"
#include "ui/language.hpp"

namespace pes::cmd {

namespace {

ui::Json finding_json(const Finding& finding) {
  const auto& error = finding.error;
  return {{"subject", finding.subject},
          {"ok", !error},
          {"code", error ? ui::Json(std::string(id(error->code()))) : ui::Json(nullptr)},
          {"message", error ? ui::Json(error->message()) : ui::Json(nullptr)},
          {"detail", ui::text_or_null(finding.detail)}};
}

std::string good(const Finding& finding) {
  if (finding.detail.empty()) return say("{1}: good", {finding.subject});
  return say("{1}: good ({2})", {finding.subject, finding.detail});
}

}  // namespace

int show_findings(ui::Console& console, const std::string& schema,
                  const std::vector<Finding>& findings) {
  std::vector<int> failures;
  ui::Json document = ui::with_schema(schema);
  document["checks"] = ui::Json::array();
  for (const Finding& finding : findings) {
    if (finding.error) failures.push_back(exit_status_of(finding.error->code()));
    document["checks"].push_back(finding_json(finding));
    if (!console.json() && !finding.error) console.result(good(finding));
  }
  if (console.json()) console.result_json(document);
  for (const Finding& finding : findings) {
    if (finding.error) console.error(*finding.error);
  }
  return exit_status_of(failures);
}

}  // namespace pes::cmd
