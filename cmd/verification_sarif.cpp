#include "verification_sarif.hpp"

#include "sarif.hpp"
#include "ui/language.hpp"
#include "verification_rules.hpp"
#include "verification_text.hpp"

#include <string>
#include <utility>

namespace pes::cmd {

namespace {

/// Where a result stands that is about the whole file.
constexpr FilePlace start{1, 1};

std::vector<SarifRule> rules() {
  std::vector<SarifRule> result;
  for (const VerificationRule& rule : verification_rules()) {
    result.push_back({std::string(rule.code), tr(rule.meaning), {{"number", rule.number}}});
  }
  return result;
}

const char* level_of(Check::Result result) {
  switch (result) {
    case Check::Result::failed:
      return "error";
    case Check::Result::indeterminate:
      return "warning";
    default:
      return "note";
  }
}

void add_checks(const std::vector<Check>& checks, const std::string& file, FilePlace place,
                const ui::Json& properties, SarifLog& log) {
  for (const Check& check : checks) {
    if (check.result == Check::Result::passed) continue;
    SarifResult result{.rule = check.code,
                       .level = level_of(check.result),
                       .message = check.message,
                       .file = file,
                       .line = place.line,
                       .column = place.column,
                       .properties = properties};
    result.properties["result"] = std::string(word(check.result));
    log.add(std::move(result));
  }
}

ui::Json properties_of(const Verdict& verdict) {
  return {{"indication", std::string(id(verdict.indication()))},
          {"subIndication", ui::text_or_null(id(verdict.reason()))}};
}

ui::Json properties_of(const SignatureReport& signature) {
  ui::Json properties = properties_of(signature.verdict);
  properties["signature"] = signature.signature_id;
  properties["signedElement"] = signature.signed_id;
  return properties;
}

/// A file that cannot be read fails the very first checks.
void add_failure(const std::string& file, const Error& error, SarifLog& log) {
  const char* const code = error.code() == ErrorCode::input_not_pes ? "file.root" : "file.format";
  const FilePlace place = error.place().line == 0 ? start : error.place();
  log.add({.rule = code,
           .message = error.message(),
           .file = file,
           .line = place.line,
           .column = place.column});
}

void add_report(const std::string& file, const VerifyReport& report, SarifLog& log) {
  add_checks(report.checks, file, start, properties_of(report.verdict), log);
  for (const SignatureReport& signature : report.signatures) {
    add_checks(signature.checks, file, {signature.line, signature.column}, properties_of(signature),
               log);
  }
}

}  // namespace

ui::Json sarif_log(const std::vector<VerifiedFile>& files) {
  SarifLog log(rules());
  for (const VerifiedFile& file : files) {
    log.add_file(file.name);
    if (file.error) add_failure(file.name, *file.error, log);
    if (file.report) add_report(file.name, *file.report, log);
  }
  return log.document();
}

}  // namespace pes::cmd
