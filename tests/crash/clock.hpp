#pragma once

#include <chrono>

/// The clocks that the preloaded process sees.
///
///   PES_CLOCK_AHEAD=S        the time of day is that many seconds ahead
///   PES_CLOCK_RATE=R         the time of day goes that many times faster, since the real
///   PES_CLOCK_SINCE=T        instant T (seconds since 1970): one time for several processes
///   PES_CLOCK_SLEEPLESS=1    a pause takes no time: all clocks pass over it
namespace clocks {

/// All clocks are this much later from now on.
void pass(std::chrono::nanoseconds time);

}  // namespace clocks
