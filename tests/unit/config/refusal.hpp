#pragma once

#include "pes/error.hpp"

#include <doctest/doctest.h>

namespace pes::test {

/// What `act` throws; a failed test when it throws nothing.
template <typename Act>
Error refusal(Act act) {
  try {
    act();
  } catch (const Error& error) {
    return error;
  }
  FAIL("nothing was refused");
  return {ErrorCode::internal, "nothing was refused"};
}

}  // namespace pes::test
