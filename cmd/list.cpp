#include "commands.hpp"
#include "dossier_json.hpp"
#include "dossier_query.hpp"
#include "pes/dossier_type.hpp"
#include "pes/error.hpp"
#include "session.hpp"
#include "suggestion.hpp"
#include "ui/dates.hpp"
#include "ui/labels.hpp"
#include "ui/language.hpp"

#include <memory>
#include <string>

namespace pes::cmd {

namespace {

struct Options {
  ListPage page{.page = "1", .limit = "20", .all = false};
  std::string type, search;
  std::string sort = "date_dernier_etat";
  std::vector<std::string> states;
  bool ascending = false;
};

/// A state by its identifier or, as it is shown, by its label.
Action parse_state(const std::string& name) {
  std::vector<std::string> names;
  for (const Action action : all_actions()) {
    if (!is_state(action)) continue;
    if (id(action) == name || label(action) == name) return action;
    names.emplace_back(id(action));
  }
  throw Error(ErrorCode::usage, say("there is no state « {1} »", {name}),
              did_you_mean(name, names, tr("states have the names of: pes list --json")));
}

DossierQuery query(const Options& options, Session& session) {
  DossierQuery query = page_query(options.page, session);
  query.sort = parse_sort_column(options.sort);
  query.order = options.ascending ? SortOrder::ascending : SortOrder::descending;
  if (!options.type.empty()) query.type = dossier_type(options.type).id;
  for (const std::string& state : options.states) query.states.push_back(parse_state(state));
  query.title_part = options.search;
  return query;
}

/// Columns of the screens (S30, S44, S45), then the identifier, which commands take.
ui::Table table_of(Session& session, const DossierQuery& query,
                   const std::vector<Dossier>& dossiers) {
  using Cut = ui::Table::Cut;
  const bool typed = query.type.has_value();
  const bool of_one_entity = query.id_e.has_value();
  std::vector<ui::Table::Column> columns{{"Titre", Cut::two_lines}};
  if (!typed) columns.push_back({"Type de dossier", Cut::two_lines});
  columns.insert(columns.end(), {{"Dernier état", Cut::two_lines}, {"Dernier changement d'état"}});
  if (typed) {
    for (const auto field : {field::dte_str, field::cod_bud, field::pes_etat_ack}) {
      columns.push_back({std::string(ui::field_label(field))});
    }
  }
  if (!of_one_entity) columns.push_back({"Entité", Cut::two_lines});
  columns.push_back({tr("Identifier")});

  ui::Table table(std::move(columns));
  for (const Dossier& dossier : dossiers) {
    std::vector<std::string> cells{dossier.titre()};
    if (!typed) cells.push_back(dossier_type(dossier.type).label);
    cells.emplace_back(label(dossier.state()));
    cells.push_back(local_date_time(dossier.last_row().date));
    if (typed) {
      for (const auto field : {field::dte_str, field::cod_bud, field::pes_etat_ack}) {
        cells.push_back(ui::field_value(dossier, field));
      }
    }
    if (!of_one_entity) cells.push_back(session.settings().entities().path(dossier.id_e));
    cells.push_back(dossier.id_d.text());
    table.add(std::move(cells));
  }
  return table;
}

std::string title(Session& session, const DossierQuery& query) {
  const std::string place = query.id_e
                                ? session.settings().entities().find(*query.id_e).denomination
                                : std::string(root_denomination);
  if (!query.type) return fill("Liste des dossiers {1}", {place});
  return fill("Liste des \"{1}\" de {2}", {dossier_type(*query.type).label, place});
}

void show_text(Session& session, const DossierQuery& query, const Page& page,
               const std::vector<Dossier>& dossiers) {
  ui::Console& console = session.console();
  console.title(title(session, query));
  if (console.is_terminal()) console.result(page.position());
  console.result(table_of(session, query, dossiers));
  if (console.is_terminal()) console.result(page.position());
  const bool filtered = query.type || !query.states.empty() || !query.title_part.empty();
  if (page.total == 0) {
    console.note(filtered ? "Les critères de recherches ne correspondent à aucun document"
                          : tr("there is no dossier yet"));
  }
}

void show_json(Session& session, const DossierQuery& query, const Page& page,
               const std::vector<Dossier>& dossiers) {
  ui::Json document = ui::with_schema("list");
  document["total"] = page.total;
  document["page"] = query.offset / query.limit + 1;
  document["limit"] = query.limit;
  document["dossiers"] = ui::Json::array();
  for (const Dossier& dossier : dossiers) {
    document["dossiers"].push_back(dossier_row(dossier, session.settings().entities()));
  }
  session.console().result_json(document);
}

int run(const Options& options, Session& session) {
  const DossierQuery wanted = query(options, session);
  const DossierPage found = session.store().query(wanted);
  const int status = tell_damaged(session, found);
  const Page page = page_of(found.total, wanted.offset / wanted.limit + 1, wanted.limit);
  if (session.console().json()) {
    show_json(session, wanted, page, found.dossiers);
  } else {
    show_text(session, wanted, page, found.dossiers);
  }
  return status;
}

}  // namespace

void add_list(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command =
      line.add("list", tr("list the dossiers of an entity, the last moved first"),
               {.examples = {"pes list", "pes list --type 'PES (avec signature)' --state send-tdt",
                             "pes list --search mars --limit 100"}},
               [options](Session& session) { return run(*options, session); });
  command.add_option("--type", options->type, tr("only this type of dossier")).type_name("<type>");
  command.add_option("--state,--etat", options->states, tr("only this last state; may be repeated"))
      .type_name("<state>")
      .one_value_each();
  command.add_option("--search", options->search, tr("only titles that hold this text"))
      .type_name("<text>");
  command.add_flag("--all", options->page.all, tr("of all entities"));
  command.add_option("--sort", options->sort, tr("column: date_dernier_etat, titre, type, …"))
      .type_name("<column>");
  command.add_flag("--ascending", options->ascending, tr("the smallest first"));
  command.add_option("--page", options->page.page, tr("page number, from 1")).type_name("<number>");
  command.add_option("--limit", options->page.limit, tr("dossiers on a page"))
      .type_name("<number>");
}

}  // namespace pes::cmd
