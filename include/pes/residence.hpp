#pragma once

#include "pes/export.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pes {

/// Where a home lives, as one of its places has it (lib/design/0013). While it moves it lives in
/// the place that it leaves: what is arriving is no home yet.
struct Residence {
  enum class Kind {
    here,
    leaving,   // for `place`, where not all of it may be; nobody changes anything here
    left,      // for `place`
    arriving,  // from `place`
  };
  Kind kind = Kind::here;
  std::string place = {};  // the other one
  friend bool operator==(const Residence&, const Residence&) = default;
};

PES_EXPORT std::string_view id(Residence::Kind kind);
PES_EXPORT std::optional<Residence::Kind> parse_residence(std::string_view text);

}  // namespace pes
