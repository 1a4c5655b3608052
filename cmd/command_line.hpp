#pragma once

#include "command.hpp"
#include "global_options.hpp"

#include <memory>
#include <string>
#include <vector>

namespace pes::cmd {

/// A command as the command line asked for it.
struct Request {
  GlobalWords words;
  const Command* command = nullptr;  // null: none was named
  bool wants_help = false;
};

/// The commands and their options. Only what is asked is understood here: nothing is done.
class CommandLine {
 public:
  CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;
  ~CommandLine();

  /// Declares a command; without `run` it only groups those below it.
  Command& add(const std::string& name, const char* summary, CommandNature nature, Run run);

  /// Throws usage, in the reader's language.
  Request parse(const std::vector<std::string>& arguments);

  /// The tool itself.
  [[nodiscard]] const Command& root() const noexcept { return root_; }
  /// The command that these words name; null for an unknown one.
  [[nodiscard]] const Command* find(const std::vector<std::string>& names) const;

 private:
  [[nodiscard]] const Command& named() const;
  void require_known_command(const std::vector<std::string>& arguments) const;

  std::unique_ptr<CLI::App> app_;
  Command root_;
  GlobalWords words_;
};

}  // namespace pes::cmd
