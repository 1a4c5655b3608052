#include "trust/ocsp.hpp"

#include "crypto/openssl_errors.hpp"
#include "unit/trust/pki.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>

using namespace pes;
using namespace pes::test;
using Status = Revocation::Status;

namespace {

void require(bool done) {
  if (!done) throw std::runtime_error(crypto::drain_errors().text);
}

Instant now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

using Time = Owned<ASN1_GENERALIZEDTIME, ASN1_GENERALIZEDTIME_free>;

Time generalized(Instant instant) {
  return Time(ASN1_GENERALIZEDTIME_set(nullptr, instant.time_since_epoch().count()));
}

/// What a responder says of a certificate.
struct Answer {
  int status = V_OCSP_CERTSTATUS_GOOD;
  Instant revoked{};
  Instant until = now() + std::chrono::hours(1);
};

std::string der_of(OCSP_RESPONSE& response) {
  unsigned char* bytes = nullptr;
  const int length = i2d_OCSP_RESPONSE(&response, &bytes);
  require(length > 0);
  const crypto::Memory owner(bytes);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)};
}

/// Answers the question of a request, signed with that certificate and key.
std::string answer_to(const RevocationRequest& request, X509& signer, EVP_PKEY& key,
                      const Answer& answer) {
  const auto* cursor = reinterpret_cast<const unsigned char*>(request.body.data());
  const trust::OcspRequest question(
      d2i_OCSP_REQUEST(nullptr, &cursor, static_cast<long>(request.body.size())));
  require(question != nullptr);
  OCSP_CERTID* const id = OCSP_onereq_get0_id(OCSP_request_onereq_get0(question.get(), 0));
  const trust::OcspBasicResponse basic(OCSP_BASICRESP_new());
  const Time revoked = generalized(answer.revoked);
  const Time published = generalized(now() - std::chrono::hours(2));
  const Time until = generalized(answer.until);
  const bool is_revoked = answer.status == V_OCSP_CERTSTATUS_REVOKED;
  require(OCSP_basic_add1_status(basic.get(), id, answer.status, OCSP_REVOKED_STATUS_NOSTATUS,
                                 is_revoked ? revoked.get() : nullptr, published.get(),
                                 until.get()) != nullptr);
  OCSP_copy_nonce(basic.get(), question.get());
  require(OCSP_basic_sign(basic.get(), &signer, &key, EVP_sha256(), nullptr, 0) == 1);
  const trust::OcspResponse response(
      OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()));
  return der_of(*response);
}

/// A certificate that names a responder.
crypto::X509Certificate with_responder(const Authority& issuer, EVP_PKEY& key) {
  crypto::X509Certificate certificate = issuer.issue(key);
  const Owned<X509_EXTENSION, X509_EXTENSION_free> access(
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_info_access, "OCSP;URI:http://ocsp.example.org/"));
  require(X509_add_ext(certificate.get(), access.get(), -1) == 1 &&
          X509_sign(certificate.get(), &issuer.key(), EVP_sha256()) > 0);
  return certificate;
}

struct Bench {
  Authority issuer{"AC"};
  crypto::X509Certificate leaf = with_responder(issuer, shared_key());

  [[nodiscard]] Revocation asked(X509& signer, EVP_PKEY& signer_key, const Answer& answer) const {
    return trust::ask_responders(
        [&](const RevocationRequest& request) -> RevocationAnswer {
          CHECK(request.url == "http://ocsp.example.org/");
          return {answer_to(request, signer, signer_key, answer), {}};
        },
        *leaf, issuer.certificate());
  }
  [[nodiscard]] Revocation asked(const Answer& answer) const {
    return asked(issuer.certificate(), issuer.key(), answer);
  }
};

}  // namespace

TEST_SUITE_BEGIN("trust");

TEST_CASE("what the issuer's responder says is believed") {
  const Bench bench;

  CHECK(bench.asked({}).status == Status::good);
  const auto before =
      bench.asked({.status = V_OCSP_CERTSTATUS_REVOKED, .revoked = now() - std::chrono::hours(48)});
  CHECK(before.status == Status::revoked);
  CHECK(before.since.has_value());
}

TEST_CASE("an answer that cannot be believed is none, and says why") {
  const Bench bench;
  const Authority usurper("AC");
  const std::string unsigned_by_issuer =
      "its answer is signed neither by the issuer nor by whom it delegated";
  const auto trouble = [](const Revocation& revocation) {
    CHECK(revocation.status == Status::unknown);
    CHECK(revocation.source.empty());
    return revocation.inquiries.at(0).trouble;
  };

  CHECK(trouble(bench.asked(usurper.certificate(), usurper.key(), {})) == unsigned_by_issuer);
  CHECK(trouble(bench.asked(*bench.leaf, shared_key(), {})) == unsigned_by_issuer);
  CHECK(trouble(bench.asked({.until = now() - std::chrono::hours(1)})) ==
        "its answer is out of date");
  CHECK(trouble(bench.asked({.status = V_OCSP_CERTSTATUS_UNKNOWN})) ==
        "it does not know this certificate");
}

TEST_CASE("an answer that is no OCSP, declines, or never comes, is none") {
  const Bench bench;
  const auto trouble = [&](const RevocationAnswer& answer) {
    const Revocation known = trust::ask_responders([&](const RevocationRequest&) { return answer; },
                                                   *bench.leaf, bench.issuer.certificate());
    CHECK(known.status == Status::unknown);
    REQUIRE(known.inquiries.size() == 1);
    CHECK(known.inquiries[0].source == "OCSP");
    CHECK(known.inquiries[0].url == "http://ocsp.example.org/");
    return known.inquiries[0].trouble;
  };
  const trust::OcspResponse declining(OCSP_response_create(OCSP_RESPONSE_STATUS_TRYLATER, nullptr));

  CHECK(trouble({"<html>", {}}) == "its answer is no OCSP");
  CHECK(trouble({der_of(*declining), {}}) == "it declines to answer: trylater");
  CHECK(trouble({std::nullopt, "no answer: HTTP status 503"}) == "no answer: HTTP status 503");
}

TEST_SUITE_END();
