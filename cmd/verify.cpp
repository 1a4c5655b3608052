#include "batch.hpp"
#include "commands.hpp"
#include "exit_status.hpp"
#include "input_file.hpp"
#include "pes/error.hpp"
#include "pes/verification.hpp"
#include "session.hpp"
#include "trust_sources.hpp"
#include "ui/dates.hpp"
#include "ui/language.hpp"
#include "verification_json.hpp"
#include "verification_junit.hpp"
#include "verification_sarif.hpp"
#include "verification_text.hpp"
#include "verified_file.hpp"
#include "verify_ahead.hpp"
#include "xml_files.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pes::cmd {

namespace {

struct Options {
  BatchOptions batch;
  std::string name;
  std::string profile = "helios";
  bool strict = false;
  std::string at;
  TrustOptions trust;
  std::string format = "text";
};

Profile parse_profile(const std::string& word) {
  if (word == "helios") return Profile::helios;
  if (word == "s2low") return Profile::s2low;
  if (word == "etsi") return Profile::etsi;
  throw Error(ErrorCode::usage, say("« {1} » is no profile", {word}),
              tr("there are helios, s2low and etsi"));
}

/// Without a word, what the profile has for a rule: ETSI trusts no claimed time.
JudgingTime parse_judging_time(const std::string& word, Profile profile) {
  using Source = JudgingTime::Source;
  if (word.empty()) return {profile == Profile::etsi ? Source::now : Source::signing_time, {}};
  if (word == "signing-time") return {Source::signing_time, {}};
  if (word == "now") return {Source::now, {}};
  if (const auto instant = ui::parse_moment(word, ui::DayEdge::last_second)) {
    return {Source::instant, *instant};
  }
  throw Error(ErrorCode::usage, say("« {1} » is no time to judge at", {word}),
              tr("write signing-time, now, a day as 2026-01-05, or 2026-01-05T13:45:00Z"));
}

enum class Format { text, junit, sarif };

Format parse_format(const std::string& word, const ui::Console& console) {
  if (word == "text") return Format::text;
  if (word != "junit" && word != "sarif") {
    throw Error(ErrorCode::usage, say("« {1} » is no format of a report", {word}),
                tr("there are text, junit and sarif; and --json"));
  }
  if (console.json()) {
    throw Error(ErrorCode::usage, tr("--json and --format exclude each other"));
  }
  return word == "junit" ? Format::junit : Format::sarif;
}

VerifyOptions rules_of(const Options& options, Session& session, const TrustStore* trust) {
  const Profile profile = parse_profile(options.profile);
  return {.limits = {},
          .now = session.clock().now(),
          .profile = profile,
          .strict = options.strict,
          .at = parse_judging_time(options.at, profile),
          .trust = trust,
          .schemas = session.settings().path("schemas.pes")};
}

bool is_refused(const VerifyReport& report) {
  return pes::is_refused(report.checks) ||
         std::any_of(report.signatures.begin(), report.signatures.end(),
                     [](const auto& signature) { return pes::is_refused(signature.checks); });
}

std::string sentence(const std::string& name, const VerifyReport& report) {
  if (report.signatures.empty()) return say("{1}: not signed", {name});
  if (report.valid) return say("{1}: valid", {name});
  return is_refused(report) ? say("{1}: not valid", {name})
                            : say("{1}: whether it is valid cannot be told", {name});
}

/// What can be read at any time.
std::vector<std::string> without_streams(const std::vector<std::string>& words) {
  std::vector<std::string> files;
  std::remove_copy_if(words.begin(), words.end(), std::back_inserter(files), InputFile::is_stream);
  return files;
}

/// One run over several files.
class Verification {
 public:
  Verification(const Options& options, const std::vector<std::string>& words, Session& session)
      : options_(options),
        session_(session),
        format_(parse_format(options.format, session.console())),
        trust_(trust_store(options.trust, session)),
        rules_(rules_of(options, session, trust_ ? &*trust_ : nullptr)),
        files_ahead_(without_streams(words), rules_) {}

  ItemOutcome verify(const std::string& word) {
    VerifiedFile file{word == "-" ? shown_input() : word, std::nullopt, std::nullopt};
    try {
      file.report = report_on(word);
    } catch (const Error& error) {
      file.error = error;
      keep(std::move(file));
      throw;
    }
    ItemOutcome outcome = outcome_of(file);
    keep(std::move(file));
    return outcome;
  }

