#pragma once

#include "pes/error.hpp"
#include "ui/console.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pes::cmd {

/// The error of one of many in its line: code, message, hint; null when there is none.
ui::Json error_in_line(const std::optional<Error>& error);

/// The errors of many, by cause: forty dossiers with the same one make one message and a list.
class Causes {
 public:
  void add(const Error& error, const std::string& item);
  void show(ui::Console& console) const;
  /// What to do next alone, each once, where the errors themselves were told already.
  void show_hints(ui::Console& console) const;

 private:
  struct Cause {
    Error error;
    std::vector<std::string> items;
  };
  std::vector<Cause> causes_;
};

}  // namespace pes::cmd
