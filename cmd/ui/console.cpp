#include "ui/console.hpp"

#include "exit_status.hpp"
#include "ui/characters.hpp"
#include "ui/language.hpp"

#include <unistd.h>

namespace pes::ui {

namespace {

Progress::Mode progress_mode(const Reader& errors, const Manners& manners) {
  const bool shown = errors.is_terminal && !manners.quiet && !manners.json &&
                     manners.progress == ProgressMode::automatic;
  return shown ? Progress::Mode::shown : Progress::Mode::hidden;
}

/// « erreur : … »
std::string labelled(const std::string& label, std::string_view text) {
  return label + " " + printable(text);
}

std::string list_of(const std::vector<std::string>& items) {
  std::string list;
  for (const std::string& item : items) list += list.empty() ? item : ", " + item;
  return list;
}

}  // namespace

Console::Console(Reader output, Reader errors, Manners manners)
    : manners_(manners),
      output_(STDOUT_FILENO, output, Loss::reported),
      errors_(STDERR_FILENO, errors, Loss::accepted),
      progress_(errors_, progress_mode(errors, manners)) {}

void Console::result(std::string_view text) {
  progress_.aside([&] { output_.line(printable(text)); });
}

void Console::result_text(std::string_view lines) {
  progress_.aside([&] { output_.text(lines); });
}

void Console::title(std::string_view text) {
  if (!output_.is_terminal()) return;
  progress_.aside([&] { output_.line(output_.styled(Style::strong, printable(text))); });
}

void Console::blank_line() {
  if (output_.is_terminal()) progress_.aside([&] { output_.line(""); });
}

void Console::result(const Table& table) {
  progress_.aside([&] {
    output_.text(output_.is_terminal() ? table.aligned(output_.width()) : table.tabbed());
  });
}

void Console::result_json(const Json& document) {
  progress_.aside([&] { output_.bytes(serialised(document)); });
}

void Console::result_bytes(std::string_view bytes) {
  progress_.aside([&] { output_.bytes(bytes); });
}

void Console::say(Gravity gravity, std::string_view text) {
  progress_.aside([&] { errors_.line(errors_.prefix(gravity).append(text)); });
}

void Console::usage(std::string_view lines) {
  progress_.aside([&] { errors_.text(lines); });
}

void Console::note(std::string_view text) {
  if (!manners_.quiet && !manners_.json) say(Gravity::note, printable(text));
}

void Console::warning(std::string_view text) {
  if (manners_.quiet) return;
  if (manners_.json) {
    Json line = typed_line("warning", "warning");
    line["message"] = std::string(text);
    progress_.aside([&] { errors_.bytes(errors_.prefix(Gravity::warning) + serialised(line)); });
    return;
  }
  say(Gravity::warning, labelled(errors_.styled(Style::warning, tr("warning:")), text));
}

void Console::hint(std::string_view text) {
  if (text.empty() || manners_.quiet || manners_.json) return;
  say(Gravity::note, labelled(errors_.styled(Style::hint, tr("hint:")), text));
}

void Console::detail(int degree, std::string_view text) {
  if (manners_.verbose < degree) return;
  say(Gravity::detail, errors_.styled(Style::faint, printable(text)));
}

void Console::error(const Error& error, std::string_view id_d) {
  done_waiting();
  if (manners_.json) {
    progress_.aside([&] {
      errors_.bytes(errors_.prefix(Gravity::error) + serialised(error_json(error, id_d)));
    });
    return;
  }
  say(Gravity::error, labelled(errors_.styled(Style::error, tr("error:")), error.message()));
  if (manners_.verbose > 0 && !error.cause().empty()) {
    say(Gravity::error, labelled(errors_.styled(Style::faint, tr("cause:")), error.cause()));
  }
  if (!error.hint().empty()) {
    say(Gravity::error, labelled(errors_.styled(Style::hint, tr("hint:")), error.hint()));
  }
}

void Console::error(const Error& error, const std::vector<std::string>& items) {
  if (manners_.json || items.size() == 1) {
    for (const std::string& item : items) this->error(error, item);
    return;
  }
  this->error(Error(error.code(), fill("{1} ({2})", {error.message(), list_of(items)}),
                    error.hint(), error.cause()));
}

void Console::waiting_for(std::string_view what) {
  if (!tally_.is_running()) return progress_.waiting_for(what);
  progress_.waiting_for(fill("{1}, {2}", {tally_.text(Tally::Clock::now()), what}));
}

void Console::batch_begins(std::size_t total) { tally_.begin(total, Tally::Clock::now()); }

void Console::item_begins(std::string_view item) {
  waiting_for(item);
  event("begin", {{"item", std::string(item)}});
}

void Console::item_ends(std::string_view item, std::string_view result, std::uint64_t bytes) {
  tally_.end_item(bytes);
  if (tally_.is_running()) {
    waiting_for(item);
  } else {
    done_waiting();
  }
  Json content{{"item", std::string(item)}, {"result", std::string(result)}};
  content.update(tally_.json(Tally::Clock::now()));
  event("end", content);
}

void Console::retrying(std::string_view words) {
  tally_.count_retry();
  waiting_for(words);
  detail(1, words);
  event("retry", {{"text", std::string(words)}});
}

void Console::event(std::string_view type, const Json& content) {
  if (manners_.progress != ProgressMode::json) return;
  Json line = typed_line(type, "progress");
  line.update(content);
  progress_.aside([&] { errors_.bytes(serialised(line)); });
}

Json error_json(const Error& error, std::string_view id_d) {
  Json line = typed_line("error", "error");
  line["code"] = std::string(id(error.code()));
  line["exit"] = cmd::exit_status_of(error.code());
  line["message"] = error.message();
  line["hint"] = text_or_null(error.hint());
  line["id_d"] = text_or_null(id_d);
  line["cause"] = text_or_null(error.cause());
  return line;
}

}  // namespace pes::ui
