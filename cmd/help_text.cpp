#include "help_text.hpp"

#include "ui/characters.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <vector>

namespace pes::cmd {

namespace {

/// A name and what it means, aligned with its neighbours.
struct Entry {
  std::string name;
  std::string meaning;
};

std::string aligned(const std::vector<Entry>& entries) {
  std::size_t widest = 0;
  for (const Entry& entry : entries) widest = std::max(widest, ui::display_width(entry.name));
  std::string text;
  for (const Entry& entry : entries) {
    text += "  " + entry.name;
    text.append(widest - ui::display_width(entry.name) + 2, ' ');
    text += entry.meaning + "\n";
  }
  return text;
}

bool takes_value(const CLI::Option& option) { return option.get_expected_min() > 0; }

std::string name_of(const CLI::Option& option) {
  std::string name;
  for (const std::string& letter : option.get_snames()) name += "-" + letter + ", ";
  if (name.empty()) name = "    ";
  std::string longs;
  for (const std::string& word : option.get_lnames())
    longs += (longs.empty() ? "--" : ", --") + word;
  name += longs;
  if (takes_value(option)) name += std::string(" ") + tr(option.get_type_name().c_str());
  return name;
}

/// Options of the command, in the order in which they were declared; help comes last.
std::vector<Entry> options_of(const CLI::App& command) {
  std::vector<Entry> entries;
  for (const CLI::Option* option : command.get_options()) {
    const bool shown = !option->get_positional() && !option->get_group().empty() &&
                       option != command.get_help_ptr();
    if (shown) entries.push_back({name_of(*option), option->get_description()});
  }
  if (const CLI::Option* help = command.get_help_ptr()) {
    entries.push_back({name_of(*help), help->get_description()});
  }
  return entries;
}

std::vector<Entry> commands_below(const CLI::App& command) {
  std::vector<Entry> entries;
  for (const CLI::App* below : CommandLine::below(command)) {
    entries.push_back({below->get_name(), below->get_description()});
  }
  return entries;
}

std::string global_names(const CLI::App& root) {
  std::string names;
  for (const CLI::Option* option : root.get_options()) {
    if (option == root.get_help_ptr()) continue;
    names += (names.empty() ? "--" : " --") + option->get_lnames().front();
  }
  return names;
}

std::string paragraph(const char* title, const std::string& body) {
  return body.empty() ? std::string() : "\n" + std::string(title) + "\n" + body;
}

std::string examples(const CommandNature& nature) {
  std::string text;
  for (const std::string& example : nature.examples) text += "  " + example + "\n";
  return text;
}

std::string manual_page(const CLI::App& command) {
  std::string page = "pes-" + CommandLine::name_of(command);
  std::replace(page.begin(), page.end(), ' ', '-');
  return page;
}

}  // namespace

std::string usage_line(const CommandLine& commands, const CLI::App& command) {
  std::string line = "pes " + CommandLine::name_of(command);
  if (!CommandLine::below(command).empty()) {
    line += command.get_parent() == nullptr ? "" : " ";
    const bool acts_alone = command.get_parent() != nullptr && commands.run(command);
    line += acts_alone ? fill("[{1}]", {tr("<command>")}) : std::string(tr("<command>"));
  }
  line += " [<option>…]";
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_positional()) continue;
    const bool several = option->get_items_expected_max() > 1;
    const std::string word = tr(option->get_type_name().c_str()) + std::string(several ? "…" : "");
    line += option->get_required() ? " " + word : " [" + word + "]";
  }
  return line;
}

std::string short_help(const CommandLine& line) {
  return say("Usage: {1}", {usage_line(line, line.root())}) + "\n" +
         paragraph(tr("Commands:"), aligned(commands_below(line.root()))) + "\n" +
         tr("For more: pes help, pes help <command>, man pes") + "\n";
}

std::string general_help(const CommandLine& line) {
  return std::string(tr("Create, sign, send and archive PES V2 flows")) + "\n\n" +
         say("Usage: {1}", {usage_line(line, line.root())}) + "\n" +
         paragraph(tr("Commands:"), aligned(commands_below(line.root()))) +
         paragraph(tr("Options of every command:"), aligned(options_of(line.root()))) + "\n" +
         tr("For more: pes help <command>, man pes") + "\n";
}

std::string command_help(const CommandLine& line, const CLI::App& command) {
  return command.get_description() + "\n\n" + say("Usage: {1}", {usage_line(line, command)}) +
         "\n" + paragraph(tr("Examples:"), examples(line.nature(command))) +
         paragraph(tr("Commands:"), aligned(commands_below(command))) +
         paragraph(tr("Options:"), aligned(options_of(command))) + "\n" +
         say("Options of every command: {1}", {global_names(line.root())}) + "\n" +
         say("For more: man {1}", {manual_page(command)}) + "\n";
}

}  // namespace pes::cmd
