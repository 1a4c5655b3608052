#include "helios/reading.hpp"
#include "pes/verification.hpp"
#include "xades/algorithms.hpp"
#include "xades/check_row.hpp"
#include "xades/file_checks.hpp"
#include "xades/rules.hpp"
#include "xades/signed_info.hpp"
#include "xades/verify_signature.hpp"

#include <algorithm>

namespace pes {

namespace xades {

namespace {

using Algorithms = std::vector<port::DigestAlgorithm>;

/// `known`, and what the signatures ask for beyond.
Algorithms with_needed(Algorithms known, const helios::Reading& reading) {
  for (const helios::SignatureElement& element : reading.signatures) {
    const SignedInfo info = read_signed_info(take_apart(element));
    if (info.content() == nullptr) continue;
    const auto needed = digest_of_uri(info.content()->digest_method);
    if (needed && std::find(known.begin(), known.end(), *needed) == known.end()) {
      known.push_back(*needed);
    }
  }
  return known;
}

/// For each element that can be signed, whether a signature that nothing contradicts covers it.
/// One that cannot conclude covers too: that it may not count is told of itself.
std::vector<bool> covered_elements(const helios::Reading& reading,
                                   const std::vector<SignatureReport>& reports) {
  std::vector<bool> covered(reading.elements.size(), false);
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const auto parent = reading.signatures[i].parent;
    const bool stands = reports[i].verdict.indication != Indication::total_failed;
    if (parent && stands) covered[*parent] = true;
  }
  return covered;
}

Coverage coverage_of(const std::vector<bool>& covered) {
  const auto own = static_cast<std::size_t>(std::count(covered.begin() + 1, covered.end(), true));
  const std::size_t bordereaux = covered.size() - 1;
  return {covered.front(), bordereaux, covered.front() ? bordereaux : own};
}

std::vector<Check> checks_of_file(const helios::Reading& reading, const std::vector<bool>& covered,
                                  const Rules& rules) {
  return {rules.judge(check_format(reading)),
          rules.judge(CheckRow(2, "file.root")),
          rules.judge(check_ids(reading)),
          rules.judge(check_places(reading)),
          rules.judge(check_coverage(reading, covered)),
          rules.judge(check_dematerialisation(reading))};
}

/// That of the file's own checks, or else the worst of its signatures'.
Verdict verdict_of_file(const VerifyReport& report, const Rules& rules) {
  Verdict worst = rules.verdict(report.checks);
  for (const SignatureReport& signature : report.signatures) {
    if (signature.verdict.indication > worst.indication ||
        (signature.verdict.indication == worst.indication && worst.reason == SubIndication::none)) {
      worst = signature.verdict;
    }
  }
  return worst;
}

helios::Reading read_with_digests(const std::filesystem::path& file, const ReadLimits& limits) {
  // Nearly every signature uses one of these two, so one pass is nearly always enough.
  const Algorithms usual{port::DigestAlgorithm::sha256, port::DigestAlgorithm::sha1};
  helios::Reading reading = helios::read_flow(file, limits, usual);
  const Algorithms needed = with_needed(usual, reading);
  return needed == usual ? std::move(reading) : helios::read_flow(file, limits, needed);
}

}  // namespace

}  // namespace xades

VerifyReport verify_pes_aller(const std::filesystem::path& file, const VerifyOptions& options) {
  using namespace xades;
  helios::Reading reading = read_with_digests(file, options.limits);
  const Rules rules(options.profile, options.strict);

  VerifyReport report;
  const IdCounts ids = count_ids(reading);
  for (const helios::SignatureElement& element : reading.signatures) {
    report.signatures.push_back(verify_signature(reading, element, ids, options));
  }
  const std::vector<bool> covered = covered_elements(reading, report.signatures);
  report.coverage = coverage_of(covered);
  report.checks = checks_of_file(reading, covered, rules);
  report.verdict = verdict_of_file(report, rules);
  report.valid = rules.is_satisfied(report.checks) &&
                 std::all_of(report.signatures.begin(), report.signatures.end(),
                             [](const SignatureReport& signature) { return signature.valid; });
  report.flow = std::move(reading.flow);
  return report;
}

}  // namespace pes
