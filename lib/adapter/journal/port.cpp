#include "pes/port/journal.hpp"

namespace pes::port {

Journal::~Journal() = default;

}  // namespace pes::port
