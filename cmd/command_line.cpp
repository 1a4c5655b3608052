#include "command_line.hpp"

#include "pes/error.hpp"
#include "suggestion.hpp"
#include "ui/language.hpp"

#include <algorithm>
#include <utility>

namespace pes::cmd {

namespace {

constexpr const char* help_names = "-h,--help";

bool is_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

/// True when the next word is the value of this one: `--home demo`, not `--home=demo`.
bool takes_next_word(const CLI::App& command, const std::string& word) {
  if (!is_option(word) || word.find('=') != std::string::npos) return false;
  const CLI::Option* option = find_option(command, word);
  return option != nullptr && option->get_expected_min() > 0;
}

std::vector<std::string> names(const std::vector<const CLI::App*>& commands) {
  std::vector<std::string> result;
  result.reserve(commands.size());
  for (const CLI::App* command : commands) result.push_back(command->get_name());
  return result;
}

const CLI::App* find_below(const std::vector<const CLI::App*>& commands, const std::string& name) {
  const auto found = std::find_if(commands.begin(), commands.end(), [&](const CLI::App* command) {
    return command->get_name() == name;
  });
  return found == commands.end() ? nullptr : *found;
}

std::vector<std::string> long_options(const CLI::App& command) {
  std::vector<std::string> result;
  for (const CLI::App* app = &command; app != nullptr; app = app->get_parent()) {
    for (const CLI::Option* option : app->get_options()) {
      for (const std::string& name : option->get_lnames()) result.push_back("--" + name);
    }
  }
  return result;
}

std::string see_help(const CLI::App& command) {
  const std::string name = CommandLine::name_of(command);
  return name.empty() ? tr("see the commands: pes help")
                      : say("see its options: pes help {1}", {name});
}

Error unexpected(const CLI::App& command, const std::string& word) {
  if (!is_option(word)) {
    return {ErrorCode::usage, say("one word too many: {1}", {word}), see_help(command)};
  }
  const std::string name = word.substr(0, word.find('='));
  return {ErrorCode::usage, say("unknown option {1}", {name}),
          did_you_mean(name, long_options(command), see_help(command))};
}

Error missing(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_required() && option->count() == 0) {
      const std::string name = option->get_positional() ? tr(option->get_type_name().c_str())
                                                        : option->get_name(false, true);
      return {ErrorCode::usage, say("{1} is missing", {name}), see_help(command)};
    }
  }
  return {ErrorCode::usage, tr("a word is missing"), see_help(command)};
}

/// CLI11 names the option, with its dashes or not, at the head of its English sentence.
Error badly_used(const CLI::App& command, const CLI::ParseError& error) {
  const std::string sentence = error.what();
  const std::string head = sentence.substr(0, sentence.find_first_of(": "));
  const std::string name = is_option(head) ? head : "--" + head;
  if (find_option(command, name) == nullptr) {
    return {ErrorCode::usage, tr("this command line cannot be understood"), see_help(command),
            sentence};
  }
  return {ErrorCode::usage,
          say("option {1} is badly used: its value is missing, or one too many", {name}),
          see_help(command), sentence};
}

const CLI::App& deepest(const CLI::App& app) {
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  return *command;
}

}  // namespace

CommandLine::CommandLine() {
  app_.name("pes");
  app_.set_help_flag(help_names, tr("this help"));
  app_.require_subcommand(0, 1);
  app_.option_defaults()
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->disable_flag_override();
  add_global_options(app_, words_);
}

CLI::App& CommandLine::add(const std::string& name, const char* summary, CommandNature nature,
                           Run run) {
  return add_under(app_, name, summary, std::move(nature), std::move(run));
}

CLI::App& CommandLine::add_under(CLI::App& parent, const std::string& name, const char* summary,
                                 CommandNature nature, Run run) {
  CLI::App* command = parent.add_subcommand(name, summary);
  command->fallthrough();
  command->set_help_flag(help_names, tr("this help"));
  if (&parent != &app_) parent.require_subcommand(0, 1);
  natures_.emplace(command, std::move(nature));
  runs_.emplace(command, std::move(run));
  return *command;
}

Request CommandLine::parse(const std::vector<std::string>& arguments) {
  require_known_command(arguments);
  Request request;
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app_.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    request.wants_help = true;
  } catch (const CLI::ExtrasError&) {
    const auto rest = app_.remaining(true);
    throw unexpected(deepest(app_), rest.empty() ? std::string() : rest.front());
  } catch (const CLI::RequiredError&) {
    throw missing(deepest(app_));
  } catch (const CLI::ParseError& error) {
    throw badly_used(deepest(app_), error);
  }
  request.words = words_;
  const CLI::App& command = deepest(app_);
  if (&command != &app_) request.command = &command;
  return request;
}

void CommandLine::require_known_command(const std::vector<std::string>& arguments) const {
  const CLI::App* command = &app_;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word == "--") return;
    if (takes_next_word(*command, word)) ++i;
    if (is_option(word)) continue;

    const auto candidates = below(*command);
    if (candidates.empty()) return;
    const CLI::App* next = find_below(candidates, word);
    if (next == nullptr) {
      std::string unknown = name_of(*command);
      if (!unknown.empty()) unknown += ' ';
      unknown += word;
      throw Error(ErrorCode::usage, say("there is no command {1}", {unknown}),
                  did_you_mean(word, names(candidates), see_help(*command)));
    }
    command = next;
  }
}

const CommandNature& CommandLine::nature(const CLI::App& command) const {
  return natures_.at(&command);
}

const Run& CommandLine::run(const CLI::App& command) const { return runs_.at(&command); }

std::string CommandLine::name_of(const CLI::App& command) {
  if (command.get_parent() == nullptr) return {};
  const std::string above = name_of(*command.get_parent());
  return above.empty() ? command.get_name() : above + " " + command.get_name();
}

const CLI::App* CommandLine::find(const std::vector<std::string>& names) const {
  const CLI::App* command = &app_;
  for (const std::string& name : names) {
    command = find_below(below(*command), name);
    if (command == nullptr) return nullptr;
  }
  return command;
}

std::vector<const CLI::App*> CommandLine::below(const CLI::App& command) {
  return command.get_subcommands([](const CLI::App*) { return true; });
}

const CLI::Option* find_option(const CLI::App& command, const std::string& name) {
  for (const CLI::App* app = &command; app != nullptr; app = app->get_parent()) {
    if (const CLI::Option* option = app->get_option_no_throw(name)) return option;
  }
  return nullptr;
}

}  // namespace pes::cmd
