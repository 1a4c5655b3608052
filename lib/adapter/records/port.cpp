#include "pes/port/records.hpp"

namespace pes::port {

Records::~Records() = default;

}  // namespace pes::port
