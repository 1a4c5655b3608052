#include "pes/port/tdt.hpp"

namespace pes::port {

Tdt::~Tdt() = default;

std::optional<Error> Tdt::interruption() const { return std::nullopt; }

}  // namespace pes::port
