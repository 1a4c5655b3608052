#include "pes/sandbox.hpp"

#include "commands.hpp"
#include "connections.hpp"
#include "exit_status.hpp"
#include "pes/error.hpp"
#include "sandbox_count.hpp"
#include "sandbox_library.hpp"
#include "session.hpp"
#include "ui/dates.hpp"
#include "ui/language.hpp"

#include <charconv>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace pes::cmd {

namespace {

struct Options {
  std::string port, scenario, fault_rate, seed;

  /// The first option given that only the server has; empty without any.
  [[nodiscard]] std::string of_the_server() const {
    if (!port.empty()) return "--port";
    if (!scenario.empty()) return "--scenario";
    if (!fault_rate.empty()) return "--fault-rate";
    return seed.empty() ? "" : "--seed";
  }
};

/// nullopt when the text is not a number and nothing else.
template <typename Number>
std::optional<Number> whole_number(const std::string& text) {
  Number number{};
  const char* const last = text.data() + text.size();
  const auto [end, failure] = std::from_chars(text.data(), last, number);
  if (failure != std::errc() || end != last) return std::nullopt;
  return number;
}

[[noreturn]] void refuse_value(const char* option, const std::string& text, const char* hint) {
  throw Error(ErrorCode::usage, say("{1} cannot be {2}", {option, text}), hint);
}

std::uint16_t parse_port(const std::string& text) {
  const auto port = whole_number<std::uint16_t>(text);
  if (!port) {
    refuse_value("--port", text, tr("write a number from 0 to 65535; 0 takes any free port"));
  }
  return *port;
}

double parse_fault_rate(const std::string& text) {
  const auto rate = whole_number<double>(text);
  if (!rate || !(*rate >= 0 && *rate <= 1)) {
    refuse_value("--fault-rate", text, tr("write a share from 0 to 1, as 0.05"));
  }
  return *rate;
}

std::uint64_t parse_seed(const std::string& text) {
  const auto seed = whole_number<std::uint64_t>(text);
  if (!seed) refuse_value("--seed", text, tr("write a whole number"));
  return *seed;
}

void show_addresses(ui::Console& console, const sandbox::Server& server,
                    const sandbox::Options& options) {
  if (console.json()) {
    ui::Json line = ui::typed_line("listening", "sandbox");
    line["tdt_url"] = server.tdt_url();
    line["sae_url"] = server.sae_url();
    line["folder"] = options.folder.native();
    line["scenario"] = std::string(sandbox_library().id(options.scenario));
    console.result_json(line);
    return;
  }
  console.result(fill("TdT\t{1}", {server.tdt_url()}));
  console.result(fill("SAE\t{1}", {server.sae_url()}));
  console.note("bac à sable : ceci est un test");
  console.note(
      say("certificates and passwords are in {1}; Ctrl-C ends", {options.folder.native()}));
}

/// One line for each request; they come from the server's threads.
class RequestLog {
 public:
  explicit RequestLog(ui::Console& console) : console_(console) {}

  void add(const std::string& request) {
    const std::lock_guard lock(one_at_a_time_);
    ++count_;
    if (console_.json()) {
      ui::Json line = ui::typed_line("request", "sandbox");
      line["text"] = request;
      console_.result_json(line);
    } else {
      console_.note(request);
    }
  }
  /// Once the server is gone.
  void finish() {
    if (!console_.json()) return;
    ui::Json line = ui::typed_line("summary", "sandbox");
    line["requests"] = count_;
    console_.result_json(line);
  }

