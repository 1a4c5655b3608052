#pragma once

#include "global_options.hpp"
#include "pes/action.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pes::cmd {

class Session;

/// Whether a command obeys a global option or refuses it; none is silently ignored.
enum class Stance { refuses, obeys };

/// What is known of a command beside its options.
struct CommandNature {
  std::vector<std::string> examples;
  Stance dry_run = Stance::refuses;
  Stance timeout = Stance::refuses;
  /// The action that a dossier must allow to be offered by the completions.
  std::optional<Action> dossiers_allowing;
};

/// Acts and shows; the exit status.
using Run = std::function<int(Session&)>;

/// A command as the command line asked for it.
struct Request {
  GlobalWords words;
  const CLI::App* command = nullptr;  // null: none was named
  bool wants_help = false;
};

/// The commands and their options. Only what is asked is understood here: nothing is done.
class CommandLine {
 public:
  CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;
  ~CommandLine() = default;

  /// Declares a command, under another one for `config show`. Without `run` it only groups
  /// those below it.
  CLI::App& add(const std::string& name, const char* summary, CommandNature nature, Run run);
  CLI::App& add_under(CLI::App& parent, const std::string& name, const char* summary,
                      CommandNature nature, Run run);

  /// Throws usage, in the reader's language.
  Request parse(const std::vector<std::string>& arguments);

  [[nodiscard]] const CLI::App& root() const noexcept { return app_; }
  [[nodiscard]] const CommandNature& nature(const CLI::App& command) const;
  [[nodiscard]] const Run& run(const CLI::App& command) const;
  /// `create`, `config show`
  static std::string name_of(const CLI::App& command);
  /// The command that these words name; null for an unknown one.
  [[nodiscard]] const CLI::App* find(const std::vector<std::string>& names) const;
  /// What may stand below a command, hidden ones left out.
  static std::vector<const CLI::App*> below(const CLI::App& command);

 private:
  void require_known_command(const std::vector<std::string>& arguments) const;

  GlobalWords words_;
  CLI::App app_;
  std::map<const CLI::App*, CommandNature> natures_;
  std::map<const CLI::App*, Run> runs_;
};

/// The option that bears this name in the command, or globally; null when none does.
const CLI::Option* find_option(const CLI::App& command, const std::string& name);

}  // namespace pes::cmd
