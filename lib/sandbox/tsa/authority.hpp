#pragma once

#include "sandbox/layout.hpp"

#include <string>

namespace pes::sandbox::tsa {

/// The DER of the TimeStampResp for a TimeStampReq: a token by the clock of this machine or, for
/// what is no question, a refusal (RFC 3161 §2.4.2).
std::string answer(const Layout& layout, const std::string& query);

}  // namespace pes::sandbox::tsa
