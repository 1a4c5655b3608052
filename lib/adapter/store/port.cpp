#include "pes/port/store.hpp"

namespace pes::port {

HeldDossier::~HeldDossier() = default;
Store::~Store() = default;

}  // namespace pes::port
