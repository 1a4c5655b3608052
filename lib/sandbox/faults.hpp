#pragma once

#include "sandbox/layout.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// Faults that tests ask for, in `faults.json`: an array of objects
///
///   path      glob that the path of the request must match: "/restservices/*"
///   nth       rank, from 1, of the only request that suffers among those that match,
///             counted over all processes since the file was written; 0, or none: each one
///   kind      cut-before-work    the request is read and forgotten, the connection cut
///             cut-before-answer  the work is done, then the connection cut
///             cut-inside-answer  the work is done, half of the answer's body is sent
///             status-NNN         that HTTP status and an HTML page, no work
///             html               an HTML page with status 200, no work
///             redirect           302 to an HTML page, no work
///             ko                 « KO », the text of a refused login, no work
///             late               the work is done and answered
///   delay_ms  waited first, whatever the kind; 0 or none: no wait
///
/// The first fault of the list that matches is the one suffered.
namespace pes::sandbox {

struct Fault {
  enum class Kind {
    cut_before_work,
    cut_before_answer,
    cut_inside_answer,
    status,
    html,
    redirect,
    ko,
    late
  };
  Kind kind = Kind::late;
  int status = 0;
  std::chrono::milliseconds delay{0};

  /// The request is not handled: the fault is all the client gets.
  [[nodiscard]] bool replaces_work() const;
};

/// The fault that this request suffers; counts it. Throws config_invalid when the file
/// does not say what is described above.
std::optional<Fault> next_fault(const Layout& layout, std::string_view path);

}  // namespace pes::sandbox
