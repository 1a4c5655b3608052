#pragma once

#include "pes/error.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace pes::record {

/// Where a record is read from: how errors name it, and the codes they bear.
struct Source {
  std::function<std::string()> name;  // called when there is an error to tell
  ErrorCode damaged = ErrorCode::state_damaged;
  ErrorCode newer = ErrorCode::state_newer;
  const char* hint = nullptr;  // what to do about damage; null: restore the file
};

/// A record that has just been written, read again before it reaches the disk: what
/// cannot be read back is our mistake and must not be kept.
Source written(std::string_view what);

[[noreturn]] void throw_damaged(const Source& source, std::string_view message,
                                std::string_view cause = {});
[[noreturn]] void throw_newer(const Source& source, std::string_view schema);

}  // namespace pes::record
