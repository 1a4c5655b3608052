#include "report/attention.hpp"

#include <iterator>

namespace pes::report {

std::string_view id(Concern concern) {
  switch (concern) {
    case Concern::fate_unknown:
      return "fate_unknown";
    case Concern::suspended:
      return "suspended";
    case Concern::failed:
      return "failed";
    case Concern::rejected:
      return "rejected";
    case Concern::late:
      return "late";
  }
  return {};
}

std::optional<Concern> concern_of(const Dossier& dossier, Instant now) {
  switch (standing_of(dossier)) {
    case Standing::fate_unknown:
      return Concern::fate_unknown;
    case Standing::suspended:
      return Concern::suspended;
    case Standing::tdt_error:
    case Standing::failed:
      return Concern::failed;
    case Standing::rejected:
      return Concern::rejected;
    case Standing::under_way:
      if (now - dossier.last_row().date > longest_silence) return Concern::late;
      return std::nullopt;
    case Standing::draft:
    case Standing::finished:
    case Standing::refused:
      return std::nullopt;
  }
  return std::nullopt;
}

void add_attention(Figures& figures, const Dossier& dossier, Instant now) {
  const auto concern = concern_of(dossier, now);
  if (!concern) return;
  Concerned& concerned = figures.attention[*concern];
  ++concerned.total;
  concerned.oldest.emplace(dossier.last_row().date, dossier);
  if (concerned.oldest.size() > named_at_most) {
    concerned.oldest.erase(std::prev(concerned.oldest.end()));
  }
}

}  // namespace pes::report
