#include "signals.hpp"

#include <unistd.h>

#include <csignal>

namespace pes::cmd {

namespace {

// A handler can reach nothing else.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): see above
volatile std::sig_atomic_t received = 0;

constexpr int signal_base = 128;

extern "C" void keep_signal(int number) {
  if (received != 0) ::_exit(signal_base + number);
  received = number;
}

void handle(int number, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  // Without SA_RESTART a waiting read returns, so that a question can be given up.
  ::sigemptyset(&action.sa_mask);
  ::sigaction(number, &action, nullptr);
}

}  // namespace

void watch_signals() {
  handle(SIGINT, keep_signal);
  handle(SIGTERM, keep_signal);
  handle(SIGPIPE, SIG_IGN);
}

int received_signal() { return received; }

int exit_status_after_signals(int status) {
  return received == 0 ? status : signal_base + received;
}

}  // namespace pes::cmd
