#pragma once

#include "sandbox/layout.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

/// Faults that tests ask for, in `faults.json`: an array of objects
///
///   path      glob that the path of the request must match: "/restservices/*"
///   nth       rank, from 1, of the only request that suffers among those that match,
///             counted over all processes since the file was written; 0, or none: each one
///   rate      instead of nth: the share of those that match that suffer, from 0 to 1, drawn
///   seed      number that the draws come from; 0 or none is one too
///   kind      cut-inside-request  the connection is cut before the body is read
///             cut-before-work     the request is read and forgotten, the connection cut
///             cut-before-answer   the work is done, then the connection cut
///             cut-inside-answer   the work is done, half of the answer's body is sent
///             half-answer         the work is done, half of the body is sent as if it were all
///             status-NNN          that HTTP status and an HTML page, no work
///             html                an HTML page with status 200, no work
///             redirect            302 to an HTML page, no work
///             ko                  « KO », the text of a refused login, no work
///             answer              `status` (200), `type` and `body` of the fault, no work
///             acquit-hidden       the work is done as if the acquit's file could not be found
///             late                the work is done and answered
///             any                 one of them, drawn
///   delay_ms  waited first, whatever the kind; 0 or none: no wait
///
/// The first fault of the list that matches is the one suffered.
namespace pes::sandbox {

struct Fault {
  enum class Kind {
    cut_inside_request,
    cut_before_work,
    cut_before_answer,
    cut_inside_answer,
    half_answer,
    status,
    html,
    redirect,
    ko,
    answer,
    acquit_hidden,
    late
  };
  Kind kind = Kind::late;
  std::string name;  // as written above
  int status = 0;
  std::string type, body;  // of `answer`
  std::chrono::milliseconds delay{0};

  /// The request is not handled: the fault is all the client gets.
  [[nodiscard]] bool replaces_work() const;
};

/// A share of the requests that suffers something, whatever they ask.
struct RandomFaults {
  double rate = 0;  // 0 to 1
  std::uint64_t seed = 0;
};

/// The fault that this request suffers, of `faults.json` or else drawn; counts it. Throws
/// config_invalid when the file does not say what is described above.
std::optional<Fault> next_fault(const Layout& layout, const RandomFaults& random,
                                std::string_view path);

/// How many requests suffered each fault, by its name, since the sandbox was made.
std::map<std::string, std::uint64_t> suffered(const Layout& layout);

}  // namespace pes::sandbox
