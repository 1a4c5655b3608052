#include "pes/error.hpp"
#include "pes/signature.hpp"

#include <doctest/doctest.h>

#include <optional>

using namespace pes;

namespace {

const Instant now = std::chrono::sys_days(std::chrono::year(2026) / 1 / 5);

Certificate sound_certificate() {
  Certificate certificate;
  certificate.subject_cn = "Amélie MARTIN";
  certificate.not_before = now - std::chrono::days(30);
  certificate.not_after = now + std::chrono::days(30);
  certificate.key_usage = {"nonRepudiation"};
  certificate.key_type = "RSA";
  certificate.key_bits = 2048;
  return certificate;
}

std::optional<Error> refusal(const Certificate& certificate, bool any_usage = false) {
  try {
    require_may_sign(certificate, now, any_usage);
    return std::nullopt;
  } catch (const Error& error) {
    return error;
  }
}

}  // namespace

TEST_SUITE_BEGIN("crypto");

TEST_CASE("a signature certificate in force may sign") {
  CHECK_FALSE(refusal(sound_certificate()).has_value());
}

TEST_CASE("an expired certificate is refused, saying whose and since when") {
  Certificate certificate = sound_certificate();
  certificate.not_after = now - std::chrono::seconds(1);

  const auto error = refusal(certificate);

  REQUIRE(error.has_value());
  CHECK(error->code() == ErrorCode::key_expired);
  CHECK(error->message().find("Amélie MARTIN") != std::string::npos);
  CHECK(error->message().find(local_date_time(certificate.not_after)) != std::string::npos);
  CHECK_FALSE(error->hint().empty());
}

TEST_CASE("a certificate that is not yet valid is refused") {
  Certificate certificate = sound_certificate();
  certificate.not_before = now + std::chrono::seconds(1);

  const auto error = refusal(certificate);

  REQUIRE(error.has_value());
  CHECK(error->code() == ErrorCode::key_not_yet_valid);
}

TEST_CASE("the bounds of the validity belong to it") {
  Certificate certificate = sound_certificate();
  certificate.not_before = now;
  certificate.not_after = now;

  CHECK_FALSE(refusal(certificate).has_value());
}

TEST_CASE("a key usage without nonRepudiation is refused unless overridden") {
  Certificate certificate = sound_certificate();
  certificate.key_usage = {"digitalSignature", "keyEncipherment"};

  const auto error = refusal(certificate);

  REQUIRE(error.has_value());
  CHECK(error->code() == ErrorCode::key_unsupported);
  CHECK(error->message().find("digitalSignature, keyEncipherment") != std::string::npos);
  CHECK_FALSE(refusal(certificate, true).has_value());
}

TEST_CASE("a certificate without the key usage extension may sign") {
  Certificate certificate = sound_certificate();
  certificate.key_usage.clear();

  CHECK_FALSE(refusal(certificate).has_value());
}

TEST_CASE("a key that is not RSA, or too short, is refused whatever the usage") {
  Certificate elliptic = sound_certificate();
  elliptic.key_type = "EC";
  Certificate short_key = sound_certificate();
  short_key.key_bits = 1024;

  REQUIRE(refusal(elliptic, true).has_value());
  CHECK(refusal(elliptic, true)->code() == ErrorCode::key_unsupported);
  REQUIRE(refusal(short_key, true).has_value());
  CHECK(refusal(short_key, true)->code() == ErrorCode::key_unsupported);
}

TEST_SUITE_END();
