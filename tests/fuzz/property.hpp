#pragma once

#include "pes/error.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace pes::fuzz {

/// What a fuzzer is given, as text.
inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Ends the process, which is how libFuzzer learns that an input breaks a promise.
/// @param detail what was read, for whoever looks at the input
inline void require(bool holds, std::string_view promise, std::string_view detail = {}) {
  if (holds) return;
  const std::string told = "broken: " + std::string(promise) + "\n" + std::string(detail) + "\n";
  std::fputs(told.c_str(), stderr);
  std::abort();
}

/// Runs `read`, which may refuse its input and not blame us; any other exception ends the process.
/// @return the text of the refusal; empty when there was none
template <typename Read>
std::string refusal_of(Read read) {
  try {
    read();
  } catch (const Error& error) {
    require(error.code() != ErrorCode::internal, "no input is our own mistake", error.message());
    return std::string(id(error.code())) + ": " + error.message();
  }
  return {};
}

}  // namespace pes::fuzz
