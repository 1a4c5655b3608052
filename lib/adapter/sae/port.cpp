#include "pes/port/sae.hpp"

namespace pes::port {

Sae::~Sae() = default;

std::optional<Error> Sae::interruption() const { return std::nullopt; }

}  // namespace pes::port
