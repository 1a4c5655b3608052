#include "command_line.hpp"

#include "pes/error.hpp"
#include "suggestion.hpp"
#include "ui/language.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <utility>

namespace pes::cmd {

namespace {

bool is_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

/// True when the next word is the value of this one: `--home demo`, not `--home=demo`.
bool takes_next_word(const Command& command, const std::string& word) {
  if (!is_option(word) || word.find('=') != std::string::npos) return false;
  const auto option = command.find_option(word);
  return option && option->takes_value();
}

std::vector<std::string> names(const std::vector<const Command*>& commands) {
  std::vector<std::string> result;
  result.reserve(commands.size());
  for (const Command* command : commands) result.push_back(command->name());
  return result;
}

std::vector<std::string> long_options(const Command& command) {
  std::vector<std::string> result{"--help"};
  for (const Command* at = &command; at != nullptr; at = at->above()) {
    for (const Option& option : at->options()) {
      for (const std::string& word : option.words()) result.push_back("--" + word);
    }
  }
  return result;
}

std::string see_help(const Command& command) {
  const std::string path = command.path();
  return path.empty() ? tr("see the commands: pes help")
                      : say("see its options: pes help {1}", {path});
}

Error unexpected(const Command& command, const std::string& word) {
  if (!is_option(word)) {
    return {ErrorCode::usage, say("one word too many: {1}", {word}), see_help(command)};
  }
  const std::string name = word.substr(0, word.find('='));
  return {ErrorCode::usage, say("unknown option {1}", {name}),
          did_you_mean(name, long_options(command), see_help(command))};
}

Error missing(const Command& command) {
  for (const Option& option : command.options()) {
    if (option.is_required() && !option.is_given()) {
      const std::string name = option.is_positional() ? tr(option.type().c_str()) : option.name();
      return {ErrorCode::usage, say("{1} is missing", {name}), see_help(command)};
    }
  }
  return {ErrorCode::usage, tr("a word is missing"), see_help(command)};
}

/// CLI11 names the option, with its dashes or not, at the head of its English sentence.
Error badly_used(const Command& command, const CLI::ParseError& error) {
  const std::string sentence = error.what();
  const std::string head = sentence.substr(0, sentence.find_first_of(": "));
  const std::string name = is_option(head) ? head : "--" + head;
  if (!command.find_option(name)) {
    return {ErrorCode::usage, tr("this command line cannot be understood"), see_help(command),
            sentence};
  }
  return {ErrorCode::usage,
          say("option {1} is badly used: its value is missing, or one too many", {name}),
          see_help(command), sentence};
}

std::unique_ptr<CLI::App> tool() {
  auto app = std::make_unique<CLI::App>();
  app->name("pes");
  app->require_subcommand(0, 1);
  app->option_defaults()
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->disable_flag_override();
  return app;
}

}  // namespace

CommandLine::CommandLine() : app_(tool()), root_(*app_, nullptr, {}, {}) {
  add_global_options(root_, words_);
}

CommandLine::~CommandLine() = default;

Command& CommandLine::add(const std::string& name, const char* summary, CommandNature nature,
                          Run run) {
  return root_.add_below(name, summary, std::move(nature), std::move(run));
}

Request CommandLine::parse(const std::vector<std::string>& arguments) {
  require_known_command(arguments);
  Request request;
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app_->parse(reversed);
  } catch (const CLI::CallForHelp&) {
    request.wants_help = true;
  } catch (const CLI::ExtrasError&) {
    const auto rest = app_->remaining(true);
    throw unexpected(named(), rest.empty() ? std::string() : rest.front());
  } catch (const CLI::RequiredError&) {
    throw missing(named());
  } catch (const CLI::ParseError& error) {
    throw badly_used(named(), error);
  }
  request.words = words_;
  if (const Command& command = named(); &command != &root_) request.command = &command;
  return request;
}

const Command& CommandLine::named() const {
  const Command* command = &root_;
  const CLI::App* app = app_.get();
  while (!app->get_subcommands().empty()) {
    app = app->get_subcommands().front();
    command = command->find_below(app->get_name());
  }
  return *command;
}

void CommandLine::require_known_command(const std::vector<std::string>& arguments) const {
  const Command* command = &root_;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word == "--") return;
    if (takes_next_word(*command, word)) ++i;
    if (is_option(word)) continue;

    const auto candidates = command->below();
    if (candidates.empty()) return;
    const Command* next = command->find_below(word);
    if (next == nullptr) {
      std::string unknown = command->path();
      if (!unknown.empty()) unknown += ' ';
      unknown += word;
      throw Error(ErrorCode::usage, say("there is no command {1}", {unknown}),
                  did_you_mean(word, names(candidates), see_help(*command)));
    }
    command = next;
  }
}

const Command* CommandLine::find(const std::vector<std::string>& names) const {
  const Command* command = &root_;
  for (const std::string& name : names) {
    command = command->find_below(name);
    if (command == nullptr) return nullptr;
  }
  return command;
}

}  // namespace pes::cmd
