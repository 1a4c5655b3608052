#include "crypto/time_stamp_reply.hpp"

#include <openssl/err.h>

namespace pes::crypto {

TimeStampReply reply_from(std::string_view der) {
  const auto* place = reinterpret_cast<const unsigned char*>(der.data());
  const unsigned char* const end = place + der.size();
  TimeStampReply reply(d2i_TS_RESP(nullptr, &place, static_cast<long>(der.size())));
  ERR_clear_error();
  return place == end ? std::move(reply) : nullptr;
}

bool is_granted(const TS_RESP& reply) {
  // OpenSSL's accessors take no const.
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
  auto& readable = const_cast<TS_RESP&>(reply);
  const TS_STATUS_INFO* const status = TS_RESP_get_status_info(&readable);
  const long number = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
  const bool has_granted = number == TS_STATUS_GRANTED || number == TS_STATUS_GRANTED_WITH_MODS;
  return has_granted && TS_RESP_get_tst_info(&readable) != nullptr;
}

}  // namespace pes::crypto
