#pragma once

#include "pes/sandbox.hpp"
#include "sandbox/faults.hpp"
#include "sandbox/layout.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace pes::sandbox {

/// What every endpoint needs to know; fixed before the first request.
struct Context {
  Layout layout;
  Scenario scenario = Scenario::accepted;
  bool automatic_ticks = true;
  std::filesystem::path seda_schema;
  RandomFaults random_faults;
  std::string base_url;  // https://127.0.0.1:PORT
  /// Safe to call from several threads; never empty.
  std::function<void(const std::string&)> log;
};

}  // namespace pes::sandbox
