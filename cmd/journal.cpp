#include "batch.hpp"
#include "commands.hpp"
#include "dossier_query.hpp"
#include "exit_status.hpp"
#include "journal_query.hpp"
#include "journal_verification.hpp"
#include "moment_option.hpp"
#include "pes/dossier_type.hpp"
#include "pes/error.hpp"
#include "session.hpp"
#include "stamping.hpp"
#include "ui/language.hpp"

#include <deque>
#include <memory>
#include <string>

namespace pes::cmd {

namespace {

struct Options {
  std::string dossier, type, event_type, user, search, from, to, number, get, in;
  std::string page, limit;  // empty: the first, of 20
  bool csv = false;
  bool bundle = false;
  bool follow = false;
  bool verify = false;
};

JournalQuery query(const Options& options, Session& session) {
  JournalQuery query;
  if (!options.dossier.empty()) query.id_d = parse_dossier_id(options.dossier);
  // Only an entity that was asked for: the whole journal is the usual question.
  if (session.options().entity) query.id_e = session.entity()->id_e;
  if (!options.type.empty()) query.document_type = dossier_type(options.type).id;
  if (!options.event_type.empty()) query.event_type = parse_event_type(options.event_type);
  if (!options.user.empty()) query.user = options.user;
  if (!options.from.empty()) {
    query.from = moment_of("--from", options.from, ui::DayEdge::first_second);
  }
  if (!options.to.empty()) query.to = moment_of("--to", options.to, ui::DayEdge::last_second);
  query.text = options.search;
  return query;
}

/// The events of a page, newest first, and how many there are in all.
struct Found {
  std::vector<Event> events;
  Page page;
};

Found find(const port::Journal& journal, const JournalQuery& query, std::size_t number,
           std::size_t limit) {
  // The last events are kept as the journal goes by, up to the page that is wanted.
  std::deque<Event> last;
  std::size_t total = 0;
  journal.visit(0, [&](const Event& event) {
    if (!matches(query, event)) return true;
    ++total;
    last.push_back(event);
    if (last.size() > number * limit) last.pop_front();
    return true;
  });
  Found found;
  found.page = page_of(total, number, limit);
  const std::size_t newer = (number - 1) * limit;
  for (std::size_t i = newer; i < last.size() && i < newer + limit; ++i) {
    found.events.push_back(last[last.size() - 1 - i]);
  }
  return found;
}

int show_page(const Options& options, Session& session) {
  const std::size_t number = options.page.empty() ? 1 : parse_count("--page", options.page);
  const std::size_t limit = options.limit.empty() ? 20 : parse_count("--limit", options.limit);
  const Found found = find(session.journal(), query(options, session), number, limit);
  const EntityTree& entities = session.settings().entities();
  ui::Console& console = session.console();
  if (console.json()) {
    ui::Json document = ui::with_schema("journal");
    document["total"] = found.page.total;
    document["page"] = number;
    document["limit"] = limit;
    document["events"] = ui::Json::array();
    const std::uint64_t oldest = found.events.empty() ? 0 : found.events.back().id_j;
    const StampTimes times = stamp_times(session.stamps(), oldest);
    for (const Event& event : found.events) {
      document["events"].push_back(event_json(event, entities, times));
    }
    console.result_json(document);
    return exit_status::done;
  }
  ui::Table table(journal_columns());
  for (const Event& event : found.events) table.add(journal_cells(event, entities));
  console.result(table);
  if (console.is_terminal()) console.result(found.page.position());
  if (found.page.total == 0) console.note(tr("the journal holds no such event"));
  return exit_status::done;
}

void show_detail(ui::Console& console, const Event& event, const EntityTree& entities,
                 const StampTimes& times) {
  ui::Table table({{tr("Event")}, {"", ui::Table::Cut::middle}});
  const auto columns = journal_columns();
  const auto cells = journal_cells(event, entities);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!cells[i].empty()) table.add({columns[i].header, cells[i]});
  }
  table.add({"Message horodaté", message_horodate(event)});
  if (const auto stamped = times.find(event.id_j); stamped != times.end()) {
    table.add({"Date et heure de l'horodatage", local_date_time(stamped->second)});
  }
  if (!event.attempt.empty()) table.add({tr("Attempt"), event.attempt});
  if (!event.reason.empty()) table.add({tr("Reason"), event.reason});
  table.add({"SHA-256", event.sha256});
  table.add({tr("SHA-256 of the event before"), event.previous});
  console.result(table);
}

