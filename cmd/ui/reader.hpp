#pragma once

#include "environment.hpp"

#include <cstddef>

namespace pes::ui {

enum class ColourChoice { automatic, always, never };

/// Who reads a stream.
struct Reader {
  bool is_terminal = false;
  bool has_colour = false;
  bool has_utf8 = true;
  std::size_t width = 80;  // columns of the terminal
  /// The journal of the system, which is told how grave each line is (sd-daemon(3)).
  bool is_system_journal = false;
};

/// Colour of one stream, by cli §2: the choice (option or PES_COLOR), a non-empty NO_COLOR,
/// TERM=dumb, then whether that stream is a terminal.
bool has_colour(ColourChoice choice, const cmd::Environment& environment, bool is_terminal);

/// The language must be chosen before: it decides of the charset.
Reader reader_of(int descriptor, ColourChoice choice, const cmd::Environment& environment);

}  // namespace pes::ui
