#include "crypto/time_stamp_query.hpp"

#include "crypto/openssl_errors.hpp"
#include "crypto/openssl_handles.hpp"
#include "crypto/openssl_octets.hpp"
#include "crypto/time_stamp_handles.hpp"
#include "crypto/time_stamp_reply.hpp"
#include "pes/error.hpp"
#include "support/text.hpp"

#include <openssl/rand.h>

#include <array>

namespace pes::crypto {

namespace {

void require(bool is_done) {
  if (!is_done) {
    throw Error(ErrorCode::internal, tr("the time stamp's question cannot be written"), {},
                drain_errors().text);
  }
}

std::uint64_t random_number() {
  std::array<unsigned char, sizeof(std::uint64_t)> bytes{};
  require(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1);
  std::uint64_t number = 0;
  for (const unsigned char byte : bytes) number = number << 8U | byte;
  return number;
}

Bytes octets_of(std::string_view sha256) {
  Bytes octets;
  for (std::size_t i = 0; i + 1 < sha256.size(); i += 2) {
    octets.push_back(
        static_cast<std::byte>(std::stoi(std::string(sha256.substr(i, 2)), nullptr, 16)));
  }
  return octets;
}

std::string der_of(std::string_view sha256, std::uint64_t nonce) {
  const TimeStampQuery query(TS_REQ_new());
  const MessageImprint imprint(TS_MSG_IMPRINT_new());
  const Algorithm algorithm(X509_ALGOR_new());
  const Integer number(ASN1_INTEGER_new());
  Bytes digest = octets_of(sha256);
  require(query && imprint && algorithm && number);
  X509_ALGOR_set_md(algorithm.get(), EVP_sha256());
  // Each of these copies what it is given.
  require(TS_REQ_set_version(query.get(), 1) == 1 &&
          TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
          TS_MSG_IMPRINT_set_msg(imprint.get(), reinterpret_cast<unsigned char*>(digest.data()),
                                 static_cast<int>(digest.size())) == 1 &&
          TS_REQ_set_msg_imprint(query.get(), imprint.get()) == 1 &&
          ASN1_INTEGER_set_uint64(number.get(), nonce) == 1 &&
          TS_REQ_set_nonce(query.get(), number.get()) == 1 &&
          TS_REQ_set_cert_req(query.get(), 1) == 1);
  unsigned char* der = nullptr;
  const int size = i2d_TS_REQ(query.get(), &der);
  require(size > 0);
  const Memory owned(der);
  return {reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)};
}

}  // namespace

StampQuery::StampQuery(std::string_view sha256)
    : nonce_(random_number()), der_(der_of(sha256, nonce_)) {}

bool StampQuery::is_answered_by(std::string_view bytes) const {
  const TimeStampReply reply = reply_from(bytes);
  TS_TST_INFO* const token = reply ? TS_RESP_get_tst_info(reply.get()) : nullptr;
  const ASN1_INTEGER* const nonce = token != nullptr ? TS_TST_INFO_get_nonce(token) : nullptr;
  std::uint64_t number = 0;
  return nonce != nullptr && ASN1_INTEGER_get_uint64(&number, nonce) == 1 && number == nonce_;
}

std::string time_stamp_refusal(std::string_view bytes) {
  const TimeStampReply reply = reply_from(bytes);
  if (!reply || is_granted(*reply)) return {};
  const TS_STATUS_INFO* const status = TS_RESP_get_status_info(reply.get());
  std::string words;
  const STACK_OF(ASN1_UTF8STRING)* const texts = TS_STATUS_INFO_get0_text(status);
  for (int i = 0; i < sk_ASN1_UTF8STRING_num(texts); ++i) {
    const ASN1_UTF8STRING* const text = sk_ASN1_UTF8STRING_value(texts, i);
    if (!words.empty()) words += "; ";
    words.append(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                 static_cast<std::size_t>(ASN1_STRING_length(text)));
  }
  const std::string number = std::to_string(ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status)));
  return words.empty() ? say("status {1}", {number}) : words;
}

bool is_time_stamp_reply(std::string_view bytes) { return reply_from(bytes) != nullptr; }

}  // namespace pes::crypto
