#pragma once

#include "pes/dossier.hpp"
#include "pes/error.hpp"

#include <vector>

namespace pes::cmd {

/// The promises made to scripts (cli §4). New ones may come: an unknown one is a failure.
namespace exit_status {
inline constexpr int done = 0;
inline constexpr int failure = 1;
inline constexpr int usage = 2;
inline constexpr int some_failed = 3;
inline constexpr int pending = 4;
inline constexpr int refused = 5;
inline constexpr int cancelled = 6;
inline constexpr int unknown = 10;
inline constexpr int locked = 11;
inline constexpr int state_forbids = 12;
inline constexpr int damaged = 13;
inline constexpr int input_refused = 20;
inline constexpr int configuration = 21;
inline constexpr int key_unusable = 22;
inline constexpr int pin_wrong = 23;
inline constexpr int pin_blocked = 24;
inline constexpr int identity_refused = 25;
inline constexpr int unreachable = 30;
inline constexpr int service_refused = 31;
inline constexpr int fate_unknown = 32;
inline constexpr int bug = 70;
inline constexpr int interrupted = 130;
inline constexpr int terminated = 143;
}  // namespace exit_status

int exit_status_of(ErrorCode code);

/// Where a dossier stands, as an answer: done, pending, refused, failed, or of unknown fate.
int exit_status_of(const Dossier& dossier);

/// Of a command that handled several dossiers, each with its own status.
int exit_status_of(const std::vector<int>& statuses);

}  // namespace pes::cmd
