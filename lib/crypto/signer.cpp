#include "pes/port/signer.hpp"

namespace pes::port {

Signer::~Signer() = default;

}  // namespace pes::port
