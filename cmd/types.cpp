#include "commands.hpp"
#include "exit_status.hpp"
#include "pes/dossier_type.hpp"
#include "session.hpp"
#include "ui/language.hpp"

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

namespace pes::cmd {

namespace {

struct Options {
  bool historical = false;
};

/// The platform pushes them to the end of its menu with this prefix (workflow S24).
constexpr std::string_view historical_prefix = "ZZ ";

/// A line of the menu; `id` is empty for a type that pes does not handle.
struct MenuEntry {
  std::string group, label, id;
  friend bool operator<(const MenuEntry& a, const MenuEntry& b) {
    return std::tie(a.group, a.label, a.id) < std::tie(b.group, b.label, b.id);
  }
};

/// Groups by name, entries by name within each, as the platform's menu.
std::set<MenuEntry> menu(const Options& options) {
  std::set<MenuEntry> entries;
  for (const DossierType& type : dossier_types()) {
    entries.insert({type.group, type.label, type.id});
  }
  for (const ForeignType& type : foreign_types()) {
    if (options.historical || !type.group.starts_with(historical_prefix)) {
      entries.insert({type.group, type.label, ""});
    }
  }
  return entries;
}

ui::Table table_of(const std::set<MenuEntry>& entries) {
  ui::Table table({{tr("Group"), ui::Table::Cut::two_lines},
                   {"Type de dossier", ui::Table::Cut::two_lines},
                   {"--type"}});
  for (const MenuEntry& entry : entries) table.add({entry.group, entry.label, entry.id});
  return table;
}

ui::Json document_of(const std::set<MenuEntry>& entries) {
  ui::Json document = ui::with_schema("types");
  document["types"] = ui::Json::array();
  for (const MenuEntry& entry : entries) {
    document["types"].push_back({{"type", ui::text_or_null(entry.id)},
                                 {"libelle", entry.label},
                                 {"groupe", entry.group},
                                 {"handled", !entry.id.empty()}});
  }
  return document;
}

int run(const Options& options, Session& session) {
  const auto entries = menu(options);
  if (session.console().json()) {
    session.console().result_json(document_of(entries));
  } else {
    session.console().result(table_of(entries));
    session.console().note(tr("types without an identifier are handled by other tools"));
  }
  return exit_status::done;
}

}  // namespace

void add_types(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command = line.add("types", tr("list the types of dossiers"),
                              {.examples = {"pes types", "pes types --historiques"}},
                              [options](Session& session) { return run(*options, session); });
  command.add_flag("--historiques", options->historical, tr("with those of former days"));
}

}  // namespace pes::cmd
