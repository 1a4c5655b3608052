#include "trust/ocsp.hpp"

#include "crypto/asn1_time.hpp"
#include "crypto/openssl_errors.hpp"
#include "support/text.hpp"

#include <new>
#include <optional>
#include <string>
#include <utility>

namespace pes::trust {

namespace {

struct Question {
  OcspRequest request;
  OcspCertificateId id;
};

Question question_about(X509& certificate, X509& issuer) {
  Question question{OcspRequest(OCSP_REQUEST_new()),
                    OcspCertificateId(OCSP_cert_to_id(EVP_sha1(), &certificate, &issuer))};
  OcspCertificateId asked(question.id ? OCSP_CERTID_dup(question.id.get()) : nullptr);
  if (!question.request || !asked ||
      OCSP_request_add0_id(question.request.get(), asked.get()) == nullptr ||
      OCSP_request_add1_nonce(question.request.get(), nullptr, -1) != 1) {
    throw std::bad_alloc();
  }
  static_cast<void>(asked.release());  // the request frees it
  return question;
}

std::string der_of(OCSP_REQUEST& request) {
  unsigned char* bytes = nullptr;
  const int length = i2d_OCSP_REQUEST(&request, &bytes);
  if (length < 0) throw std::bad_alloc();
  const crypto::Memory owner(bytes);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)};
}

/// What one responder said.
struct Said {
  Revocation::Status status = Revocation::Status::unknown;
  std::optional<Instant> since;
  std::string trouble;  // when unknown
};

Said nothing(std::string trouble) {
  return {Revocation::Status::unknown, std::nullopt, std::move(trouble)};
}

/// The issuer's own signature, or that of a delegate whose certificate the issuer signed.
bool is_signed_for(OCSP_BASICRESP& response, X509& issuer) {
  const X509Store store(X509_STORE_new());
  const CertificateStack issuers(sk_X509_new_null());
  if (!store || !issuers || sk_X509_push(issuers.get(), &issuer) == 0) throw std::bad_alloc();
  X509_up_ref(&issuer);
  return X509_STORE_add_cert(store.get(), &issuer) == 1 &&
         X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN) == 1 &&
         OCSP_basic_verify(&response, issuers.get(), store.get(), OCSP_TRUSTOTHER) == 1;
}

Said status_in(OCSP_BASICRESP& response, const Question& question) {
  int status = V_OCSP_CERTSTATUS_UNKNOWN;
  int reason = 0;
  ASN1_GENERALIZEDTIME* revoked = nullptr;
  ASN1_GENERALIZEDTIME* published = nullptr;
  ASN1_GENERALIZEDTIME* next = nullptr;
  constexpr long tolerated_seconds = 300;
  constexpr int any_age = -1;
  if (OCSP_resp_find_status(&response, question.id.get(), &status, &reason, &revoked, &published,
                            &next) != 1) {
    return nothing(tr("its answer is about another certificate"));
  }
  if (OCSP_check_validity(published, next, tolerated_seconds, any_age) != 1) {
    return nothing(tr("its answer is out of date"));
  }
  if (status == V_OCSP_CERTSTATUS_GOOD) return {Revocation::Status::good, std::nullopt, {}};
  if (status != V_OCSP_CERTSTATUS_REVOKED) {
    return nothing(tr("it does not know this certificate"));
  }
  return {Revocation::Status::revoked,
          revoked == nullptr ? std::nullopt : crypto::instant_of(*revoked),
          {}};
}

Said read_answer(const std::string& bytes, const Question& question, X509& issuer) {
  const auto* cursor = reinterpret_cast<const unsigned char*>(bytes.data());
  const OcspResponse response(d2i_OCSP_RESPONSE(nullptr, &cursor, static_cast<long>(bytes.size())));
  if (!response) return nothing(tr("its answer is no OCSP"));
  const int status = OCSP_response_status(response.get());
  if (status != OCSP_RESPONSE_STATUS_SUCCESSFUL) {
    return nothing(say("it declines to answer: {1}", {OCSP_response_status_str(status)}));
  }
  const OcspBasicResponse basic(OCSP_response_get1_basic(response.get()));
  if (!basic) return nothing(tr("its answer is no OCSP"));
  // No nonce in the answer is usual: responders sign theirs in advance.
  constexpr int other_nonce = 0;
  if (OCSP_check_nonce(question.request.get(), basic.get()) == other_nonce) {
    return nothing(tr("its answer is to another question"));
  }
  if (!is_signed_for(*basic, issuer)) {
    return nothing(tr("its answer is signed neither by the issuer nor by whom it delegated"));
  }
  return status_in(*basic, question);
}

Said ask(const FetchRevocation& fetch, const std::string& url, const std::string& body,
         const Question& question, X509& issuer) {
  const RevocationAnswer answer = fetch({url, body});
  return answer.content ? read_answer(*answer.content, question, issuer) : nothing(answer.failure);
}

}  // namespace

Revocation ask_responders(const FetchRevocation& fetch, X509& certificate, X509& issuer) {
  const Addresses addresses(X509_get1_ocsp(&certificate));
  const Question question = question_about(certificate, issuer);
  const std::string body = der_of(*question.request);
  Revocation known;
  for (int i = 0; i < sk_OPENSSL_STRING_num(addresses.get()); ++i) {
    const std::string url = sk_OPENSSL_STRING_value(addresses.get(), i);
    Said said = ask(fetch, url, body, question, issuer);
    known.inquiries.push_back({"OCSP", url, std::move(said.trouble)});
    if (said.status == Revocation::Status::unknown) continue;
    known.status = said.status;
    known.since = said.since;
    known.source = "OCSP";
    break;
  }
  crypto::drain_errors();
  return known;
}

}  // namespace pes::trust
