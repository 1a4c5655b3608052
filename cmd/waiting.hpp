#pragma once

#include "session.hpp"
#include "ui/table.hpp"

#include <string>
#include <vector>

namespace pes::cmd {

/// A dossier that something is still to be done with, by itself or by a person.
struct Waiting {
  DossierId id_d;
  std::string titre;
  std::string action;  // the button that is pressed by itself or, when nothing is, by a person
  std::string when;
  std::string tries;
  std::string reason;  // what the last try, or the last state, had to say
};

/// All of the home: first those that only a person can let go on, then by the date of their next
/// try. One that cannot be read is told, and raises `status`.
std::vector<Waiting> find_waiting(Session& session, int& status);

/// Dossier, title, what it waits for, from when on, tries, reason.
ui::Table waiting_table(const std::vector<Waiting>& all);

}  // namespace pes::cmd
