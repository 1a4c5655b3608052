#pragma once

#include "support/encoding.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace pes::crypto {

/// What an authority is asked to stamp (RFC 3161 §2.4.1): a SHA-256, with a nonce drawn here and
/// the wish for the certificate that signs.
class StampQuery {
 public:
  /// @param sha256 lower-case hexadecimal
  explicit StampQuery(std::string_view sha256);

  [[nodiscard]] const std::string& der() const noexcept { return der_; }
  /// True when a reply answers this very question: same nonce.
  [[nodiscard]] bool is_answered_by(std::string_view reply) const;

 private:
  std::uint64_t nonce_;
  std::string der_;
};

/// Why an authority does not grant what it was asked (RFC 3161 §2.4.2); empty when it does, or
/// when the bytes are no reply.
std::string time_stamp_refusal(std::string_view reply);

/// True for the DER of a TimeStampResp and nothing more.
bool is_time_stamp_reply(std::string_view bytes);

}  // namespace pes::crypto
