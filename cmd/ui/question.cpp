#include "ui/question.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"
#include "ui/terminal.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>

namespace pes::ui {

namespace {

/// Somebody reads the messages and can type: a pipe into the command means a script.
bool somebody_is_there() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1; }

bool somebody_reads() { return ::isatty(STDERR_FILENO) == 1; }

std::optional<Terminal> terminal_for(const Questions& questions, bool somebody) {
  if (questions.forbidden || !somebody) return std::nullopt;
  return Terminal::open();
}

bool means_yes(std::string_view answer) {
  constexpr std::array<std::string_view, 8> yes{"y", "Y", "yes", "Yes", "o", "O", "oui", "Oui"};
  return std::find(yes.begin(), yes.end(), answer) != yes.end();
}

[[noreturn]] void nobody_to_ask(std::string_view question, const std::string& hint) {
  throw Error(ErrorCode::answer_needed,
              say("a confirmation is needed and nobody can be asked: {1}", {question}), hint);
}

[[noreturn]] void cancelled() {
  throw Error(ErrorCode::cancelled, tr("cancelled: nothing was done"));
}

}  // namespace

void confirm(const Questions& questions, std::string_view question) {
  if (questions.answered_yes) return;
  auto terminal = terminal_for(questions, somebody_is_there());
  if (!terminal) nobody_to_ask(question, tr("to answer yes in advance: --yes"));
  const std::string answer = terminal->ask(std::string(question) + " " + tr("[y/N]") + " ");
  if (!means_yes(answer)) cancelled();
}

void confirm_by_typing(const Questions& questions, std::string_view question,
                       std::string_view expected, std::string_view option) {
  auto terminal = terminal_for(questions, somebody_is_there());
  if (!terminal) nobody_to_ask(question, say("to answer in advance: {1}", {option}));
  if (terminal->ask(std::string(question) + " ") != expected) cancelled();
}

Secret ask_secret(const Questions& questions, std::string_view question, std::string_view option) {
  auto terminal = terminal_for(questions, somebody_reads());
  if (!terminal) {
    throw Error(ErrorCode::answer_needed,
                say("a secret is needed and nobody can be asked: {1}", {question}),
                say("say where it is: {1} env:NAME, file:path, fd:3 or stdin", {option}));
  }
  return terminal->ask_secret(std::string(question) + " ");
}

}  // namespace pes::ui
