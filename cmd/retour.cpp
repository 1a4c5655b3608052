#include "accounts.hpp"
#include "commands.hpp"
#include "exit_status.hpp"
#include "output_file.hpp"
#include "pes/error.hpp"
#include "pes/pes_retour.hpp"
#include "pes/retours.hpp"
#include "retour_text.hpp"
#include "session.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace pes::cmd {

namespace {

struct ListOptions {
  bool at_tdt = false;
};
struct GetOptions {
  std::vector<std::string> numbers;
  bool leave_unread = false;
};
struct ShowOptions {
  std::string retour, output;
  Existing existing = Existing::kept;
};

/// Its path; its identifier when the configuration does not know it any more.
std::string entity_name(Session& session, const std::string& id_e) {
  const auto& all = session.settings().entities().all();
  const bool is_known = std::any_of(all.begin(), all.end(),
                                    [&](const Entity& entity) { return entity.id_e == id_e; });
  return is_known ? session.settings().entities().path(id_e) : id_e;
}

// --- list ---------------------------------------------------------------------

/// The newest first, of the entity that was designated; a damaged one is told, and its status kept.
std::vector<port::Retour> kept_here(Session& session, int& status) {
  const std::string id_e = session.options().entity ? session.entity()->id_e : std::string();
  std::vector<port::Retour> kept;
  session.records().retours()->visit(
      [&](const port::Retour& retour) {
        if (id_e.empty() || retour.id_e == id_e) kept.push_back(retour);
      },
      [&](const std::string&, const Error& error) {
        session.console().error(error);
        status = exit_status_of(error.code());
      });
  std::sort(kept.begin(), kept.end(), [](const port::Retour& one, const port::Retour& other) {
    return std::tie(one.fetched, one.id) > std::tie(other.fetched, other.id);
  });
  return kept;
}

int list_here(Session& session) {
  int status = exit_status::done;
  const std::vector<port::Retour> kept = kept_here(session, status);
  ui::Console& console = session.console();
  if (console.json()) {
    ui::Json document = ui::with_schema("retour-list");
    document["retours"] = ui::Json::array();
    for (const port::Retour& retour : kept) document["retours"].push_back(retour_json(retour));
    console.result_json(document);
    return status;
  }
  using Cut = ui::Table::Cut;
  ui::Table table({{tr("Identifier")},
                   {tr("Fetched")},
                   {"Entité", Cut::two_lines},
                   {"Restitution", Cut::two_lines},
                   {"SIRET"},
                   {tr("Name"), Cut::middle}});
  for (const port::Retour& retour : kept) {
    table.add({retour.id, local_date_time(retour.fetched), entity_name(session, retour.id_e),
               typ_restit_label(retour.typ_restit), retour.id_coll, retour.nom});
  }
  console.result(table);
  if (kept.empty()) {
    console.note(tr("no PES Retour is kept here"));
    console.hint(tr("fetch those of the TdT: pes retour get"));
  }
  return status;
}

int list_at_tdt(Session& session) {
  ui::Console& console = session.console();
  ui::Json document = ui::with_schema("retour-list");
  document["a_lire"] = ui::Json::array();
  ui::Table table({{tr("Number")},
                   {tr("Received")},
                   {"Entité", ui::Table::Cut::two_lines},
                   {tr("Name"), ui::Table::Cut::middle}});
  for (const ServiceAccount& account : accounts_of(session, "tdt")) {
    port::Tdt& tdt = session.connections().tdt(account.id_es.front());
    for (const port::TdtRetour& retour : tdt.unread_retours()) {
      table.add({retour.id, retour.received, entities_of(account, session.settings().entities()),
                 retour.name});
      document["a_lire"].push_back({{"tdt", tdt.name()},
                                    {"tdt_id", retour.id},
                                    {"recu_au_tdt", ui::text_or_null(retour.received)},
                                    {"nom", ui::text_or_null(retour.name)},
                                    {"entities", account.id_es}});
    }
  }
  if (console.json()) {
    console.result_json(document);
    return exit_status::done;
  }
  console.result(table);
  if (table.empty()) console.note(tr("the TdT has no unread PES Retour"));
  return exit_status::done;
}

int run_list(const ListOptions& options, Session& session) {
  return options.at_tdt ? list_at_tdt(session) : list_here(session);
}

// --- get ----------------------------------------------------------------------

std::string_view word(const flow::FetchedRetour& fetched) {
  if (fetched.error) return "failed";
  return fetched.is_new ? "done" : "already-done";
}

ui::Json fetched_json(const flow::FetchedRetour& fetched) {
  const auto& error = fetched.error;
  return {{"tdt_id", fetched.tdt_id},
          {"result", std::string(word(fetched))},
          {"marked", fetched.is_marked},
          {"retour", fetched.retour ? retour_json(*fetched.retour) : ui::Json(nullptr)},
          {"code", error ? ui::Json(std::string(id(error->code()))) : ui::Json(nullptr)},
          {"message", error ? ui::Json(error->message()) : ui::Json(nullptr)}};
}

/// One that is kept and could not be marked is shown as well as its error.
ui::Table fetched_table(Session& session, const std::vector<flow::FetchedRetour>& all) {
  ui::Table table({{tr("Identifier")},
                   {tr("Name"), ui::Table::Cut::middle},
                   {"Entité", ui::Table::Cut::two_lines},
                   {tr("State")}});
  for (const flow::FetchedRetour& fetched : all) {
    if (!fetched.retour) continue;
    table.add({fetched.retour->id, fetched.retour->nom, entity_name(session, fetched.retour->id_e),
               fetched.is_new ? tr("fetched") : tr("fetched before")});
  }
  return table;
}

void warn_of_strangers(ui::Console& console, const std::vector<flow::FetchedRetour>& all) {
  for (const flow::FetchedRetour& fetched : all) {
    if (!fetched.is_new || !fetched.retour || fetched.retour->rattachement != "compte") continue;
    console.warning(
        say("no entity is known to have the SIRET {1} of {2}: it goes to the one that fetched it",
            {fetched.retour->id_coll, fetched.retour->id}));
  }
}

int run_get(const GetOptions& options, Session& session) {
  const std::vector<ServiceAccount> accounts = accounts_of(session, "tdt");
  if (!options.numbers.empty() && accounts.size() > 1) {
    throw Error(ErrorCode::usage, tr("a number is that of one TdT, and several are configured"),
                tr("name the entity: --entity <entity>"));
  }
  const auto retours = session.records().retours();
  std::vector<flow::FetchedRetour> all;
  for (const ServiceAccount& account : accounts) {
    if (session.is_stopping()) break;
    const flow::RetourOrder order{.id_e = account.id_es.front(),
                                  .only = options.numbers,
                                  .marking = options.leave_unread ? flow::Marking::leave_unread
                                                                  : flow::Marking::mark_as_read};
    const auto fetched = flow::fetch_retours(
        session.services(), *retours, session.connections().tdt(account.id_es.front()), order);
    all.insert(all.end(), fetched.begin(), fetched.end());
  }
  ui::Console& console = session.console();
  ui::Json document = ui::with_schema("retour-get");
  document["retours"] = ui::Json::array();
  std::vector<int> statuses;
  for (const flow::FetchedRetour& fetched : all) {
    statuses.push_back(fetched.error ? exit_status_of(fetched.error->code()) : exit_status::done);
    document["retours"].push_back(fetched_json(fetched));
  }
  if (console.json()) {
    console.result_json(document);
  } else {
    console.result(fetched_table(session, all));
  }
  warn_of_strangers(console, all);
  for (const flow::FetchedRetour& fetched : all) {
    if (fetched.error) console.error(*fetched.error);
  }
  if (all.empty()) console.note(tr("the TdT has no unread PES Retour"));
  return exit_status_of(statuses);
}

// --- show ---------------------------------------------------------------------

/// By its identifier, by the TdT's number when it is the only one to bear it, or by a beginning.
port::Retour named(const port::Retours& retours, const std::string& name) {
  std::vector<port::Retour> found;
  retours.visit(
      [&](const port::Retour& retour) {
        if (retour.id == name || retour.tdt_id == name) found.push_back(retour);
      },
      [](const std::string&, const Error&) {});
  if (found.size() == 1) return found.front();
  if (found.empty()) return retours.read(name);
  std::string ids;
  for (const port::Retour& retour : found) ids += (ids.empty() ? "" : ", ") + retour.id;
  throw Error(ErrorCode::usage, say("several PES Retours have the number {1}", {name}),
              say("choose one of {1}", {ids}));
}

void show_header(Session& session, const port::Retour& retour, const PesRetour& content) {
  ui::Table table({{""}, {"", ui::Table::Cut::two_lines}});
  const auto add = [&](const char* label, const std::string& value) {
    if (!value.empty()) table.add({label, value});
  };
  add(tr("Identifier"), retour.id);
  add("Nom", retour.nom);
  add("Entité", entity_name(session, retour.id_e));
  add("Poste comptable", fill("{1} {2}", {content.id_post, content.libelle_poste}));
  add("SIRET", content.id_coll);
  add("Budget", fill("{1} {2} {3}", {content.cod_coll, content.cod_bud, content.libelle_col_bud}));
  add("Date", content.dte_str);
  add("Restitution", typ_restit_label(content.typ_restit));
  add("Domaines", content.domains());
  session.console().result(table);
}

/// What a person must not miss.
void show_remarks(ui::Console& console, const PesRetour& content) {
  for (const RetourBordereau& bordereau : content.bordereaux) {
    if (bordereau.asks_for_regularisation()) {
      console.note(say("bordereau {1} is a demand: the accountant waits for pieces that regularise",
                       {bordereau.id_bord}));
    }
    for (const RetourPiece& piece : bordereau.pieces) {
      if (!piece.number_is_lost()) continue;
      console.warning(
          say("piece {1} was rejected after it was taken in charge: its number can never be used "
              "again",
              {piece.id_pce}));
    }
  }
}

int run_show(const ShowOptions& options, Session& session) {
  const auto retours = session.records().retours();
  const port::Retour retour = named(*retours, options.retour);
  const std::string bytes = flow::retour_bytes(*retours, retour);
  ui::Console& console = session.console();
  if (!options.output.empty()) {
    if (console.json()) {
      throw Error(ErrorCode::usage,
                  say("{1} and {2} contradict each other", {"--output", "--json"}));
    }
    flow::record_consultation(session.services(), retour);
    copy_out(console, retours->readable(retour).path(), options.output, options.existing);
    return exit_status::done;
  }
  const PesRetour content = read_pes_retour(bytes, retour.nom);
  flow::record_consultation(session.services(), retour);
  if (console.json()) {
    ui::Json document = ui::with_schema("retour-show");
    document.update(retour_json(retour));
    document["contenu"] = content_json(content);
    console.result_json(document);
    return exit_status::done;
  }
  show_header(session, retour, content);
  for (const ui::Table& table : {retour_table(content), restes_table(content)}) {
    if (table.empty()) continue;
    console.blank_line();
    console.result(table);
  }
  show_remarks(console, content);
  return exit_status::done;
}

}  // namespace

