#include "helios/reading.hpp"
#include "pes/signature.hpp"
#include "xades/algorithms.hpp"
#include "xades/check_row.hpp"
#include "xades/file_checks.hpp"
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
  // Nearly every signature uses one of these two, so one pass is nearly always enough.
  const Algorithms usual{port::DigestAlgorithm::sha256, port::DigestAlgorithm::sha1};
  helios::Reading reading = helios::read_flow(file, options.limits, usual);
  const Algorithms needed = with_needed(usual, reading);
  if (needed != usual) reading = helios::read_flow(file, options.limits, needed);

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
