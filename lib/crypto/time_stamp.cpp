#include "pes/time_stamp.hpp"

#include "crypto/asn1_time.hpp"
#include "crypto/openssl_errors.hpp"
#include "crypto/openssl_handles.hpp"
#include "crypto/time_stamp_reply.hpp"
#include "pes/error.hpp"
#include "support/encoding.hpp"
#include "support/text.hpp"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <array>
#include <utility>

namespace pes {

struct TimeStampAuthorities::Impl {
  crypto::Certificates certificates;
};

TimeStampAuthorities::TimeStampAuthorities(const std::filesystem::path& file)
    : impl_(std::make_unique<Impl>()) {
  if (!std::filesystem::exists(file)) {
    throw Error(ErrorCode::file_unknown, say("there is no file {1}", {file.native()}));
  }
  impl_->certificates.reset(X509_STORE_new());
  if (!impl_->certificates) throw std::bad_alloc();
  if (X509_STORE_load_file(impl_->certificates.get(), file.c_str()) != 1) {
    throw Error(ErrorCode::config_invalid,
                say("{1} holds no certificate that can be read", {file.native()}),
                say("name a file of PEM certificates in {1}", {"journal.tsa_trust"}),
                crypto::drain_errors().text);
  }
}

TimeStampAuthorities::TimeStampAuthorities(TimeStampAuthorities&&) noexcept = default;
TimeStampAuthorities& TimeStampAuthorities::operator=(TimeStampAuthorities&&) noexcept = default;
TimeStampAuthorities::~TimeStampAuthorities() = default;

namespace crypto {

namespace {

using Signers = Owned<STACK_OF(X509), [](STACK_OF(X509) * stack) noexcept { sk_X509_free(stack); }>;

std::string oid_text(const ASN1_OBJECT& object) {
  std::array<char, 128> text{};
  OBJ_obj2txt(text.data(), static_cast<int>(text.size()), &object, 1);
  return text.data();
}

std::string hexadecimal(const ASN1_INTEGER& number) {
  const BigNumber big(ASN1_INTEGER_to_BN(&number, nullptr));
  if (!big) return {};
  const Text text(BN_bn2hex(big.get()));
  return text ? lowered_ascii(text.get()) : std::string();
}

/// Empty when there is none that can be read: the certificate may have been tampered with.
std::string common_name(const X509& certificate) {
  const X509_NAME* const subject = X509_get_subject_name(&certificate);
  const int place = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (place < 0) return {};
  unsigned char* utf8 = nullptr;
  const int size =
      ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, place)));
  const Memory owned(utf8);
  if (size < 0) return {};
  return {reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size)};
}

/// The certificate that the token names as its signer; it must be in it. Owned by the reply.
X509* signer_of(TS_RESP& reply) {
  PKCS7* const token = TS_RESP_get_token(&reply);
  if (token == nullptr) return nullptr;
  const Signers signers(PKCS7_get0_signers(token, nullptr, 0));
  ERR_clear_error();
  return signers && sk_X509_num(signers.get()) == 1 ? sk_X509_value(signers.get(), 0) : nullptr;
}

std::optional<TimeStamp> time_stamp_in(TS_RESP& reply) {
  if (!is_granted(reply)) return std::nullopt;
  TS_TST_INFO* const token = TS_RESP_get_tst_info(&reply);
  const auto time = instant_of(*TS_TST_INFO_get_time(token));
  if (!time) return std::nullopt;
  TimeStamp stamp{.time = *time,
                  .authority = {},
                  .policy = oid_text(*TS_TST_INFO_get_policy_id(token)),
                  .serial = hexadecimal(*TS_TST_INFO_get_serial(token))};
  if (const X509* const signer = signer_of(reply)) stamp.authority = common_name(*signer);
  return stamp;
}

bool stamps(TS_RESP& reply, std::string_view sha256) {
  TS_MSG_IMPRINT* const imprint = TS_TST_INFO_get_msg_imprint(TS_RESP_get_tst_info(&reply));
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  const ASN1_OCTET_STRING* const digest = TS_MSG_IMPRINT_get_msg(imprint);
  const std::string_view octets(reinterpret_cast<const char*>(ASN1_STRING_get0_data(digest)),
                                static_cast<std::size_t>(ASN1_STRING_length(digest)));
  return OBJ_obj2nid(algorithm) == NID_sha256 && hex(as_bytes(octets)) == sha256;
}

/// The signature alone, by the certificate in the token.
bool is_signed(TS_RESP& reply) {
  X509* const signer = signer_of(reply);
  if (signer == nullptr || X509_check_purpose(signer, X509_PURPOSE_TIMESTAMP_SIGN, 0) != 1) {
    return false;
  }
  return PKCS7_verify(TS_RESP_get_token(&reply), nullptr, nullptr, nullptr, nullptr,
                      PKCS7_NOVERIFY) == 1;
}

/// As `openssl ts -verify` does, but at the time of the token: a certificate that has expired
/// since proves what it proved.
bool is_signed_under(TS_RESP& reply, const TimeStampAuthorities& authorities, Instant time) {
  X509_STORE* const store = authorities.impl().certificates.get();
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), time.time_since_epoch().count());
  const VerificationContext context(TS_VERIFY_CTX_new());
  if (!context) throw std::bad_alloc();
  TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE);
  X509_STORE_up_ref(store);  // the context frees one
  TS_VERIFY_CTX_set_store(context.get(), store);
  return TS_RESP_verify_response(context.get(), &reply) == 1;
}

}  // namespace

}  // namespace crypto

std::optional<TimeStamp> read_time_stamp(std::string_view bytes) {
  const crypto::TimeStampReply reply = crypto::reply_from(bytes);
  return reply ? crypto::time_stamp_in(*reply) : std::nullopt;
}

TimeStampVerdict verify_time_stamp(std::string_view bytes, std::string_view sha256,
                                   const TimeStampAuthorities* authorities) {
  const crypto::TimeStampReply reply = crypto::reply_from(bytes);
  if (!reply) return {std::nullopt, tr("it is no reply of a time-stamping authority")};
  TimeStampVerdict verdict{crypto::time_stamp_in(*reply), {}};
  if (!verdict.stamp) {
    verdict.fault = tr("the authority granted no time stamp");
  } else if (!crypto::stamps(*reply, sha256)) {
    verdict.fault = tr("it stamps something else");
  } else if (!crypto::is_signed(*reply)) {
    verdict.fault = tr("its signature is not valid");
  } else if (authorities != nullptr &&
             !crypto::is_signed_under(*reply, *authorities, verdict.stamp->time)) {
    verdict.fault =
        say("{1} was not under a trusted authority at that time", {verdict.stamp->authority});
  }
  ERR_clear_error();
  return verdict;
}

}  // namespace pes
