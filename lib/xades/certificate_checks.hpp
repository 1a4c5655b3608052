#pragma once

#include "pes/certificate.hpp"
#include "trust/judgement.hpp"
#include "xades/check_row.hpp"

#include <optional>
#include <vector>

namespace pes::xades {

/// When the certificates of a signature are judged; no instant when it says none that can be
/// read.
struct JudgedAt {
  JudgingTime::Source source = JudgingTime::Source::signing_time;
  std::optional<Instant> instant;
};

/// What is known of the signer's certificate.
struct SignerStanding {
  std::optional<Certificate> certificate;
  JudgedAt at;
  /// Whether anybody to trust was named.
  bool is_trust_given = false;
  /// When trust was given, and there is a certificate and a time to judge it at.
  std::optional<trust::Judgement> judgement;
};

// Checks 20 to 23 of signature §8.
CheckRow check_chain(const SignerStanding& signer);
CheckRow check_dates(const SignerStanding& signer);
CheckRow check_key_usage(const SignerStanding& signer);
CheckRow check_revocation(const SignerStanding& signer);

}  // namespace pes::xades
