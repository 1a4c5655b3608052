#include "pes/port/sae.hpp"

namespace pes::port {

Sae::~Sae() = default;

}  // namespace pes::port
