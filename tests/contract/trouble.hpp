#pragma once

#include <array>
#include <string>

namespace pes::test {

/// What may go wrong with one exchange with a service.
enum class Trouble {
  cut_inside_request,  // the service never has all of it
  cut_before_work,     // it has, and forgets it
  cut_before_answer,   // it does what was asked, and the answer is lost
  cut_inside_answer,
  half_answer,  // the answer is whole for HTTP and stops in its middle
  server_error,
  unavailable,
  page,             // HTML in place of an answer
  redirection,      // to a page
  account_refused,  // in the service's way
};

inline constexpr std::array all_troubles{Trouble::cut_inside_request, Trouble::cut_before_work,
                                         Trouble::cut_before_answer,  Trouble::cut_inside_answer,
                                         Trouble::half_answer,        Trouble::server_error,
                                         Trouble::unavailable,        Trouble::page,
                                         Trouble::redirection,        Trouble::account_refused};

/// Those that come once the service has done its work.
constexpr bool comes_after_work(Trouble trouble) {
  return trouble == Trouble::cut_before_answer || trouble == Trouble::cut_inside_answer ||
         trouble == Trouble::half_answer;
}

/// For the names of what is tried, and for who reads a failed test.
inline std::string number_of(Trouble trouble) { return std::to_string(static_cast<int>(trouble)); }

}  // namespace pes::test
