#include "command_line.hpp"
#include "commands.hpp"
#include "complete.hpp"
#include "environment.hpp"
#include "error_of.hpp"
#include "exit_status.hpp"
#include "global_options.hpp"
#include "help_text.hpp"
#include "pes/error.hpp"
#include "session.hpp"
#include "signals.hpp"
#include "ui/console.hpp"
#include "ui/language.hpp"
#include "version_text.hpp"

#include <malloc.h>
#include <unistd.h>

#include <exception>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace pes::cmd {

namespace {

ui::Console console_for(const ui::Manners& manners, ui::ColourChoice colour,
                        const Environment& environment) {
  return {ui::reader_of(STDOUT_FILENO, colour, environment),
          ui::reader_of(STDERR_FILENO, colour, environment), manners};
}

/// A global option that the command cannot obey is refused rather than ignored.
void require_obeyed(const Request& request) {
  const CommandNature& nature = request.command->nature();
  const std::string name = request.command->path();
  const auto refuse = [&](const char* option) {
    throw Error(ErrorCode::usage, say("{1} means nothing to pes {2}", {option, name}),
                say("see its options: pes help {1}", {name}));
  };
  if (request.words.dry_run && nature.dry_run == Stance::refuses) refuse("--dry-run");
  if (!request.words.timeout.empty() && nature.timeout == Stance::refuses) refuse("--timeout");
}

int help_wanted(const CommandLine& line, const Request& request, ui::Console& console) {
  console.result_text(request.command == nullptr ? general_help(line)
                                                 : command_help(line, *request.command));
  return exit_status::done;
}

/// Nothing was asked: in a script it is a mistake.
int too_few_words(const CommandLine& line, const Request& request, ui::Console& console) {
  console.usage(request.command == nullptr ? short_help(line)
                                           : command_help(line, *request.command));
  return exit_status::usage;
}

int perform(const Request& request, const GlobalOptions& options, const Environment& environment) {
  require_obeyed(request);
  Session session(options, environment, request.command->path());
  try {
    return request.command->run()(session);
  } catch (const Error& error) {
    session.console().error(error);
    return exit_status_of(error.code());
  }
}

int understood_and_done(const std::vector<std::string>& arguments, const Environment& environment) {
  CommandLine line;
  add_commands(line, arguments);
  const Request request = line.parse(arguments);
  const GlobalOptions options = understood(request.words, environment);
  ui::Console console = console_for(options.manners, options.colour, environment);
  if (request.wants_help) return help_wanted(line, request, console);
  if (request.words.version) {
    console.result_text(version_text());
    return exit_status::done;
  }
  if (request.command == nullptr || !request.command->run()) {
    return too_few_words(line, request, console);
  }
  return perform(request, options, environment);
}

int fail(const std::vector<std::string>& arguments, const Environment& environment,
         const Error& error) {
  console_for(manners_guessed(arguments), ui::ColourChoice::automatic, environment).error(error);
  return exit_status_of(error.code());
}

int run(const std::vector<std::string>& arguments, const Environment& environment) {
  try {
    return understood_and_done(arguments, environment);
  } catch (const std::exception& thrown) {
    return fail(arguments, environment, error_of(thrown));
  }
}

int complete(const std::vector<std::string>& arguments, const Environment& environment) {
  CommandLine line;
  add_commands(line);
  console_for({}, ui::ColourChoice::never, environment)
      .result_bytes(completions(line, environment, {arguments.begin() + 1, arguments.end()}));
  return exit_status::done;
}

/// What one flow needed, the next one needs: given back to the system and asked for again in
/// between, it takes a fifth of the time of many small flows.
void keep_freed_memory() {
  constexpr int bytes = 16 * 1024 * 1024;
  ::mallopt(M_TRIM_THRESHOLD, bytes);
  ::mallopt(M_TOP_PAD, bytes / 16);
}

std::filesystem::path own_place() {
  std::error_code unknown;
  return std::filesystem::read_symlink("/proc/self/exe", unknown);
}

}  // namespace

}  // namespace pes::cmd

int main(int argc, char** argv) {
  using namespace pes::cmd;
  keep_freed_memory();
  pes::ui::choose_language(own_place());
  watch_signals();
  const Environment environment = Environment::of_process();
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  if (!arguments.empty() && arguments.front() == "__complete") {
    return complete(arguments, environment);
  }
  return exit_status_after_signals(run(arguments, environment));
}
