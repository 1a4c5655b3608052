#include "pes/trust.hpp"

#include "commands.hpp"
#include "exit_status.hpp"
#include "input_file.hpp"
#include "session.hpp"
#include "trust_sources.hpp"
#include "ui/dates.hpp"
#include "ui/language.hpp"
#include "verification_json.hpp"

#include <memory>
#include <string>
#include <vector>

namespace pes::cmd {

namespace {

struct ImportOptions {
  std::string file;
  std::string signer;
};

std::string_view word(ListSignature::State state) {
  switch (state) {
    case ListSignature::State::absent:
      return "absent";
    case ListSignature::State::uncheckable:
      return "uncheckable";
    case ListSignature::State::sound:
      return "sound";
  }
  return {};
}

ui::Json instant_json(const std::optional<Instant>& instant) {
  return instant ? ui::Json(iso8601(*instant)) : ui::Json(nullptr);
}

ui::Json list_json(const TrustedList& list) {
  return {{"territory", list.territory},
          {"operator", ui::text_or_null(list.scheme_operator)},
          {"sequence_number", ui::text_or_null(list.sequence_number)},
          {"issued", instant_json(list.issued)},
          {"next_update", instant_json(list.next_update)},
          {"services", list.services},
          {"granted", list.granted},
          {"file", list.file.native()}};
}

std::string shown_day(const std::optional<Instant>& instant) {
  return instant ? local_date(*instant) : "";
}

/// What the person can rely on, and what is left to them.
void tell_signature(const ListSignature& signature, bool signer_was_named, ui::Console& console) {
  switch (signature.state) {
    case ListSignature::State::absent:
      console.warning(tr("the list is not signed: nothing tells who made it"));
      return;
    case ListSignature::State::uncheckable:
      console.warning(
          tr("the list is signed in a form that is not checked here: nothing tells who made it"));
      return;
    case ListSignature::State::sound:
      break;
  }
  const Certificate& signer = *signature.signer;
  console.note(say("its signature matches it and the certificate that it carries: {1}, SHA-256 {2}",
                   {signer.subject_cn, signer.sha256}));
  if (signer_was_named) return;
  console.warning(tr("that this certificate is the operator's was not checked"));
  console.hint(tr("compare it with the European Commission's, or name it: --signer <file>"));
}

void warn_if_late(const TrustedList& list, Session& session) {
  if (!list.next_update || *list.next_update >= session.clock().now()) return;
  session.console().warning(say("the list of {1} should have been replaced by {2}",
                                {list.territory, shown_day(list.next_update)}));
}

int run_import(const ImportOptions& options, Session& session) {
  const std::string name = options.file == "-" ? tr("standard input") : options.file;
  const InputFile input(options.file, name);
  const ListImport done = import_trusted_list({.file = input.path(),
                                               .name = name,
                                               .folder = trusted_list_folder(session.home()),
                                               .signer = options.signer,
                                               .now = session.clock().now()});
  ui::Console& console = session.console();
  warn_if_late(done.list, session);
  if (console.json()) {
    ui::Json document = ui::with_schema("trust-import");
    document["changed"] = true;
    document["list"] = list_json(done.list);
    document["signature"] = {
        {"state", std::string(word(done.signature.state))},
        {"signer",
         done.signature.signer ? certificate_json(*done.signature.signer) : ui::Json(nullptr)},
        {"signer_was_named", !options.signer.empty()}};
    console.result_json(document);
    return exit_status::done;
  }
  tell_signature(done.signature, !options.signer.empty(), console);
  console.result(say("trusted list of {1} kept: number {2}, services: {3}, of which granted: {4}",
                     {done.list.territory, done.list.sequence_number,
                      std::to_string(done.list.services), std::to_string(done.list.granted)}));
  return exit_status::done;
}

ui::Table table_of(const std::vector<TrustedList>& lists) {
  using Cut = ui::Table::Cut;
  ui::Table table({{tr("Territory")},
                   {tr("Number")},
                   {tr("Issued")},
                   {tr("Until")},
                   {tr("Services")},
                   {tr("Granted")},
                   {tr("Operator"), Cut::middle}});
  for (const TrustedList& list : lists) {
    table.add({list.territory, list.sequence_number, shown_day(list.issued),
               shown_day(list.next_update), std::to_string(list.services),
               std::to_string(list.granted), list.scheme_operator});
  }
  return table;
}

int run_list(Session& session) {
  const std::vector<TrustedList> lists =
      trusted_lists(trusted_list_folder(session.home()), session.clock().now());
  ui::Console& console = session.console();
  for (const TrustedList& list : lists) warn_if_late(list, session);
  if (console.json()) {
    ui::Json document = ui::with_schema("trust-list");
    document["lists"] = ui::Json::array();
    for (const TrustedList& list : lists) document["lists"].push_back(list_json(list));
    console.result_json(document);
    return exit_status::done;
  }
  if (lists.empty()) {
    console.note(tr("no trusted list was imported"));
    console.hint(tr("take one from its operator, then: pes trust import <file>"));
    return exit_status::done;
  }
  console.result(table_of(lists));
  return exit_status::done;
}

}  // namespace

void add_trust(CommandLine& line) {
  Command& trust = line.add("trust", tr("choose whose certificates are trusted"), {}, {});
  auto options = std::make_shared<ImportOptions>();
  Command& import =
      trust.add_below("import", tr("keep a trusted list (ETSI TS 119 612) in the home"),
                      {.examples = {"pes trust import tl-fr.xml",
                                    "pes trust import tl-fr.xml --signer operateur.pem"}},
                      [options](Session& session) { return run_import(*options, session); });
  import.add_option("file", options->file, tr("the list, in XML; - reads it on standard input"))
      .type_name("<file>")
      .required();
  import
      .add_option("--signer", options->signer,
                  tr("refuse a list that this certificate did not sign (PEM or DER)"))
      .type_name("<file>");
  trust.add_below("list", tr("show the trusted lists of the home"),
                  {.examples = {"pes trust list"}},
                  [](Session& session) { return run_list(session); });
}

}  // namespace pes::cmd
