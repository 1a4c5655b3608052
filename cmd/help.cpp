#include "commands.hpp"
#include "exit_status.hpp"
#include "help_text.hpp"
#include "pes/error.hpp"
#include "session.hpp"
#include "ui/language.hpp"

#include <memory>
#include <string>
#include <vector>

namespace pes::cmd {

namespace {

struct Options {
  std::vector<std::string> command;
};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += text.empty() ? word : " " + word;
  return text;
}

int run(const Options& options, const CommandLine& line, Session& session) {
  const Command* command = line.find(options.command);
  if (command == nullptr) {
    throw Error(ErrorCode::usage, say("there is no command {1}", {joined(options.command)}),
                tr("see the commands: pes help"));
  }
  const std::string text =
      command == &line.root() ? general_help(line) : command_help(line, *command);
  if (session.console().json()) {
    ui::Json document = ui::with_schema("help");
    document["command"] = ui::text_or_null(joined(options.command));
    document["text"] = text;
    session.console().result_json(document);
  } else {
    session.console().result_text(text);
  }
  return exit_status::done;
}

}  // namespace

void add_help(CommandLine& line) {
  auto options = std::make_shared<Options>();
  Command& command =
      line.add("help", tr("explain a command"), {.examples = {"pes help", "pes help send"}},
               [options, &line](Session& session) { return run(*options, line, session); });
  command.add_option("command", options->command, tr("the command, or none for all of them"))
      .type_name("<command>");
}

}  // namespace pes::cmd
