#include "commands.hpp"
#include "exit_status.hpp"
#include "session.hpp"
#include "ui/language.hpp"

#include <string>

namespace pes::cmd {

namespace {

std::string indented(const EntityTree& tree, const Entity& entity) {
  return std::string(static_cast<std::size_t>(tree.depth(entity.id_e)) * 2, ' ') +
         entity.denomination;
}

/// Indented under « Entité Racine » for a person; whole paths in a pipe.
ui::Table table_of(const EntityTree& tree, bool for_a_person) {
  ui::Table table(
      {{"Entité", ui::Table::Cut::two_lines}, {tr("Identifier")}, {"SIREN"}, {tr("State")}});
  if (for_a_person) table.add({std::string(root_denomination), "0", "", ""});
  for (const Entity& entity : tree.all()) {
    table.add({for_a_person ? indented(tree, entity) : tree.path(entity.id_e), entity.id_e,
               entity.siren, entity.is_active ? "" : tr("inactive")});
  }
  return table;
}

ui::Json document_of(const EntityTree& tree) {
  ui::Json document = ui::with_schema("entities");
  document["entities"] = ui::Json::array();
  for (const Entity& entity : tree.all()) {
    document["entities"].push_back({{"id_e", entity.id_e},
                                    {"denomination", entity.denomination},
                                    {"siren", ui::text_or_null(entity.siren)},
                                    {"entite_mere", entity.entite_mere},
                                    {"is_active", entity.is_active},
                                    {"path", tree.path(entity.id_e)}});
  }
  return document;
}

int run(Session& session) {
  const EntityTree& tree = session.settings().entities();
  ui::Console& console = session.console();
  if (console.json()) {
    console.result_json(document_of(tree));
    return exit_status::done;
  }
  console.result(table_of(tree, console.is_terminal()));
  if (tree.all().empty()) {
    console.note(tr("no entity is configured"));
    console.hint(tr("describe one in pes.toml, in a table [entity.1]"));
  }
  return exit_status::done;
}

}  // namespace

void add_entities(CommandLine& line) {
  line.add("entities", tr("show the tree of entities"), {.examples = {"pes entities"}}, run);
}

}  // namespace pes::cmd
