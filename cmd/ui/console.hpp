#pragma once

#include "pes/error.hpp"
#include "ui/json.hpp"
#include "ui/progress.hpp"
#include "ui/stream.hpp"
#include "ui/table.hpp"
#include "ui/tally.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pes::ui {

enum class ProgressMode { automatic, none, json };

/// How the person wants to be spoken to.
struct Manners {
  bool json = false;
  bool quiet = false;
  int verbose = 0;
  ProgressMode progress = ProgressMode::automatic;
};

/// Results on standard output, everything else on standard error. For several threads: each call
/// is written as a whole.
class Console {
 public:
  Console(Reader output, Reader errors, Manners manners);

  [[nodiscard]] bool json() const noexcept { return manners_.json; }
  [[nodiscard]] bool quiet() const noexcept { return manners_.quiet; }
  [[nodiscard]] int verbose() const noexcept { return manners_.verbose; }
  /// True when a person looks at the results, so that titles and frames are of use.
  [[nodiscard]] bool is_terminal() const noexcept { return output_.is_terminal(); }
  [[nodiscard]] bool abandoned() const noexcept { return output_.is_abandoned(); }

  /// A line of result, for a person.
  void result(std::string_view text);
  /// Lines of our own making, as they are laid out.
  void result_text(std::string_view lines);
  /// Above a result, on a terminal only.
  void title(std::string_view text);
  /// Between results, on a terminal only.
  void blank_line();
  void result(const Table& table);
  void result_json(const Json& document);
  void result_bytes(std::string_view bytes);

  /// How to call the tool, on standard error.
  void usage(std::string_view lines);
  /// What a person following may want to know; not under --quiet or --json.
  void note(std::string_view text);
  void warning(std::string_view text);
  /// « conseil : … »
  void hint(std::string_view text);
  /// Shown from this degree of --verbose on.
  void detail(int degree, std::string_view text);
  /// @param id_d the dossier concerned, or empty
  void error(const Error& error, std::string_view id_d = {});
  /// The same error of several dossiers or files, as one.
  void error(const Error& error, const std::vector<std::string>& items);

  /// The moving line, or an event with `--progress=json`.
  void waiting_for(std::string_view what);
  /// So many items are worked on from now on: the moving line tells how far this is.
  void batch_begins(std::size_t total);
  /// One of them turned out to be so many more.
  void batch_grows(std::size_t more) { tally_.grow(more); }
  void item_begins(std::string_view item);
  /// @param bytes of what it is about; 0 when nobody counts them
  void item_ends(std::string_view item, std::string_view result, std::uint64_t bytes = 0);
  /// A question is asked again after a while.
  void retrying(std::string_view words);
  void event(std::string_view type, const Json& content);
  void done_waiting() { progress_.done_waiting(); }
  /// Calls `act` while the moving line is away: it would be drawn over a question.
  template <typename Act>
  void without_progress(Act act) {
    progress_.aside(act);
  }

 private:
  void say(Gravity gravity, std::string_view text);

  Manners manners_;
  Stream output_;
  Stream errors_;
  Progress progress_;
  Tally tally_;
};

/// `{"type":"error","schema":"pes.error/1",…}` (cli §5)
Json error_json(const Error& error, std::string_view id_d);

}  // namespace pes::ui
