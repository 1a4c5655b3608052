#pragma once

#include "pes/port/tdt.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pes::tdt {

/// What a status number means (tdt §6). A number that is not in the table is one to wait for:
/// it never counts as a failure.
port::TdtStatus s2low_status(int code, std::string message);

/// The number in an answer's `status`; nullopt when it is none.
std::optional<int> status_number(std::string_view text);

}  // namespace pes::tdt
