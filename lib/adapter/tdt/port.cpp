#include "pes/port/tdt.hpp"

namespace pes::port {

Tdt::~Tdt() = default;

}  // namespace pes::port
