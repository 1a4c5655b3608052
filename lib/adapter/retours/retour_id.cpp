#include "adapter/retours/retour_id.hpp"

#include "support/text.hpp"

#include <algorithm>

namespace pes::retours {

bool is_id(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
  });
}

void require_id(std::string_view id) {
  if (!is_id(id)) throw Error(ErrorCode::internal, say("{1} does not name a PES Retour", {id}));
}

Error unknown(std::string_view id) {
  return {ErrorCode::file_unknown, say("PES Retour {1} is unknown", {id}),
          tr("see those of this home: pes retour list")};
}

}  // namespace pes::retours
