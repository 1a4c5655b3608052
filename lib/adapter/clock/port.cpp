#include "pes/port/clock.hpp"

namespace pes::port {

Clock::~Clock() = default;

}  // namespace pes::port
