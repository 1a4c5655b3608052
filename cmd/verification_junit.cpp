#include "verification_junit.hpp"

#include "ui/characters.hpp"
#include "ui/language.hpp"
#include "verification_text.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <sstream>

namespace pes::cmd {

namespace {

using pugi::xml_node;

/// Without control characters, which XML 1.0 cannot hold, nor what is no UTF-8.
void set(xml_node node, const char* name, std::string_view value) {
  node.append_attribute(name).set_value(ui::printable(value).c_str());
}

void add_text(xml_node node, std::string_view lines) {
  node.append_child(pugi::node_pcdata).set_value(std::string(lines).c_str());
}

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

xml_node append_case(xml_node suite, const std::string& file, const std::string& name) {
  xml_node node = suite.append_child("testcase");
  set(node, "classname", file);
  set(node, "name", name);
  return node;
}

void append_case(xml_node suite, const Case& one) {
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

struct Counts {
  std::size_t tests = 0, failures = 0, errors = 0;
};

void set_counts(xml_node node, const Counts& counts) {
  node.append_attribute("tests") = counts.tests;
  node.append_attribute("failures") = counts.failures;
  node.append_attribute("errors") = counts.errors;
}

Counts append_suite(xml_node suites, const VerifiedFile& file) {
  xml_node suite = suites.append_child("testsuite");
  set(suite, "name", file.name);
  Counts counts;
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
      append_case(suite, one);
    }
  }
  set_counts(suite, counts);
  return counts;
}

}  // namespace

std::string junit_report(const std::vector<VerifiedFile>& files) {
  pugi::xml_document document;
  xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  xml_node suites = document.append_child("testsuites");
  set(suites, "name", "pes verify");
  Counts total;
  for (const VerifiedFile& file : files) {
    const Counts counts = append_suite(suites, file);
    total.tests += counts.tests;
    total.failures += counts.failures;
    total.errors += counts.errors;
  }
  set_counts(suites, total);
  std::ostringstream output;
  document.save(output, "  ", pugi::format_indent, pugi::encoding_utf8);
  return output.str();
}

}  // namespace pes::cmd
