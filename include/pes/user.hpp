#pragma once

#include <string>

namespace pes {

/// Who acts. Id "0" is the automaton, shown as « Action automatique » (workflow §2.5).
struct User {
  std::string id_u;
  std::string name;
  friend bool operator==(const User&, const User&) = default;
};

inline User automaton() { return {.id_u = "0", .name = "Action automatique"}; }

}  // namespace pes
