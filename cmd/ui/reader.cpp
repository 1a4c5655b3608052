#include "ui/reader.hpp"

#include "ui/language.hpp"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

namespace pes::ui {

bool has_colour(ColourChoice choice, const cmd::Environment& environment, bool is_terminal) {
  if (choice == ColourChoice::always) return true;
  if (choice == ColourChoice::never) return false;
  if (environment.get("NO_COLOR") || environment.get("TERM") == "dumb") return false;
  return is_terminal;
}

namespace {

/// systemd names the stream that it has connected to its journal: `device:inode`. Redirected
/// elsewhere, it is that stream no more.
bool is_system_journal(int descriptor, const cmd::Environment& environment) {
  const auto stream = environment.get("JOURNAL_STREAM");
  struct stat facts {};
  if (!stream || ::fstat(descriptor, &facts) != 0) return false;
  return *stream == std::to_string(facts.st_dev) + ':' + std::to_string(facts.st_ino);
}

}  // namespace

Reader reader_of(int descriptor, ColourChoice choice, const cmd::Environment& environment) {
  Reader reader;
  reader.is_terminal = ::isatty(descriptor) == 1;
  reader.has_colour = has_colour(choice, environment, reader.is_terminal);
  reader.has_utf8 = charset_is_utf8();
  reader.is_system_journal = is_system_journal(descriptor, environment);
  winsize size{};
  if (reader.is_terminal && ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    reader.width = size.ws_col;
  }
  return reader;
}

}  // namespace pes::ui
