#include "verification_sarif.hpp"

#include "ui/language.hpp"
#include "verification_rules.hpp"
#include "verification_text.hpp"
#include "version_text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace pes::cmd {

namespace {

constexpr const char* schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Where a result stands that is about the whole file.
constexpr FilePlace start{1, 1};

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~' || c == '/';
}

/// RFC 3986: a relative reference, or a file: URI for an absolute path.
std::string uri_of(const std::string& path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr unsigned low = 0x0F;
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (is_unreserved(c)) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += {'%', digits[byte >> 4U], digits[byte & low]};
  }
  return uri;
}

ui::Json rules_json() {
  ui::Json rules = ui::Json::array();
  for (const VerificationRule& rule : verification_rules()) {
    rules.push_back({{"id", std::string(rule.code)},
                     {"shortDescription", {{"text", tr(rule.meaning)}}},
                     {"properties", {{"number", rule.number}}}});
  }
  return rules;
}

std::size_t index_of(std::string_view code) {
  const auto rules = verification_rules();
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [&](const VerificationRule& rule) { return rule.code == code; });
  return static_cast<std::size_t>(found - rules.begin());
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

ui::Json result_json(std::string_view code, const char* level, const std::string& message,
                     const std::string& file, FilePlace place) {
  return {{"ruleId", std::string(code)},
          {"ruleIndex", index_of(code)},
          {"level", level},
          {"message", {{"text", message}}},
          {"locations",
           {{{"physicalLocation",
              {{"artifactLocation", {{"uri", uri_of(file)}}},
               {"region", {{"startLine", place.line}, {"startColumn", place.column}}}}}}}}};
}

void add_checks(const std::vector<Check>& checks, const std::string& file, FilePlace place,
                const ui::Json& properties, ui::Json& results) {
  for (const Check& check : checks) {
    if (check.result == Check::Result::passed) continue;
    ui::Json result = result_json(check.code, level_of(check.result), check.message, file, place);
    result["properties"] = properties;
    result["properties"]["result"] = std::string(word(check.result));
    results.push_back(std::move(result));
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
void add_failure(const std::string& file, const Error& error, ui::Json& results) {
  const char* const code = error.code() == ErrorCode::input_not_pes ? "file.root" : "file.format";
  const FilePlace place = error.place();
  results.push_back(
      result_json(code, "error", error.message(), file, place.line == 0 ? start : place));
}

void add_report(const std::string& file, const VerifyReport& report, ui::Json& results) {
  add_checks(report.checks, file, start, properties_of(report.verdict), results);
  for (const SignatureReport& signature : report.signatures) {
    add_checks(signature.checks, file, {signature.line, signature.column}, properties_of(signature),
               results);
  }
}

}  // namespace

ui::Json sarif_log(const std::vector<VerifiedFile>& files) {
  ui::Json results = ui::Json::array();
  ui::Json artifacts = ui::Json::array();
  for (const VerifiedFile& file : files) {
    artifacts.push_back({{"location", {{"uri", uri_of(file.name)}}}});
    if (file.error) add_failure(file.name, *file.error, results);
    if (file.report) add_report(file.name, *file.report, results);
  }
  const ui::Json driver{{"name", "pes"}, {"version", version_number()}, {"rules", rules_json()}};
  ui::Json run{{"tool", {{"driver", driver}}},
               {"columnKind", "unicodeCodePoints"},
               {"artifacts", artifacts},
               {"results", results}};
  ui::Json runs = ui::Json::array();
  runs.push_back(std::move(run));
  return {{"$schema", schema}, {"version", "2.1.0"}, {"runs", runs}};
}

}  // namespace pes::cmd
