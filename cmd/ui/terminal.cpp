#include "ui/terminal.hpp"

#include "pes/error.hpp"
#include "signals.hpp"
#include "ui/ascii.hpp"
#include "ui/language.hpp"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <utility>

namespace pes::ui {

namespace {

/// Echo off. Signals that would stop or end the process wait until it is on again; SIGINT
/// and SIGTERM have handlers, and end the reading.
class Silence {
 public:
  explicit Silence(int descriptor) : descriptor_(descriptor) {
    sigset_t held{};
    ::sigemptyset(&held);
    for (const int number : {SIGTSTP, SIGQUIT, SIGHUP, SIGTTOU}) ::sigaddset(&held, number);
    ::sigprocmask(SIG_BLOCK, &held, &signals_);
    if (::tcgetattr(descriptor_, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    silent.c_lflag |= ECHONL;
    changed_ = ::tcsetattr(descriptor_, TCSAFLUSH, &silent) == 0;
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;
  ~Silence() {
    if (changed_) ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
    ::sigprocmask(SIG_SETMASK, &signals_, nullptr);
  }
  [[nodiscard]] bool holds() const noexcept { return changed_; }

 private:
  int descriptor_;
  termios before_{};
  sigset_t signals_{};
  bool changed_ = false;
};

[[noreturn]] void give_up() {
  throw Error(ErrorCode::cancelled, tr("given up at the question: nothing was done"));
}

}  // namespace

std::optional<Terminal> Terminal::open() {
  const int descriptor = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return std::nullopt;
  return Terminal(descriptor);
}

Terminal::Terminal(Terminal&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Terminal::~Terminal() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::string Terminal::ask(std::string_view question) {
  write(question);
  return read_line();
}

Secret Terminal::ask_secret(std::string_view question) {
  const Silence silence(descriptor_);
  if (!silence.holds()) {
    throw Error(ErrorCode::answer_needed, tr("this terminal cannot hide what is typed"),
                tr("put the secret in a file that only you can read: --pin-from file:<path>"));
  }
  write(question);
  return Secret(read_line());
}

void Terminal::write(std::string_view text) const {
  const std::string shown = charset_is_utf8() ? std::string(text) : to_ascii(text);
  std::string_view rest = shown;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0) give_up();
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// A signal that comes just before a wait interrupts nothing, so none is endless.
bool Terminal::waits_for_input() const {
  constexpr int milliseconds = 100;
  while (cmd::received_signal() == 0) {
    pollfd watched{.fd = descriptor_, .events = POLLIN, .revents = 0};
    if (::poll(&watched, 1, milliseconds) > 0) return true;
  }
  return false;
}

std::string Terminal::read_line() const {
  std::string line;
  // Reallocation would leave copies of a secret behind.
  line.reserve(4096);
  while (true) {
    char c = '\0';
    const ssize_t got = waits_for_input() ? ::read(descriptor_, &c, 1) : 0;
    if (got <= 0) {
      // The cursor is still behind the question.
      write("\n");
      give_up();
    }
    if (c == '\n') return line;
    if (line.size() < line.capacity()) line += c;
  }
}

}  // namespace pes::ui
