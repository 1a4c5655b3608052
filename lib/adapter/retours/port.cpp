#include "pes/port/retours.hpp"

namespace pes::port {

Retours::~Retours() = default;

}  // namespace pes::port
