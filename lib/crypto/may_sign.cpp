#include "pes/error.hpp"
#include "pes/signature.hpp"
#include "pes/time.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes {

namespace {

constexpr int least_key_bits = 2048;

void require_strong_rsa(const Certificate& certificate) {
  if (certificate.key_type != "RSA") {
    throw Error(ErrorCode::key_unsupported,
                say("the certificate of {1} has a key of type {2}, and a PES is signed with RSA",
                    {certificate.subject_cn, certificate.key_type}),
                tr("choose a certificate with an RSA key"));
  }
  if (certificate.key_bits < least_key_bits) {
    throw Error(ErrorCode::key_unsupported,
                say("the RSA key of {1} has {2} bits, fewer than the {3} that are required",
                    {certificate.subject_cn, std::to_string(certificate.key_bits),
                     std::to_string(least_key_bits)}),
                tr("ask for a new certificate"));
  }
}

void require_in_force(const Certificate& certificate, Instant now) {
  if (now < certificate.not_before) {
    throw Error(ErrorCode::key_not_yet_valid,
                say("the certificate of {1} is not valid before {2}",
                    {certificate.subject_cn, local_date_time(certificate.not_before)}),
                tr("wait for that date, or check the clock of this computer"));
  }
  if (now > certificate.not_after) {
    throw Error(ErrorCode::key_expired,
                say("the certificate of {1} expired on {2}",
                    {certificate.subject_cn, local_date_time(certificate.not_after)}),
                tr("renew it with its issuer, then sign with the new one"));
  }
}

void require_signature_usage(const Certificate& certificate) {
  const auto& usage = certificate.key_usage;
  if (usage.empty() || std::find(usage.begin(), usage.end(), "nonRepudiation") != usage.end()) {
    return;
  }
  throw Error(ErrorCode::key_unsupported,
              say("the certificate of {1} is not made to sign documents: its key usage is {2}, "
                  "without nonRepudiation",
                  {certificate.subject_cn, join(usage, ", ")}),
              tr("choose the signature certificate rather than the authentication one; "
                 "--any-usage accepts this one all the same"));
}

}  // namespace

void require_may_sign(const Certificate& certificate, Instant now, bool any_usage) {
  require_strong_rsa(certificate);
  require_in_force(certificate, now);
  if (!any_usage) require_signature_usage(certificate);
}

}  // namespace pes
