#include "accounts.hpp"
#include "batch.hpp"
#include "commands.hpp"
#include "dossier_json.hpp"
#include "dossier_query.hpp"
#include "dossier_text.hpp"
#include "exit_status.hpp"
#include "findings.hpp"
#include "moment_option.hpp"
#include "pes/error.hpp"
#include "pes/flow.hpp"
#include "session.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace pes::cmd {

namespace {

// --- test ---------------------------------------------------------------------

std::string with_login(const port::Tdt& tdt, const ServiceAccount& account) {
  return account.login.empty() ? tdt.name() : fill("{1}, {2}", {tdt.name(), account.login});
}

std::string require_right_to_follow(port::Tdt& tdt) {
  if (tdt.may_follow()) return {};
  throw Error(
      ErrorCode::identity_refused,
      say("{1} lets this account send, and not follow: no acquit would ever come", {tdt.name()}),
      tr("ask the TdT for the right RW on Hélios"));
}

/// An archivist may list; what is listed does not matter.
std::string require_archivist(port::Tdt& tdt, Instant now) {
  constexpr int information_available = 8;
  (void)tdt.transactions(information_available, now);
  return {};
}

std::vector<Finding> test_account(Session& session, const ServiceAccount& account) {
  const std::string entities = entities_of(account, session.settings().entities());
  const std::string& id_e = account.id_es.front();
  port::Tdt* tdt = nullptr;
  std::vector<Finding> findings{look_at(say("TdT of {1}", {entities}), [&] {
    tdt = &session.connections().tdt(id_e);
    tdt->test_connection();
    return with_login(*tdt, account);
  })};
  // An account that is refused could do nothing of what follows.
  if (findings.front().error) return findings;
  findings.push_back(look_at(say("right to follow, {1}", {entities}),
                             [&] { return require_right_to_follow(*tdt); }));
  Finding archivist = look_at(say("archivist's account, {1}", {entities}),
                              [&] { return require_archivist(*tdt, session.clock().now()); });
  const bool has_none = archivist.error && archivist.error->code() == ErrorCode::config_missing;
  if (!has_none) findings.push_back(std::move(archivist));
  return findings;
}

int run_test(Session& session) {
  std::vector<Finding> findings;
  for (const ServiceAccount& account : accounts_of(session, "tdt")) {
    const std::vector<Finding> found = test_account(session, account);
    findings.insert(findings.end(), found.begin(), found.end());
    if (session.is_stopping()) break;
  }
  return show_findings(session.console(), "tdt-test", findings);
}

// --- logins -------------------------------------------------------------------

int run_logins(Session& session) {
  ui::Console& console = session.console();
  const EntityTree& tree = session.settings().entities();
  ui::Json document = ui::with_schema("tdt-logins");
  document["logins"] = ui::Json::array();
  ui::Table table({{tr("Login")}, {tr("Used")}, {"Entité", ui::Table::Cut::two_lines}});
  for (const ServiceAccount& account : accounts_of(session, "tdt")) {
    port::Tdt& tdt = session.connections().tdt(account.id_es.front());
    const std::vector<std::string> logins = tdt.logins();
    if (logins.empty()) {
      console.warning(say("{1} does not know the certificate of {2}",
                          {tdt.name(), entities_of(account, tree)}));
    }
    for (const std::string& login : logins) {
      const bool is_used = login == account.login || (account.login.empty() && logins.size() == 1);
      table.add({login.empty() ? tr("(none needed)") : login, is_used ? tr("yes") : "",
                 entities_of(account, tree)});
      document["logins"].push_back({{"login", ui::text_or_null(login)},
                                    {"used", is_used},
                                    {"entities", account.id_es},
                                    {"tdt", tdt.name()}});
    }
  }
  if (console.json()) {
    console.result_json(document);
  } else {
    console.result(table);
  }
  return exit_status::done;
}

// --- transactions -------------------------------------------------------------

struct ListOptions {
  std::string status = "8";
  std::string from;
};

int status_number(const std::string& text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [last, fault] = std::from_chars(text.data(), end, number);
  if (fault == std::errc() && last == end) return number;
  throw Error(ErrorCode::usage, say("{1} is no status of the TdT", {text}),
              tr("give its number: 1 posted, 2 waiting, 3 transmitted, 8 answered, -1 refused"));
}

Instant beginning(const ListOptions& options, Session& session) {
  if (options.from.empty()) return session.clock().now() - std::chrono::days(30);
  return moment_of("--from", options.from, ui::DayEdge::first_second);
}

/// Which dossier a transaction is of: numbers are those of one TdT, so of some entities.
std::map<std::string, Dossier> dossiers_by_transaction(Session& session,
                                                       const ServiceAccount& account) {
  std::map<std::string, Dossier> known;
  session.store().visit(
      [&](const Dossier& dossier) {
        const std::string number(dossier.value(field::pes_tedetis_transaction_id));
        const bool is_theirs = std::find(account.id_es.begin(), account.id_es.end(),
                                         dossier.id_e) != account.id_es.end();
        if (!number.empty() && is_theirs) known.emplace(number, dossier);
      },
      [](const DossierId&, const Error&) {});
  return known;
}

int run_transactions(const ListOptions& options, Session& session) {
  const int status = status_number(options.status);
  const Instant from = beginning(options, session);
  ui::Console& console = session.console();
  ui::Json document = ui::with_schema("tdt-transactions");
  document["status"] = status;
  document["transactions"] = ui::Json::array();
  ui::Table table({{"Transaction"},
                   {tr("Dossier")},
                   {"Objet", ui::Table::Cut::two_lines},
                   {"État", ui::Table::Cut::two_lines}});
  for (const ServiceAccount& account : accounts_of(session, "tdt")) {
    port::Tdt& tdt = session.connections().tdt(account.id_es.front());
    const auto known = dossiers_by_transaction(session, account);
    for (const std::string& number : tdt.transactions(status, from)) {
      const auto found = known.find(number);
      const Dossier* const dossier = found == known.end() ? nullptr : &found->second;
      table.add({number, dossier ? dossier->id_d.text() : "", dossier ? dossier->titre() : "",
                 dossier ? std::string(label(dossier->state())) : ""});
      document["transactions"].push_back(
          {{"id", number},
           {"id_d", dossier ? ui::Json(dossier->id_d.text()) : ui::Json(nullptr)},
           {"titre", dossier ? ui::Json(dossier->titre()) : ui::Json(nullptr)},
           {"entities", account.id_es},
           {"tdt", tdt.name()}});
    }
  }
  if (console.json()) {
    console.result_json(document);
  } else {
    console.result(table);
  }
  return exit_status::done;
}

// --- page ---------------------------------------------------------------------

struct PageOptions {
  std::string dossier;
};

/// Whose page it is.
struct Page {
  std::string id_e;
  std::string transaction;  // empty: all of them
};

Page page_asked_for(const PageOptions& options, Session& session) {
  if (options.dossier.empty()) {
    const std::vector<ServiceAccount> accounts = accounts_of(session, "tdt");
    if (accounts.size() == 1) return {.id_e = accounts.front().id_es.front(), .transaction = {}};
    throw Error(ErrorCode::usage, tr("several accounts of the TdT are configured"),
                tr("name the entity: --entity <entity>"));
  }
  const Dossier dossier = session.store().read(parse_dossier_id(options.dossier));
  const std::string_view transaction = dossier.value(field::pes_tedetis_transaction_id);
  if (transaction.empty()) {
    throw Error(ErrorCode::state_forbids,
                say("dossier {1} has no transaction at the TdT yet", {dossier.id_d.text()}),
                tr("for the list of all of them: pes tdt page"));
  }
  return {.id_e = dossier.id_e, .transaction = std::string(transaction)};
}

int run_page(const PageOptions& options, Session& session) {
  const Page page = page_asked_for(options, session);
  const Secret address = session.connections().tdt(page.id_e).page(page.transaction);
  ui::Console& console = session.console();
  if (console.json()) {
    ui::Json document = ui::with_schema("tdt-page");
    document["transaction"] = ui::text_or_null(page.transaction);
    document["url"] = address.reveal();
    console.result_json(document);
    return exit_status::done;
  }
  console.result(address.reveal());
  console.note(
      tr("for five minutes, and in a browser that has the certificate: whoever has this "
         "address enters as you"));
  return exit_status::done;
}

// --- acquit, archived ---------------------------------------------------------

ItemOutcome outcome_of_change(Session& session, const flow::Outcome& done, const char* changed,
                              const char* unchanged) {
  ItemOutcome outcome;
  outcome.changed = done.changed;
  outcome.result = done.changed ? ItemOutcome::Result::done : ItemOutcome::Result::already_done;
  outcome.text =
      fill("{1} : {2}", {done.dossier.id_d.text(), done.changed ? tr(changed) : tr(unchanged)});
  outcome.json["dossier"] = dossier_detail(done.dossier, session.settings().entities());
  return outcome;
}

constexpr const char* translatable(const char* english) { return english; }

int run_acquit(const BatchOptions& options, Session& session) {
  return run_dossiers(
      session, "tdt-acquit", with_standard_input(options), [&](const DossierId& id) {
        const flow::Outcome done =
            flow::refresh_acquit(session.services(), session.connections().partners(), id);
        return outcome_of_change(session, done, translatable("another acquit came"),
                                 translatable("no other acquit"));
      });
}

int run_archived(const BatchOptions& options, Session& session) {
  return run_dossiers(
      session, "tdt-archived", with_standard_input(options), [&](const DossierId& id) {
        const flow::Outcome done =
            flow::tell_archived(session.services(), session.connections().partners(), id);
        return outcome_of_change(session, done,
                                 translatable("the TdT knows now that it is archived"),
                                 translatable("the TdT knew that it is archived"));
      });
}

void add_batch_command(Command& tdt, const char* name, const char* summary, const char* example,
                       int (*run)(const BatchOptions&, Session&)) {
  auto options = std::make_shared<BatchOptions>();
  Command& command =
      tdt.add_below(name, summary, {.examples = {example}, .timeout = Stance::obeys},
                    [options, run](Session& session) { return run(*options, session); });
  add_batch_options(command, *options);
}

}  // namespace

