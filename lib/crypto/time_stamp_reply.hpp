#pragma once

#include "crypto/time_stamp_handles.hpp"

#include <string_view>

namespace pes::crypto {

/// Null for what is not the DER of one TimeStampResp and nothing more.
TimeStampReply reply_from(std::string_view der);

/// Granted, with modifications or not: the reply has a token (RFC 3161 §2.4.2).
bool is_granted(const TS_RESP& reply);

}  // namespace pes::crypto