void add_retour(CommandLine& line) {
  Command& retour = line.add("retour", tr("fetch and read what the accountant sends"), {}, {});

  auto list = std::make_shared<ListOptions>();
  Command& list_command = retour.add_below(
      "list", tr("list the PES Retours"),
      {.examples = {"pes retour list", "pes retour list --tdt"}, .timeout = Stance::obeys},
      [list](Session& session) { return run_list(*list, session); });
  list_command.add_flag("--tdt", list->at_tdt, tr("those that nobody has read yet, at the TdT"));

  auto get = std::make_shared<GetOptions>();
  Command& get_command = retour.add_below(
      "get", tr("fetch those that nobody has read, then mark them as read"),
      {.examples = {"pes retour get", "pes retour get 5 --leave-unread"}, .timeout = Stance::obeys},
      [get](Session& session) { return run_get(*get, session); });
  get_command.add_option("number", get->numbers, tr("its number at the TdT; otherwise all"))
      .type_name("<number>");
  get_command.add_flag("--leave-unread", get->leave_unread,
                       tr("leave them in the TdT's list, for another program"));

  auto show = std::make_shared<ShowOptions>();
  Command& show_command =
      retour.add_below("show", tr("show what a PES Retour says, in words"),
                       {.examples = {"pes retour show 1", "pes retour show 1 -o retour.xml"}},
                       [show](Session& session) { return run_show(*show, session); });
  show_command.add_option("retour", show->retour, tr("its identifier, or its number at the TdT"))
      .type_name("<retour>")
      .required();
  show_command.add_option("-o,--output", show->output, tr("where to write its bytes, as received"))
      .type_name("<file>");
  add_force_option(show_command, show->existing);
}

}  // namespace pes::cmd
