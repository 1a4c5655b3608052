#pragma once

#include "pes/report.hpp"

#include <array>
#include <string>
#include <string_view>

namespace pes::cmd {

/// How a standing is shown: five colours, of which each also has its word.
enum class Tone { finished, under_way, draft, refused, stopped };
inline constexpr std::array all_tones{Tone::finished, Tone::under_way, Tone::draft, Tone::refused,
                                      Tone::stopped};

Tone tone_of(Standing standing);
/// Of a state, whatever else is known of its dossiers.
Tone tone_of(Action state);
/// The class that the stylesheet colours.
std::string_view class_of(Tone tone);
/// « Terminés »
std::string word(Tone tone);

/// How many dossiers have this tone.
std::uint64_t count(const report::Standings& standings, Tone tone);

}  // namespace pes::cmd