std::optional<port::Stamp> stamp_of(const Event& event, const port::Stamps& stamps) {
  std::optional<port::Stamp> found;
  stamps.visit(event.id_j, [&](const port::Stamp& stamp) {
    if (stamp.id_j == event.id_j) found = stamp;
    return false;
  });
  return found;
}

/// What another program verifies a time stamp with.
int get_part(const std::string& part, const Event& event, Session& session) {
  if (part == "ligne") {
    session.console().result_bytes(event.line);
    return exit_status::done;
  }
  if (part != "preuve") {
    throw Error(ErrorCode::usage, say("{1} cannot be {2}", {"--get", part}),
                say("choose one of {1}", {"ligne, preuve"}));
  }
  const auto stamp = stamp_of(event, session.stamps());
  if (!stamp) {
    throw Error(ErrorCode::file_unknown,
                say("event {1} has no time stamp", {std::to_string(event.id_j)}),
                tr("events are stamped by the next pes run, when journal.tsa names an authority"));
  }
  session.console().result_bytes(stamp->reply);
  return exit_status::done;
}

int show_event(const Options& options, Session& session) {
  const std::uint64_t wanted = parse_count("--numero", options.number);
  const std::optional<Event> found = session.journal().find(wanted);
  if (!found) {
    throw Error(ErrorCode::usage, say("the journal has no event {1}", {options.number}),
                tr("see the last ones: pes journal"));
  }
  if (!options.get.empty()) return get_part(options.get, *found, session);
  const EntityTree& entities = session.settings().entities();
  const StampTimes times = stamp_times(session.stamps(), wanted);
  if (session.console().json()) {
    ui::Json document = ui::with_schema("journal");
    document["event"] = event_json(*found, entities, times);
    session.console().result_json(document);
  } else {
    show_detail(session.console(), *found, entities, times);
  }
  return exit_status::done;
}

int export_csv(const Options& options, Session& session) {
  ui::Console& console = session.console();
  if (console.json()) {
    throw Error(ErrorCode::usage, say("{1} and {2} contradict each other", {"--csv", "--json"}));
  }
  const JournalQuery wanted = query(options, session);
  const EntityTree& entities = session.settings().entities();
  constexpr std::size_t block = 65536;
  const StampTimes times = stamp_times(session.stamps(), 0);
  std::string lines = csv_header();
  session.journal().visit(0, [&](const Event& event) {
    if (matches(wanted, event)) lines += csv_line(event, entities, times);
    if (lines.size() >= block) {
      console.result_bytes(lines);
      lines.clear();
    }
    return !console.abandoned();
  });
  console.result_bytes(lines);
  return exit_status::done;
}

void show_new_event(ui::Console& console, const Event& event, const EntityTree& entities) {
  if (console.json()) {
    ui::Json line = ui::typed_line("event", "journal");
    line["event"] = event_json(event, entities, {});
    console.result_json(line);
    return;
  }
  ui::Table row(journal_columns());
  row.add(journal_cells(event, entities));
  console.result_bytes(row.tabbed());
}

int follow(const Options& options, Session& session) {
  ui::Console& console = session.console();
  const port::Journal& journal = session.journal();
  const JournalQuery wanted = query(options, session);
  const EntityTree& entities = session.settings().entities();
  std::size_t seen = 0;
  for (std::uint64_t position = journal.position(); !session.is_stopping();) {
    position = journal.visit(position, [&](const Event& event) {
      if (matches(wanted, event)) {
        show_new_event(console, event, entities);
        ++seen;
      }
      return !console.abandoned();
    });
    if (console.abandoned()) break;
    session.clock().wait_until(session.clock().now() + std::chrono::seconds(1));
  }
  if (console.json()) {
    ui::Json line = ui::typed_line("summary", "journal");
    line["events"] = seen;
    console.result_json(line);
  }
  return exit_status::done;
}

