#include "pes/port/journal.hpp"
#include "pes/port/stamps.hpp"

namespace pes::port {

Journal::~Journal() = default;

Stamps::~Stamps() = default;

}  // namespace pes::port
