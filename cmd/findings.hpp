#pragma once

#include "pes/error.hpp"
#include "ui/console.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pes::cmd {

/// Something that a check looked at: good, with what it saw, or not.
struct Finding {
  std::string subject;  // for a person
  std::string detail;   // may be empty
  std::optional<Error> error;
};

/// @param look returns the detail, or throws what is wrong
template <typename Look>
Finding look_at(const std::string& subject, Look look) {
  try {
    return {.subject = subject, .detail = look(), .error = std::nullopt};
  } catch (const Error& error) {
    return {.subject = subject, .detail = {}, .error = error};
  }
}

/// Shows what is good, then what is wrong. The exit status.
/// @param schema of the JSON document: `config-check`
int show_findings(ui::Console& console, const std::string& schema,
                  const std::vector<Finding>& findings);

}  // namespace pes::cmd
