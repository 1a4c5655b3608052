#pragma once

#include "pes/error.hpp"

#include <exception>

namespace pes::cmd {

/// Whatever was thrown, as an Error: what the standard library throws says too little to a person.
Error error_of(const std::exception& thrown);

}  // namespace pes::cmd
