#include "preflight/signature_rules.hpp"

#include "helios/finding_rules.hpp"
#include "pes/verification.hpp"
#include "support/text.hpp"

#include <string>

namespace pes::preflight {

namespace {

/// Why, in a line.
std::string reasons(const std::vector<Check>& checks) {
  std::vector<std::string> messages;
  for (const Check& check : checks) {
    const bool counts =
        check.result == Check::Result::failed || check.result == Check::Result::indeterminate;
    if (counts && !check.message.empty()) messages.push_back(check.message);
  }
  return join(messages, " ; ");
}

Finding refused(const std::vector<Check>& checks, xml::Position at) {
  return helios::finding("signature.invalid",
                         say("the TdT refuses the signature: {1}", {reasons(checks)}), at);
}

}  // namespace

std::vector<Finding> signature_faults(const NamedFile& file, const PreflightRules& rules) {
  const VerifyReport report = verify_pes_aller(file, {.limits = rules.limits,
                                                      .now = rules.now,
                                                      .profile = Profile::s2low,
                                                      .strict = false,
                                                      .at = {},
                                                      .trust = nullptr,
                                                      .schemas = {}});
  std::vector<Finding> findings;
  for (const SignatureReport& signature : report.signatures) {
    if (signature.valid) continue;
    findings.push_back(refused(signature.checks, {signature.line, signature.column}));
  }
  if (!report.valid && findings.empty()) findings.push_back(refused(report.checks, {}));
  return findings;
}

}  // namespace pes::preflight
