#include "helios/reading.hpp"
#include "pes/signature.hpp"
#include "xades/algorithms.hpp"
#include "xades/check_row.hpp"
#include "xades/digest_forecast.hpp"
#include "xades/file_checks.hpp"
#include "xades/reference_checks.hpp"
#include "xades/signed_info.hpp"
#include "xades/verify_signature.hpp"

#include <algorithm>

namespace pes {

namespace xades {

namespace {

/// What the signatures ask for and was not digested; empty when nothing is missing.
helios::DigestPlan missing_digests(const helios::Reading& reading) {
  helios::DigestPlan missing;
  for (const helios::SignatureElement& element : reading.signatures) {
    const helios::SignableElement* const parent = parent_of(element, reading);
    const SignedInfo info = read_signed_info(take_apart(element));
    if (parent == nullptr || info.content() == nullptr) continue;
    const auto wanted = digest_of_uri(info.content()->digest_method);
    if (!wanted || parent->digests.contains(*wanted)) continue;
    const bool is_root = parent->kind == helios::SignableElement::Kind::root;
    auto& algorithms = is_root ? missing.root : missing.bordereaux;
    if (std::find(algorithms.begin(), algorithms.end(), *wanted) == algorithms.end()) {
      algorithms.push_back(*wanted);
    }
  }
  return missing;
}

helios::DigestPlan both(helios::DigestPlan plan, const helios::DigestPlan& other) {
  plan.root.insert(plan.root.end(), other.root.begin(), other.root.end());
  plan.bordereaux.insert(plan.bordereaux.end(), other.bordereaux.begin(), other.bordereaux.end());
  return plan;
}

/// The forecast is right but for files made to deceive it and for algorithms hardly anyone
/// uses, so one pass is nearly always enough.
helios::Reading read_with_digests(const std::filesystem::path& file, const ReadLimits& limits) {
  const helios::DigestPlan forecast = forecast_verification(file);
  helios::Reading reading = helios::read_flow(file, limits, forecast);
  const helios::DigestPlan missing = missing_digests(reading);
  if (missing.root.empty() && missing.bordereaux.empty()) return reading;
  return helios::read_flow(file, limits, both(forecast, missing));
}

std::vector<Check> checks_of_file(const helios::Reading& reading,
                                  const std::vector<SignatureReport>& reports) {
  std::vector<bool> covered(reading.elements.size(), false);
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const auto parent = reading.signatures[i].parent;
    if (parent && reports[i].valid) covered[*parent] = true;
  }
  return {
      check_format(reading), CheckRow(2, "file.root").check(), check_ids(reading),
      check_places(reading), check_coverage(reading, covered), check_dematerialisation(reading)};
}

}  // namespace

}  // namespace xades

VerifyReport verify_pes_aller(const std::filesystem::path& file, const VerifyOptions& options) {
  using namespace xades;
  helios::Reading reading = read_with_digests(file, options.limits);
  VerifyReport report;
  const IdCounts ids = count_ids(reading);
  for (const helios::SignatureElement& element : reading.signatures) {
    report.signatures.push_back(verify_signature(reading, element, ids, options.now));
  }
  report.checks = checks_of_file(reading, report.signatures);
  report.valid = std::none_of(report.checks.begin(), report.checks.end(), has_failed) &&
                 std::all_of(report.signatures.begin(), report.signatures.end(),
                             [](const SignatureReport& signature) { return signature.valid; });
  report.flow = std::move(reading.flow);
  return report;
}

}  // namespace pes
