#include "batch.hpp"
#include "commands.hpp"
#include "exit_status.hpp"
#include "input_file.hpp"
#include "pes/signature.hpp"
#include "session.hpp"
#include "ui/dates.hpp"
#include "ui/language.hpp"
#include "verify_ahead.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace pes::cmd {

namespace {

struct Options {
  BatchOptions batch;
  std::string name;
};

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

/// The same word, for a person.
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

std::string_view word(SignatureMode mode) {
  return mode == SignatureMode::bordereau ? "bordereau" : "root";
}

ui::Json checks_json(const std::vector<Check>& checks) {
  ui::Json result = ui::Json::array();
  for (const Check& check : checks) {
    result.push_back({{"number", check.number},
                      {"code", check.code},
                      {"result", std::string(word(check.result))},
                      {"message", ui::text_or_null(check.message)}});
  }
  return result;
}

ui::Json signer_json(const SignatureReport& signature) {
  if (!signature.signer) return nullptr;
  const Certificate& certificate = *signature.signer;
  return {{"cn", certificate.subject_cn},
          {"issuer_cn", certificate.issuer_cn},
          {"serial", certificate.serial},
          {"sha256", certificate.sha256},
          {"not_before", iso8601(certificate.not_before)},
          {"not_after", iso8601(certificate.not_after)}};
}

ui::Json signature_json(const SignatureReport& signature) {
  return {{"id", ui::text_or_null(signature.signature_id)},
          {"valid", signature.valid},
          {"mode", std::string(word(signature.mode))},
          {"signed_id", ui::text_or_null(signature.signed_id)},
          {"line", signature.line},
          {"column", signature.column},
          {"signer", signer_json(signature)},
          {"signing_time", ui::text_or_null(signature.signing_time)},
          {"signed_at",
           signature.signed_at ? ui::Json(iso8601(*signature.signed_at)) : ui::Json(nullptr)},
          {"role", ui::text_or_null(signature.role)},
          {"city", ui::text_or_null(signature.city)},
          {"postal_code", ui::text_or_null(signature.postal_code)},
          {"country", ui::text_or_null(signature.country)},
          {"policy", ui::text_or_null(signature.policy)},
          {"signature_algorithm", ui::text_or_null(signature.signature_algorithm)},
          {"digest_algorithm", ui::text_or_null(signature.digest_algorithm)},
          {"xades", ui::text_or_null(signature.xades)},
          {"checks", checks_json(signature.checks)}};
}

ui::Json report_json(const VerifyReport& report) {
  ui::Json signatures = ui::Json::array();
  for (const SignatureReport& signature : report.signatures) {
    signatures.push_back(signature_json(signature));
  }
  return {
      {"valid", report.valid}, {"checks", checks_json(report.checks)}, {"signatures", signatures}};
}

/// What went wrong, or deserves a look; all the rest with --verbose.
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

/// One row a signature: whether it is valid, of what, by whom, when, and where it stands.
ui::Table signatures_table(const std::string& file, const VerifyReport& report) {
  ui::Table table({{tr("Verdict")},
                   {tr("Signed element"), ui::Table::Cut::middle},
                   {tr("Signatory"), ui::Table::Cut::two_lines},
                   {tr("Role"), ui::Table::Cut::two_lines},
                   {tr("Date")},
                   {tr("Place"), ui::Table::Cut::middle}});
  for (const SignatureReport& signature : report.signatures) {
    const std::string date =
        signature.signed_at ? local_date_time(*signature.signed_at) : signature.signing_time;
    table.add({signature.valid ? tr("valid") : tr("invalid"), signature.signed_id,
               signature.signer ? signature.signer->subject_cn : "", signature.role, date,
               fill("{1}:{2}:{3}",
                    {file, std::to_string(signature.line), std::to_string(signature.column)})});
  }
  return table;
}

void show_text(ui::Console& console, const std::string& file, const VerifyReport& report) {
  if (!report.signatures.empty()) console.result(signatures_table(file, report));
  show_checks(console, report.checks);
  for (const SignatureReport& signature : report.signatures) {
    show_checks(console, signature.checks);
  }
}

std::string shown_name(const Options& options, const std::string& word) {
  if (word != "-") return word;
  return options.name.empty() ? tr("standard input") : options.name;
}

/// A stream is read when its turn comes; what can be read at any time is in `others`.
VerifyReport report_on(const Options& options, Session& session, VerifyAhead& others,
                       const std::string& word) {
  if (!InputFile::is_stream(word)) return others.next();
  const InputFile file(word, shown_name(options, word));
  return verify_pes_aller(file.path(), {.limits = {}, .now = session.clock().now()});
}

ItemOutcome verify(const Options& options, Session& session, VerifyAhead& others,
                   const std::string& word) {
  const std::string shown = shown_name(options, word);
  const VerifyReport report = report_on(options, session, others, word);
  if (!session.console().json()) show_text(session.console(), shown, report);

  ItemOutcome outcome;
  outcome.result = report.valid ? ItemOutcome::Result::done : ItemOutcome::Result::refused;
  outcome.status = report.valid ? exit_status::done : exit_status::refused;
  if (report.signatures.empty()) {
    outcome.text = say("{1}: not signed", {shown});
  } else {
    outcome.text = report.valid ? say("{1}: valid", {shown}) : say("{1}: not valid", {shown});
  }
  outcome.json = report_json(report);
  return outcome;
}

int run(const Options& options, Session& session) {
  std::vector<std::string> files;
  std::remove_copy_if(options.batch.items.begin(), options.batch.items.end(),
                      std::back_inserter(files), InputFile::is_stream);
  VerifyAhead ahead(std::move(files), {.limits = {}, .now = session.clock().now()});
  return run_batch(
      session, "verify", options.batch, [](const std::string&) { return ItemKind::file; },
      [&](const std::string& word, ItemKind) { return verify(options, session, ahead, word); });
}

}  // namespace

void add_verify(CommandLine& line) {
  auto options = std::make_shared<Options>();
  CLI::App& command =
      line.add("verify", tr("verify the signatures of a flow"),
               {.examples = {"pes verify flux-signe.xml", "pes verify - < flux-signe.xml"}},
               [options](Session& session) { return run(*options, session); });
  command.add_option("file", options->batch.items, tr("PES Aller; - reads one on standard input"))
      ->type_name("<file>")
      ->required();
  command.add_option("--nom", options->name, tr("name shown for standard input"))
      ->type_name("<name>");
  command.add_flag("--fail-fast", options->batch.fail_fast, tr("stop at the first failure"));
}

}  // namespace pes::cmd
