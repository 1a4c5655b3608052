#include "report/tone.hpp"

#include "ui/language.hpp"

namespace pes::cmd {

Tone tone_of(Standing standing) {
  switch (standing) {
    case Standing::draft:
      return Tone::draft;
    case Standing::under_way:
      return Tone::under_way;
    case Standing::finished:
      return Tone::finished;
    case Standing::refused:
    case Standing::rejected:
      return Tone::refused;
    case Standing::tdt_error:
    case Standing::failed:
    case Standing::suspended:
    case Standing::fate_unknown:
      return Tone::stopped;
  }
  return Tone::stopped;
}

Tone tone_of(Action state) {
  Dossier dossier;
  dossier.etats.push_back({.action = state, .date = {}, .user = {}, .id_j = 0});
  return tone_of(standing_of(dossier));
}

std::string_view class_of(Tone tone) {
  switch (tone) {
    case Tone::finished:
      return "finished";
    case Tone::under_way:
      return "under-way";
    case Tone::draft:
      return "draft";
    case Tone::refused:
      return "refused";
    case Tone::stopped:
      return "stopped";
  }
  return {};
}

std::string word(Tone tone) {
  switch (tone) {
    case Tone::finished:
      return tr("Finished");
    case Tone::under_way:
      return tr("Under way");
    case Tone::draft:
      return tr("Not sent");
    case Tone::refused:
      return tr("Refused");
    case Tone::stopped:
      return tr("Stopped");
  }
  return {};
}

std::uint64_t count(const report::Standings& standings, Tone tone) {
  std::uint64_t sum = 0;
  for (const auto& [standing, flows] : standings) {
    if (tone_of(standing) == tone) sum += flows;
  }
  return sum;
}

}  // namespace pes::cmd