void add_tdt(CommandLine& line) {
  Command& tdt = line.add("tdt", tr("look at the TdT, and settle things with it"), {}, {});
  tdt.add_below("test", tr("reach the TdT and check what the account may do"),
                {.examples = {"pes tdt test", "pes tdt test --entity 2"}, .timeout = Stance::obeys},
                run_test);
  tdt.add_below("logins", tr("list the accounts of the certificate"),
                {.examples = {"pes tdt logins"}, .timeout = Stance::obeys}, run_logins);

  auto list = std::make_shared<ListOptions>();
  Command& transactions =
      tdt.add_below("transactions", tr("list the transactions that came to a status"),
                    {.examples = {"pes tdt transactions", "pes tdt transactions --status 3"},
                     .timeout = Stance::obeys},
                    [list](Session& session) { return run_transactions(*list, session); });
  transactions
      .add_option("--status", list->status, tr("its number at the TdT; otherwise 8, answered"))
      .type_name("<number>");
  transactions.add_option("--from", list->from, tr("since this day; otherwise for thirty days"))
      .type_name("<date>");

  auto page = std::make_shared<PageOptions>();
  Command& page_command = tdt.add_below(
      "page", tr("give the address of the TdT's page, already logged in"),
      {.examples = {"pes tdt page", "pes tdt page O5uC72H"}, .timeout = Stance::obeys},
      [page](Session& session) { return run_page(*page, session); });
  page_command.add_option("dossier", page->dossier, tr("of this dossier's transaction"))
      .type_name("<dossier>");

  add_batch_command(tdt, "acquit", tr("ask whether Hélios answered a flow a second time"),
                    "pes tdt acquit O5uC72H", run_acquit);
  add_batch_command(tdt, "archived", tr("tell the TdT what the SAE has accepted"),
                    "pes tdt archived O5uC72H", run_archived);
}

}  // namespace pes::cmd
