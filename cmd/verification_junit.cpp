#include "verification_junit.hpp"

#include "junit.hpp"
#include "ui/characters.hpp"
#include "ui/language.hpp"
#include "verification_text.hpp"

#include <pugixml.hpp>

#include <algorithm>

namespace pes::cmd {

namespace {

using pugi::xml_node;

/// One line a check that says something.
std::string lines_of(const std::vector<Check>& checks) {
  std::string lines;
  for (const Check& check : checks) {
    if (check.result == Check::Result::passed) continue;
    lines += ui::printable(fill("{1} {2}: {3}, {4}", {std::to_string(check.number), check.code,
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

void add_case(xml_node suite, const Case& one) {
  xml_node node = append_case(suite, one.file, one.name);
  const std::string lines = lines_of(one.checks);
  if (!one.valid) {
    xml_node failure = node.append_child("failure");
    set(failure, "type", verdict_text(one.verdict));
    set(failure, "message", verdict_text(one.verdict));
    add_text(failure, lines);
  } else if (!lines.empty()) {
    add_text(node.append_child("system-out"), lines);
  }
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

JunitCounts append_suite(xml_node suites, const VerifiedFile& file) {
  xml_node suite = suites.append_child("testsuite");
  set(suite, "name", file.name);
  JunitCounts counts;
  if (file.error) {
    counts = {1, 0, 1};
    xml_node error = append_case(suite, file.name, tr("the file as a whole")).append_child("error");
    set(error, "type", id(file.error->code()));
    set(error, "message", file.error->message());
  }
  if (file.report) {
    for (const Case& one : cases_of(file.name, *file.report)) {
      ++counts.tests;
      if (!one.valid) ++counts.failures;
      add_case(suite, one);
    }
  }
  set_counts(suite, counts);
  return counts;
}

}  // namespace

std::string junit_report(const std::vector<VerifiedFile>& files) {
  JunitDocument document("pes verify");
  xml_node suites = document.suites();
  JunitCounts total;
  for (const VerifiedFile& file : files) {
    const JunitCounts counts = append_suite(suites, file);
    total.tests += counts.tests;
    total.failures += counts.failures;
    total.errors += counts.errors;
  }
  set_counts(suites, total);
  return document.text();
}

}  // namespace pes::cmd
