#include "pes/port/tsa.hpp"

namespace pes::port {

Tsa::~Tsa() = default;

}  // namespace pes::port
