#include "pes/verification.hpp"

#include <algorithm>

namespace pes {

namespace {

Indication indication_of(SubIndication reason) {
  switch (reason) {
    case SubIndication::none:
    case SubIndication::format_failure:
    case SubIndication::hash_failure:
    case SubIndication::sig_crypto_failure:
    case SubIndication::revoked:
    case SubIndication::expired:
    case SubIndication::not_yet_valid:
      return Indication::total_failed;
    case SubIndication::sig_constraints_failure:
    case SubIndication::chain_constraints_failure:
    case SubIndication::certificate_chain_general_failure:
    case SubIndication::crypto_constraints_failure:
    case SubIndication::policy_processing_error:
    case SubIndication::signature_policy_not_available:
    case SubIndication::no_signing_certificate_found:
    case SubIndication::no_certificate_chain_found:
    case SubIndication::out_of_bounds_no_poe:
    case SubIndication::try_later:
    case SubIndication::signed_data_not_found:
      return Indication::indeterminate;
  }
  return Indication::total_failed;
}

}  // namespace

Verdict::Verdict(SubIndication reason) : indication_(indication_of(reason)), reason_(reason) {}

bool is_refused(const std::vector<Check>& checks) {
  return std::any_of(checks.begin(), checks.end(),
                     [](const Check& check) { return check.result == Check::Result::failed; });
}

std::string_view id(Indication indication) {
  switch (indication) {
    case Indication::total_passed:
      return "TOTAL-PASSED";
    case Indication::indeterminate:
      return "INDETERMINATE";
    case Indication::total_failed:
      return "TOTAL-FAILED";
  }
  return {};
}

std::string_view id(SubIndication reason) {
  switch (reason) {
    case SubIndication::none:
      return {};
    case SubIndication::format_failure:
      return "FORMAT_FAILURE";
    case SubIndication::hash_failure:
      return "HASH_FAILURE";
    case SubIndication::sig_crypto_failure:
      return "SIG_CRYPTO_FAILURE";
    case SubIndication::revoked:
      return "REVOKED";
    case SubIndication::expired:
      return "EXPIRED";
    case SubIndication::not_yet_valid:
      return "NOT_YET_VALID";
    case SubIndication::sig_constraints_failure:
      return "SIG_CONSTRAINTS_FAILURE";
    case SubIndication::chain_constraints_failure:
      return "CHAIN_CONSTRAINTS_FAILURE";
    case SubIndication::certificate_chain_general_failure:
      return "CERTIFICATE_CHAIN_GENERAL_FAILURE";
    case SubIndication::crypto_constraints_failure:
      return "CRYPTO_CONSTRAINTS_FAILURE";
    case SubIndication::policy_processing_error:
      return "POLICY_PROCESSING_ERROR";
    case SubIndication::signature_policy_not_available:
      return "SIGNATURE_POLICY_NOT_AVAILABLE";
    case SubIndication::no_signing_certificate_found:
      return "NO_SIGNING_CERTIFICATE_FOUND";
    case SubIndication::no_certificate_chain_found:
      return "NO_CERTIFICATE_CHAIN_FOUND";
    case SubIndication::out_of_bounds_no_poe:
      return "OUT_OF_BOUNDS_NO_POE";
    case SubIndication::try_later:
      return "TRY_LATER";
    case SubIndication::signed_data_not_found:
      return "SIGNED_DATA_NOT_FOUND";
  }
  return {};
}

}  // namespace pes
