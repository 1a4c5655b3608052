#include "commands.hpp"
#include "exit_status.hpp"
#include "home.hpp"
#include "pes/moving.hpp"
#include "places.hpp"
#include "session.hpp"
#include "ui/language.hpp"
#include "user.hpp"

#include <memory>
#include <string>

namespace pes::cmd {

namespace {

struct Options {
  std::string to;
};

constexpr const char* the_folder = "files";

/// Made when there is none yet.
std::unique_ptr<port::Records> target(const std::string& store, Session& session) {
  if (!store.empty()) {
    require_database_address(store);
    create_database_home(database_access(session, session.settings(), session.home(), store));
  } else if (!std::filesystem::exists(session.home() / home_mark_name)) {
    create_home(session.home());
  }
  return open_records(session, store);
}

flow::Move moved(port::Records& from, port::Records& to, Session& session) {
  const auto store = from.store();
  const auto journal = from.journal();
  const auto stamps = from.stamps();
  flow::Services services{.store = *store,
                          .journal = *journal,
                          .stamps = *stamps,
                          .clock = session.clock(),
                          .settings = session.settings(),
                          .user = acting_user(session.settings(), session.environment()),
                          .command = "store migrate",
                          .listener = {}};
  return flow::move_home(services, from, to);
}

void show_json(ui::Console& console, const flow::Move& move, const port::Records& from,
               const port::Records& to, bool called_off) {
  ui::Json document = ui::with_schema("store-migrate");
  document["changed"] = move.changed;
  document["called_off"] = called_off;
  document["from"] = from.name();
  document["to"] = to.name();
  document["events"] = move.events;
  document["stamps"] = move.stamps;
  document["dossiers"] = move.dossiers;
  document["files"] = move.files;
  document["bytes"] = move.bytes;
  document["retours"] = move.retours;
  console.result_json(document);
}

void show_text(ui::Console& console, const flow::Move& move, const port::Records& to) {
  if (!move.changed) {
    console.result(say("the home lives in {1} already", {to.name()}));
    return;
  }
  console.result(say(
      "the home lives in {1} now, and all of it was compared: events: {2}, time stamps: {3}, "
      "dossiers: {4}, files: {5}, PES Retours: {6}",
      {to.name(), std::to_string(move.events), std::to_string(move.stamps),
       std::to_string(move.dossiers), std::to_string(move.files), std::to_string(move.retours)}));
}

/// The home is to live where it does already: at most, a move to elsewhere was begun.
int stay(port::Records& records, Session& session) {
  const Residence residence = records.residence();
  const bool changed = flow::call_off_move(records);
  ui::Console& console = session.console();
  if (console.json()) {
    show_json(console, {.changed = changed}, records, records, changed);
  } else if (changed) {
    console.result(say("the move to {2} was called off: the home lives in {1}",
                       {records.name(), residence.place}));
  } else {
    show_text(console, {.changed = false}, records);
  }
  return exit_status::done;
}

int run_migrate(const Options& options, Session& session) {
  const std::string store = options.to == the_folder ? "" : options.to;
  const std::string configured = session.settings().text("store");
  // The source first: a wrong one makes no target.
  const auto from = open_records(session, configured);
  const auto to = target(store, session);
  if (from->name() == to->name()) return stay(*from, session);
  const flow::Move move = moved(*from, *to, session);
  ui::Console& console = session.console();
  if (console.json()) {
    show_json(console, move, *from, *to, false);
  } else {
    show_text(console, move, *to);
  }
  if (store == configured) return exit_status::done;
  console.hint(store.empty() ? tr("take the key store out of the configuration of each machine")
                             : say("in pes.toml of each machine, above the tables: store = \"{1}\"",
                                   {store}));
  return exit_status::done;
}

}  // namespace

void add_store(CommandLine& line) {
  Command& store = line.add("store", tr("choose where the home lives"), {}, {});
  auto options = std::make_shared<Options>();
  Command& migrate =
      store.add_below("migrate", tr("bring the home into a database, or back into its folder"),
                      {.examples = {"pes store migrate postgresql://db.example.org/pes",
                                    "pes store migrate files"}},
                      [options](Session& session) { return run_migrate(*options, session); });
  migrate.add_option("to", options->to, tr("postgresql://…, or « files » for its folder"))
      .type_name("<to>")
      .required();
}

}  // namespace pes::cmd
