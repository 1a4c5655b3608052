#include "helios/reading.hpp"
#include "pes/verification.hpp"
#include "xades/algorithms.hpp"
#include "xades/check_row.hpp"
#include "xades/digest_forecast.hpp"
#include "xades/file_checks.hpp"
#include "xades/reference_checks.hpp"
#include "xades/rules.hpp"
#include "xades/signed_info.hpp"
#include "xades/stand_alone_fragment.hpp"
#include "xades/verify_reading.hpp"
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

/// For each element that can be signed, whether a signature that no check refused covers it. One
/// that cannot conclude covers too: that it may not count is told of itself.
std::vector<bool> covered_elements(const helios::Reading& reading,
                                   const std::vector<SignatureReport>& reports) {
  std::vector<bool> covered(reading.elements.size(), false);
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const auto parent = reading.signatures[i].parent;
    if (parent && !is_refused(reports[i].checks)) covered[*parent] = true;
  }
  return covered;
}

Coverage coverage_of(const helios::Reading& reading, const std::vector<bool>& covered) {
  const auto own = static_cast<std::size_t>(std::count(covered.begin() + 1, covered.end(), true));
  const std::size_t in_place = covered.size() - 1;
  const auto strays = static_cast<std::size_t>(
      std::count_if(reading.strays.begin(), reading.strays.end(),
                    [&](const auto& stray) { return is_covered(stray, covered); }));
  return {covered.front(), in_place + reading.strays.size(),
          strays + (covered.front() ? in_place : own)};
}

std::vector<Check> checks_of_file(const helios::Reading& reading,
                                  const std::vector<Finding>& schema_faults,
                                  const std::vector<bool>& covered, const Rules& rules) {
  return {rules.judge(check_format(reading)),
          rules.judge(check_root(reading, schema_faults)),
          rules.judge(check_ids(reading)),
          rules.judge(check_places(reading)),
          rules.judge(check_coverage(reading, covered)),
          rules.judge(check_dematerialisation(reading))};
}

/// What is wrong stands first: the explanation follows what check 13 says.
void add_explanation(const std::string& explanation, SignatureReport& report) {
  constexpr int digests = 13;
  for (Check& check : report.checks) {
    if (check.number == digests) check.message += "; " + explanation;
  }
}

/// Once the flow was read, so that nothing beyond the bounds is looked at again.
FileFindings findings_of(const NamedFile& file, const helios::Reading& reading,
                         const VerifyOptions& options) {
  FileFindings findings;
  findings.schema_faults = schema_faults(file, options.schemas);
  for (std::size_t rank = 0; rank < reading.signatures.size(); ++rank) {
    const auto explanation = stand_alone_explanation(file.path, reading, reading.signatures[rank]);
    if (explanation) findings.explanations.emplace(rank, *explanation);
  }
  return findings;
}

/// The worst of that of the file's own checks and of its signatures'; of equals, the first that
/// has a word.
Verdict verdict_of_file(const VerifyReport& report, const Rules& rules) {
  Verdict worst = rules.verdict(report.checks);
  for (const SignatureReport& signature : report.signatures) {
    const Verdict& one = signature.verdict;
    const bool is_as_bad = one.indication() == worst.indication();
    if (one.indication() > worst.indication() ||
        (is_as_bad && worst.reason() == SubIndication::none)) {
      worst = one;
    }
  }
  return worst;
}

}  // namespace

helios::Reading with_all_digests(helios::Reading reading, const NamedFile& file,
                                 const ReadLimits& limits, const helios::DigestPlan& digested) {
  const helios::DigestPlan missing = missing_digests(reading);
  if (missing.is_empty()) return reading;
  return helios::read_flow(file, limits, both(digested, missing));
}

VerifyReport verify_reading(helios::Reading reading, const VerifyOptions& options,
                            const FileFindings& findings) {
  const Rules rules(options.profile, options.strict);

  VerifyReport report;
  const IdCounts ids = count_ids(reading);
  for (const helios::SignatureElement& element : reading.signatures) {
    report.signatures.push_back(verify_signature(reading, element, ids, options));
  }
  for (const auto& [rank, explanation] : findings.explanations) {
    add_explanation(explanation, report.signatures[rank]);
  }
  const std::vector<bool> covered = covered_elements(reading, report.signatures);
  report.coverage = coverage_of(reading, covered);
  report.checks = checks_of_file(reading, findings.schema_faults, covered, rules);
  report.verdict = verdict_of_file(report, rules);
  report.valid = rules.is_satisfied(report.checks) &&
                 std::all_of(report.signatures.begin(), report.signatures.end(),
                             [](const SignatureReport& signature) { return signature.valid; });
  report.flow = std::move(reading.flow);
  return report;
}

}  // namespace xades

VerifyReport verify_pes_aller(const NamedFile& file, const VerifyOptions& options) {
  using namespace xades;
  const helios::DigestPlan forecast = forecast_verification(file.path);
  helios::Reading reading = helios::read_flow(file, options.limits, forecast);
  reading = with_all_digests(std::move(reading), file, options.limits, forecast);
  const FileFindings findings = findings_of(file, reading, options);
  return verify_reading(std::move(reading), options, findings);
}

}  // namespace pes
