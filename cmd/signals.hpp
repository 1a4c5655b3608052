#pragma once

namespace pes::cmd {

/// Installs the handlers of SIGINT and SIGTERM: the first one is kept for whoever asks, the
/// second leaves at once. A reader that goes away (SIGPIPE) is seen by the writer instead.
void watch_signals();

/// The signal received, or 0.
int received_signal();

/// 130 or 143 when one was received; `status` otherwise.
int exit_status_after_signals(int status);

}  // namespace pes::cmd