 private:
  ui::Console& console_;
  std::mutex one_at_a_time_;
  std::size_t count_ = 0;
};

void serve(Session& session, const sandbox::Options& options) {
  sandbox_library().prepare(options.folder);
  const std::unique_ptr<sandbox::Server> server = sandbox_library().start(options);
  show_addresses(session.console(), *server, options);
  server->wait([&] { return session.is_stopping(); });
}

sandbox::Options wanted_server(const Options& options, Session& session) {
  if (!options.scenario.empty()) {
    (void)parse_scenario(options.scenario);
    session.override_setting("sandbox.scenario", options.scenario);
  }
  if (!options.seed.empty() && options.fault_rate.empty()) {
    throw Error(ErrorCode::usage, say("{1} goes with {2}", {"--seed", "--fault-rate"}));
  }
  sandbox::Options wanted = sandbox_options(session.settings(), session.home());
  if (!options.port.empty()) wanted.port = parse_port(options.port);
  if (!options.fault_rate.empty()) wanted.fault_rate = parse_fault_rate(options.fault_rate);
  if (!options.seed.empty()) wanted.fault_seed = parse_seed(options.seed);
  return wanted;
}

int run_server(const Options& options, Session& session) {
  RequestLog log(session.console());
  sandbox::Options wanted = wanted_server(options, session);
  wanted.log = [&](const std::string& request) { log.add(request); };
  serve(session, wanted);
  log.finish();
  return exit_status::done;
}

void require_no_server_option(const Options& options) {
  const std::string given = options.of_the_server();
  if (given.empty()) return;
  throw Error(ErrorCode::usage, say("{1} goes with the server alone", {given}),
              tr("for a scenario, set sandbox.scenario or PES_SANDBOX_SCENARIO"));
}

int run_tick(const Options& options, Session& session) {
  require_no_server_option(options);
  const sandbox::TickResult moved =
      sandbox_library().tick(sandbox_options(session.settings(), session.home()));
  ui::Console& console = session.console();
  if (console.json()) {
    ui::Json document = ui::with_schema("sandbox-tick");
    document["validated"] = moved.validated;
    document["sent"] = moved.sent;
    document["answered"] = moved.answered;
    document["archived"] = moved.archived;
    console.result_json(document);
  } else {
    console.result(say("validated: {1}, sent: {2}, answered: {3}, archived: {4}",
                       {std::to_string(moved.validated), std::to_string(moved.sent),
                        std::to_string(moved.answered), std::to_string(moved.archived)}));
  }
  return exit_status::done;
}

int run_transactions(const Options& options, Session& session) {
  require_no_server_option(options);
  const auto transactions =
      sandbox_library().transactions(sandbox_options(session.settings(), session.home()).folder);
  ui::Console& console = session.console();
  if (console.json()) {
    ui::Json document = ui::with_schema("sandbox-transactions");
    document["transactions"] = ui::Json::array();
    for (const sandbox::Transaction& transaction : transactions) {
      document["transactions"].push_back({{"id", transaction.id},
                                          {"status", transaction.status},
                                          {"message", ui::text_or_null(transaction.message)},
                                          {"file_name", transaction.file_name},
                                          {"nom_fic", transaction.nom_fic},
                                          {"cod_col", transaction.cod_col},
                                          {"sha1", transaction.sha1},
                                          {"received", iso8601(transaction.received)}});
    }
    console.result_json(document);
    return exit_status::done;
  }
  ui::Table table({{tr("Number")},
                   {tr("Status")},
                   {tr("File"), ui::Table::Cut::middle},
                   {"NomFic", ui::Table::Cut::middle},
                   {"CodCol"},
                   {tr("Received")},
                   {"Message", ui::Table::Cut::middle}});
  for (const sandbox::Transaction& transaction : transactions) {
    table.add({transaction.id, std::to_string(transaction.status), transaction.file_name,
               transaction.nom_fic, transaction.cod_col, local_date_time(transaction.received),
               transaction.message});
  }
  console.result(table);
  if (transactions.empty()) console.note(tr("the local TdT has received nothing yet"));
  return exit_status::done;
}

int run_count(const Options& options, Session& session) {
  require_no_server_option(options);
  const sandbox::Count count =
      sandbox_library().count(sandbox_options(session.settings(), session.home()).folder);
  show_sandbox_count(session.console(), count);
  return exit_status::done;
}

}  // namespace

void add_sandbox(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command =
      line.add("sandbox", tr("serve a TdT and a SAE on this machine, for tests"),
               {.examples = {"pes sandbox --port 8443", "pes sandbox --scenario partiel"},
                .timeout = Stance::obeys},
               [options](Session& session) { return run_server(*options, session); });
  command.add_option("--port", options->port, tr("port to listen on; 0 takes any free one"))
      .type_name("<number>");
  command.add_option("--scenario", options->scenario, tr("what they answer"))
      .type_name("<scenario>");
  command
      .add_option("--fault-rate", options->fault_rate,
                  tr("share of the requests that suffer a fault, drawn"))
      .type_name("<share>");
  command.add_option("--seed", options->seed, tr("number that the draws come from"))
      .type_name("<number>");
  command.add_below("tick", tr("move everything that waits by one step"),
                    {.examples = {"pes sandbox tick"}},
                    [options](Session& session) { return run_tick(*options, session); });
  command.add_below("transactions", tr("show what the local TdT has received"),
                    {.examples = {"pes sandbox transactions"}},
                    [options](Session& session) { return run_transactions(*options, session); });
  command.add_below("count", tr("tell how many times each flow was accepted and archived there"),
                    {.examples = {"pes sandbox count"}},
                    [options](Session& session) { return run_count(*options, session); });
}

}  // namespace pes::cmd