/// Pastell's « Faisceau de preuves », of one dossier.
int export_bundle(const Options& options, Session& session) {
  if (options.dossier.empty()) {
    throw Error(ErrorCode::usage, say("{1} goes with {2}", {"--export", "<dossier>"}),
                tr("name the dossier: pes journal <dossier> --export"));
  }
  session.console().result_bytes(flow::proof_bundle(session.journal(), session.stamps(),
                                                    parse_dossier_id(options.dossier), 0));
  return exit_status::done;
}

void require_with(const std::string& value, const char* option, bool is_there, const char* other) {
  if (value.empty() || is_there) return;
  throw Error(ErrorCode::usage, say("{1} goes with {2}", {option, other}));
}

int run(const Options& options, Session& session) {
  const int modes = (options.csv ? 1 : 0) + (options.follow ? 1 : 0) + (options.verify ? 1 : 0) +
                    (options.bundle ? 1 : 0) + (options.number.empty() ? 0 : 1);
  if (modes > 1) {
    throw Error(ErrorCode::usage,
                tr("--csv, --export, --follow, --verify and --numero exclude each other"),
                tr("keep one of them"));
  }
  require_with(options.in, "--in", options.verify, "--verify");
  require_with(options.get, "--get", !options.number.empty(), "--numero");
  if (modes == 1 && !(options.page.empty() && options.limit.empty())) {
    throw Error(ErrorCode::usage, tr("--page and --limit go with the list of events alone"),
                tr("leave them out"));
  }
  if (options.csv) return export_csv(options, session);
  if (options.follow) return follow(options, session);
  if (options.verify) {
    return options.in.empty() ? verify_journal(session) : verify_proof_bundle(session, options.in);
  }
  if (options.bundle) return export_bundle(options, session);
  if (!options.number.empty()) return show_event(options, session);
  return show_page(options, session);
}

}  // namespace

void add_journal(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command =
      line.add("journal", tr("read, follow, export or verify the journal"),
               {.examples = {"pes journal O5uC72H", "pes journal --from 2022-03-01 --csv",
                             "pes journal --verify", "pes journal O5uC72H --export"},
                .timeout = Stance::obeys},
               [options](Session& session) { return run(*options, session); });
  command.add_option("dossier", options->dossier, tr("of this dossier alone"))
      .type_name("<dossier>");
  command.add_option("--type", options->type, tr("only this type of dossier")).type_name("<type>");
  command.add_option("--event-type", options->event_type, tr("only this type of event"))
      .type_name("<number>");
  command.add_option("--user,--utilisateur", options->user, tr("only this user"))
      .type_name("<user>");
  command.add_option("--search", options->search, tr("only events that hold this text"))
      .type_name("<text>");
  command.add_option("--from", options->from, tr("from this day on")).type_name("<date>");
  command.add_option("--to", options->to, tr("up to this day, included")).type_name("<date>");
  command.add_option("--page", options->page, tr("page number, from 1")).type_name("<number>");
  command.add_option("--limit", options->limit, tr("events on a page")).type_name("<number>");
  command.add_option("--numero", options->number, tr("this event, in full")).type_name("<number>");
  command
      .add_option("--get", options->get,
                  tr("of that event: ligne, its bytes; preuve, its time stamp"))
      .type_name("<part>");
  command.add_flag("--export", options->bundle, tr("the bundle of proofs of the dossier, as JSON"));
  command.add_flag("--csv", options->csv, tr("all of them, oldest first, as CSV"));
  command.add_flag("--follow", options->follow, tr("show new events as they come"));
  command.add_flag("--verify", options->verify, tr("check that nothing was altered or removed"));
  command.add_option("--in", options->in, tr("of this bundle of proofs instead of the journal"))
      .type_name("<file>");
}

}  // namespace pes::cmd
