#pragma once

#include "pes/action.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): as CLI11 calls it
class App;
class Option;
}  // namespace CLI

namespace pes::cmd {

class Session;

/// An option of a command, or a word that it takes without a name. Lives as long as the command.
class Option {
 public:
  explicit Option(CLI::Option& option) noexcept : option_(&option) {}

  /// What stands for its value in the help, and tells the completions what to offer: `<file>`,
  /// `{text | junit}`.
  Option type_name(const std::string& type);
  Option required();
  Option not_required();
  /// It may be given several times, with one value each: the words after it are not its own.
  Option one_value_each();

  /// The name by which its value is known: `--home`
  [[nodiscard]] std::string name() const;
  /// `o` for `-o`
  [[nodiscard]] const std::vector<std::string>& letters() const;
  /// `home` for `--home`
  [[nodiscard]] const std::vector<std::string>& words() const;
  [[nodiscard]] std::string type() const;
  [[nodiscard]] const std::string& meaning() const;
  [[nodiscard]] bool is_positional() const;
  [[nodiscard]] bool is_required() const;
  /// False for a flag.
  [[nodiscard]] bool takes_value() const;
  [[nodiscard]] bool takes_several() const;
  [[nodiscard]] bool is_given() const;

 private:
  CLI::Option* option_;
};

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

/// A command with its options and those below it: `config` with `config show`. The tool itself is
/// the one above all others. CLI11, whose header alone costs seconds, is seen by command.cpp and
/// command_line.cpp only.
class Command {
 public:
  /// @param above null for the tool itself
  Command(CLI::App& app, const Command* above, CommandNature nature, Run run);
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  ~Command() = default;

  /// Without `run` it only groups those below it.
  Command& add_below(const std::string& name, const char* summary, CommandNature nature, Run run);

  /// The value is written when the command line is understood. A name without dashes makes a
  /// positional.
  Option add_option(const std::string& names, std::string& value, const std::string& meaning);
  Option add_option(const std::string& names, std::optional<std::string>& value,
                    const std::string& meaning);
  Option add_option(const std::string& names, std::vector<std::string>& values,
                    const std::string& meaning);
  Option add_flag(const std::string& names, bool& value, const std::string& meaning);
  /// `act` is called when it is given.
  Option add_flag(const std::string& names, const std::function<void()>& act,
                  const std::string& meaning);
  /// How many times it is given.
  Option add_counter(const std::string& names, int& count, const std::string& meaning);

  /// `show`
  [[nodiscard]] const std::string& name() const;
  /// `config show`; empty for the tool itself.
  [[nodiscard]] std::string path() const;
  [[nodiscard]] std::string summary() const;
  [[nodiscard]] const CommandNature& nature() const noexcept { return nature_; }
  [[nodiscard]] const Run& run() const noexcept { return run_; }
  [[nodiscard]] const Command* above() const noexcept { return above_; }
  [[nodiscard]] std::vector<const Command*> below() const;
  [[nodiscard]] const Command* find_below(const std::string& name) const;
  /// In the order in which they were declared; `-h` is apart.
  [[nodiscard]] std::vector<Option> options() const;
  [[nodiscard]] Option help() const;
  /// The option that bears this name here or above: `--home`, `-q`.
  [[nodiscard]] std::optional<Option> find_option(const std::string& name) const;

 private:
  CLI::App& app_;
  const Command* above_;
  CommandNature nature_;
  Run run_;
  std::vector<std::unique_ptr<Command>> below_;
};

}  // namespace pes::cmd
