#include "verification_text.hpp"

#include "ui/dates.hpp"
#include "ui/language.hpp"
#include "ui/table.hpp"

#include <vector>

namespace pes::cmd {

namespace {

void show_checks(ui::Console& console, const std::vector<Check>& checks) {
  for (const Check& check : checks) {
    const std::string text =
        fill(check.message.empty() ? "  {1} {2}: {3}" : "  {1} {2}: {3}, {4}",
             {std::to_string(check.number), check.code, label(check.result), check.message});
    if (check.result == Check::Result::passed || check.result == Check::Result::not_run) {
      console.detail(1, text);
    } else {
      console.note(text);
    }
  }
}

/// A claimed time is trusted for want of a time-stamp: whoever reads must know it.
std::string judged_text(const SignatureReport& signature) {
  if (!signature.judged_at) return tr("judged at no time: it claims none that can be read");
  const std::string at = local_date_time(*signature.judged_at);
  switch (signature.judged_by) {
    case JudgingTime::Source::signing_time:
      return say("judged at {1}, the time that the signatory claims", {at});
    case JudgingTime::Source::now:
      return say("judged at {1}, now", {at});
    case JudgingTime::Source::instant:
      return say("judged at {1}, the time that was asked", {at});
  }
  return {};
}

const char* short_verdict(const SignatureReport& signature) {
  if (signature.valid) return tr("valid");
  return is_refused(signature.checks) ? tr("invalid") : tr("indeterminate");
}

/// One row a signature: whether it is valid, of what, by whom, when, and where it stands.
ui::Table signatures_table(const std::string& file, const VerifyReport& report) {
  using Cut = ui::Table::Cut;
  ui::Table table({{tr("Verdict")},
                   {tr("Signed element"), Cut::middle},
                   {tr("Signatory"), Cut::two_lines},
                   {tr("Role"), Cut::two_lines},
                   {tr("Date")},
                   {tr("Place"), Cut::middle},
                   {"ETSI", Cut::middle, ui::Table::Shown::with_room}});
  for (const SignatureReport& signature : report.signatures) {
    const std::string date =
        signature.signed_at ? local_date_time(*signature.signed_at) : signature.signing_time;
    table.add({short_verdict(signature), signature.signed_id,
               signature.signer ? signature.signer->subject_cn : "", signature.role, date,
               fill("{1}:{2}:{3}",
                    {file, std::to_string(signature.line), std::to_string(signature.column)}),
               verdict_text(signature.verdict)});
  }
  return table;
}

/// `rsa-sha256` of its URI.
std::string_view algorithm(std::string_view uri) { return uri.substr(uri.rfind('#') + 1); }

std::string place_text(const SignatureReport& signature) {
  std::string text;
  for (const std::string& part : {signature.postal_code, signature.city, signature.country}) {
    if (!text.empty() && !part.empty()) text += ' ';
    text += part;
  }
  return text;
}

/// Who signed and how: what the row has no room for.
std::vector<std::string> particulars(const SignatureReport& signature) {
  std::vector<std::string> lines;
  if (signature.signer) {
    lines.push_back(
        say("certificate of {1}, issued by {2}, serial number {3}",
            {signature.signer->subject_cn, signature.signer->issuer_cn, signature.signer->serial}));
  }
  if (const std::string place = place_text(signature); !place.empty()) {
    lines.push_back(say("signed in {1}", {place}));
  }
  if (!signature.policy.empty()) lines.push_back(say("policy {1}", {signature.policy}));
  lines.push_back(say("algorithms {1} and {2}, XAdES {3}",
                      {algorithm(signature.signature_algorithm),
                       algorithm(signature.digest_algorithm), signature.xades}));
  return lines;
}

void show_signature(ui::Console& console, const SignatureReport& signature) {
  console.note(fill("{1}: {2}; {3}", {signature.signature_id, verdict_text(signature.verdict),
                                      judged_text(signature)}));
  for (const std::string& line : particulars(signature)) console.detail(1, "  " + line);
  show_checks(console, signature.checks);
}

void show_coverage(ui::Console& console, const Coverage& coverage) {
  if (coverage.root) return console.detail(1, tr("signatures cover the whole flow"));
  console.detail(1, say("bordereaux that signatures cover: {1} of {2}",
                        {std::to_string(coverage.covered), std::to_string(coverage.bordereaux)}));
}

}  // namespace

std::string_view word(Check::Result result) {
  switch (result) {
    case Check::Result::passed:
      return "passed";
    case Check::Result::failed:
      return "failed";
    case Check::Result::indeterminate:
      return "indeterminate";
    case Check::Result::warning:
      return "warning";
    case Check::Result::not_run:
      return "not-run";
  }
  return {};
}

std::string_view label(Check::Result result) {
  switch (result) {
    case Check::Result::passed:
      return tr("passed");
    case Check::Result::failed:
      return tr("failed");
    case Check::Result::indeterminate:
      return tr("indeterminate");
    case Check::Result::warning:
      return tr("warning");
    case Check::Result::not_run:
      return tr("not-run");
  }
  return {};
}

std::string verdict_text(const Verdict& verdict) {
  std::string text(id(verdict.indication()));
  if (verdict.reason() != SubIndication::none) text += ", " + std::string(id(verdict.reason()));
  return text;
}

void show_text(ui::Console& console, const std::string& file, const VerifyReport& report) {
  if (!report.signatures.empty()) console.result(signatures_table(file, report));
  show_coverage(console, report.coverage);
  show_checks(console, report.checks);
  for (const SignatureReport& signature : report.signatures) show_signature(console, signature);
}

}  // namespace pes::cmd
