#include "pes/port/signer.hpp"

namespace pes::port {

Signer::~Signer() = default;

void Signer::expect(std::size_t /*signatures*/) {}

}  // namespace pes::port
