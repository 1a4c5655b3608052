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

std::string name_of(const Option& option) {
  std::string name;
  for (const std::string& letter : option.letters()) name += "-" + letter + ", ";
  if (name.empty()) name = "    ";
  std::string longs;
  for (const std::string& word : option.words()) longs += (longs.empty() ? "--" : ", --") + word;
  name += longs;
  if (option.takes_value()) name += std::string(" ") + tr(option.type().c_str());
  return name;
}

/// Options of the command, in the order in which they were declared; help comes last.
std::vector<Entry> options_of(const Command& command) {
  std::vector<Entry> entries;
  for (const Option& option : command.options()) {
    if (!option.is_positional()) entries.push_back({name_of(option), option.meaning()});
  }
  const Option help = command.help();
  entries.push_back({name_of(help), help.meaning()});
  return entries;
}

std::vector<Entry> commands_below(const Command& command) {
  std::vector<Entry> entries;
  for (const Command* below : command.below()) {
    entries.push_back({below->name(), below->summary()});
  }
  return entries;
}

std::string global_names(const Command& root) {
  std::string names;
  for (const Option& option : root.options()) {
    names += (names.empty() ? "--" : " --") + option.words().front();
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

std::string manual_page(const Command& command) {
  std::string page = "pes-" + command.path();
  std::replace(page.begin(), page.end(), ' ', '-');
  return page;
}

}  // namespace

std::string usage_line(const Command& command) {
  std::string line = "pes " + command.path();
  if (!command.below().empty()) {
    line += command.above() == nullptr ? "" : " ";
    const bool acts_alone = command.above() != nullptr && command.run();
    line += acts_alone ? fill("[{1}]", {tr("<command>")}) : std::string(tr("<command>"));
  }
  line += " [<option>…]";
  for (const Option& option : command.options()) {
    if (!option.is_positional()) continue;
    const std::string word =
        tr(option.type().c_str()) + std::string(option.takes_several() ? "…" : "");
    line += option.is_required() ? " " + word : " [" + word + "]";
  }
  return line;
}

std::string short_help(const CommandLine& line) {
  return say("Usage: {1}", {usage_line(line.root())}) + "\n" +
         paragraph(tr("Commands:"), aligned(commands_below(line.root()))) + "\n" +
         tr("For more: pes help, pes help <command>, man pes") + "\n";
}

std::string general_help(const CommandLine& line) {
  return std::string(tr("Create, sign, send and archive PES V2 flows")) + "\n\n" +
         say("Usage: {1}", {usage_line(line.root())}) + "\n" +
         paragraph(tr("Commands:"), aligned(commands_below(line.root()))) +
         paragraph(tr("Options of every command:"), aligned(options_of(line.root()))) + "\n" +
         tr("For more: pes help <command>, man pes") + "\n";
}

std::string command_help(const CommandLine& line, const Command& command) {
  return command.summary() + "\n\n" + say("Usage: {1}", {usage_line(command)}) + "\n" +
         paragraph(tr("Examples:"), examples(command.nature())) +
         paragraph(tr("Commands:"), aligned(commands_below(command))) +
         paragraph(tr("Options:"), aligned(options_of(command))) + "\n" +
         say("Options of every command: {1}", {global_names(line.root())}) + "\n" +
         say("For more: man {1}", {manual_page(command)}) + "\n";
}

}  // namespace pes::cmd