  /// Once all files are seen.
  void show_whole() {
    ui::Console& console = session_.console();
    if (format_ == Format::junit) console.result_bytes(junit_report(files_));
    if (format_ == Format::sarif) console.result_json(sarif_log(files_));
  }

 private:
  [[nodiscard]] std::string shown_input() const {
    return options_.name.empty() ? tr("standard input") : options_.name;
  }

  /// A stream is read when its turn comes.
  VerifyReport report_on(const std::string& word) {
    if (!InputFile::is_stream(word)) return files_ahead_.next();
    const InputFile input(word, word == "-" ? shown_input() : std::string());
    return verify_pes_aller(input.file(), rules_);
  }

  ItemOutcome outcome_of(const VerifiedFile& file) {
    const VerifyReport& report = *file.report;
    if (!report.signatures.empty()) warn_without_trust();
    ui::Console& console = session_.console();
    ItemOutcome outcome;
    outcome.result = report.valid ? ItemOutcome::Result::done : ItemOutcome::Result::refused;
    outcome.status = report.valid ? exit_status::done : exit_status::refused;
    if (format_ != Format::text) return outcome;
    if (!console.json()) show_text(console, file.name, report);
    outcome.text = sentence(file.name, report);
    outcome.json = {{"profile", options_.profile}, {"strict", options_.strict}};
    outcome.json.update(report_json(report));
    return outcome;
  }

  /// Once a run: it says the same of all.
  void warn_without_trust() {
    if (trust_ || std::exchange(warned_, true)) return;
    session_.console().warning(
        tr("nobody was named as trusted, so who signed was not judged: name authorities with "
           "--trust, or verify.trust in pes.toml"));
  }

  /// A report that is shown at once is not kept: there may be thousands.
  void keep(VerifiedFile file) {
    if (format_ != Format::text) files_.push_back(std::move(file));
  }

  const Options& options_;
  Session& session_;
  Format format_;
  std::optional<TrustStore> trust_;
  VerifyOptions rules_;
  std::vector<VerifiedFile> files_;
  bool warned_ = false;
  VerifyAhead files_ahead_;  // last: its threads use what stands above
};

int run(const Options& options, Session& session) {
  BatchOptions batch = options.batch;
  batch.items = with_files_of_folders(batch.items);
  Verification verification(options, batch.items, session);
  const int status = run_batch(
      session, "verify", batch, [](const std::string&) { return ItemKind::file; },
      [&](const std::string& word, ItemKind) { return verification.verify(word); });
  verification.show_whole();
  return status;
}

}  // namespace

void add_verify(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command =
      line.add("verify", tr("verify the signatures of a flow"),
               {.examples = {"pes verify flux-signe.xml", "pes verify - < flux-signe.xml",
                             "pes verify --trust ac.pem --format junit flux/"}},
               [options](Session& session) { return run(*options, session); });
  command
      .add_option("file", options->batch.items,
                  tr("PES Aller, or a folder of them; - reads one on standard input"))
      .type_name("<file>")
      .required();
  command
      .add_option("--trust", options->trust.authorities,
                  tr("trust the authorities of this file or folder (PEM or DER)"))
      .type_name("<path>")
      .one_value_each();
  command
      .add_option("--crl", options->trust.crls,
                  tr("use the lists of revoked certificates of this file or folder"))
      .type_name("<path>")
      .one_value_each();
  command.add_flag("--online", options->trust.online,
                   tr("ask the authorities about revocations, over the network"));
  command.add_option("--profile", options->profile, tr("whose rules decide"))
      .type_name("{helios | s2low | etsi}");
  command.add_flag("--strict", options->strict, tr("refuse what otherwise is a warning"));
  command.add_option("--at", options->at, tr("judge certificates at signing-time, now or a date"))
      .type_name("<moment>");
  command.add_option("--format", options->format, tr("form of the report"))
      .type_name("{text | junit | sarif}");
  command.add_option("--nom", options->name, tr("name shown for standard input"))
      .type_name("<name>");
  command.add_flag("--fail-fast", options->batch.fail_fast, tr("stop at the first failure"));
}

}  // namespace pes::cmd
