#include "pes/residence.hpp"

namespace pes {

using Kind = Residence::Kind;

std::string_view id(Kind kind) {
  switch (kind) {
    case Kind::here:
      return "here";
    case Kind::leaving:
      return "leaving";
    case Kind::left:
      return "left";
    case Kind::arriving:
      return "arriving";
  }
  return {};
}

std::optional<Kind> parse_residence(std::string_view text) {
  for (const Kind kind : {Kind::here, Kind::leaving, Kind::left, Kind::arriving}) {
    if (id(kind) == text) return kind;
  }
  return std::nullopt;
}

}  // namespace pes
