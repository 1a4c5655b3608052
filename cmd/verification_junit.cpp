#include "verification_junit.hpp"

#include "ui/characters.hpp"
#include "ui/language.hpp"
#include "verification_text.hpp"

#include <algorithm>

namespace pes::cmd {

namespace {

/// Without control characters, which XML 1.0 cannot hold, nor what is no UTF-8.
std::string xml_text(std::string_view text) {
  std::string result;
  for (const char c : ui::printable(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + xml_text(value) + "\"";
}

/// One line a check that says something.
std::string lines_of(const std::vector<Check>& checks) {
  std::string lines;
  for (const Check& check : checks) {
    if (check.result == Check::Result::passed) continue;
    lines += xml_text(fill("{1} {2}: {3}, {4}", {std::to_string(check.number), check.code,
                                                 label(check.result), check.message})) +
             "\n";
  }
  return lines;
}

struct Case {
  std::string name;
  std::string file;
  bool valid = false;
  Verdict verdict;
  const std::vector<Check>& checks;
};

std::string case_text(const Case& one) {
  const std::string lines = lines_of(one.checks);
  std::string text =
      "    <testcase" + attribute("classname", one.file) + attribute("name", one.name) + ">\n";
  if (!one.valid) {
    text += "      <failure" + attribute("type", verdict_text(one.verdict)) +
            attribute("message", verdict_text(one.verdict)) + ">" + lines + "</failure>\n";
  } else if (!lines.empty()) {
    text += "      <system-out>" + lines + "</system-out>\n";
  }
  return text + "    </testcase>\n";
}

std::string name_of(const SignatureReport& signature) {
  return say("signature {1} of {2} {3}",
             {signature.signature_id, signature.signed_element, signature.signed_id});
}

bool own_checks_hold(const VerifyReport& report) {
  return std::none_of(report.checks.begin(), report.checks.end(), [](const Check& check) {
    return check.result == Check::Result::failed || check.result == Check::Result::indeterminate;
  });
}

std::vector<Case> cases_of(const std::string& file, const VerifyReport& report) {
  std::vector<Case> cases{
      {tr("the file as a whole"), file, own_checks_hold(report), report.verdict, report.checks}};
  for (const SignatureReport& signature : report.signatures) {
    cases.push_back(
        {name_of(signature), file, signature.valid, signature.verdict, signature.checks});
  }
  return cases;
}

struct Counts {
  std::size_t tests = 0, failures = 0, errors = 0;
};

std::string counts_text(const Counts& counts) {
  return attribute("tests", std::to_string(counts.tests)) +
         attribute("failures", std::to_string(counts.failures)) +
         attribute("errors", std::to_string(counts.errors));
}

std::string suite_text(const VerifiedFile& file, Counts& total) {
  Counts counts;
  std::string body;
  if (file.error) {
    counts = {1, 0, 1};
    body = "    <testcase" + attribute("classname", file.name) +
           attribute("name", tr("the file as a whole")) + ">\n      <error" +
           attribute("type", id(file.error->code())) + attribute("message", file.error->message()) +
           "/>\n    </testcase>\n";
  }
  if (file.report) {
    for (const Case& one : cases_of(file.name, *file.report)) {
      ++counts.tests;
      if (!one.valid) ++counts.failures;
      body += case_text(one);
    }
  }
  total.tests += counts.tests;
  total.failures += counts.failures;
  total.errors += counts.errors;
  return "  <testsuite" + attribute("name", file.name) + counts_text(counts) + ">\n" + body +
         "  </testsuite>\n";
}

}  // namespace

std::string junit_report(const std::vector<VerifiedFile>& files) {
  Counts total;
  std::string suites;
  for (const VerifiedFile& file : files) suites += suite_text(file, total);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
         attribute("name", "pes verify") + counts_text(total) + ">\n" + suites + "</testsuites>\n";
}

}  // namespace pes::cmd
