#include "xades/signed_properties.hpp"

#include "pes/time.hpp"
#include "support/text.hpp"
#include "xades/check_row.hpp"
#include "xades/policy.hpp"

#include <algorithm>

namespace pes::xades {

namespace {

/// Some old signing programs wrote local time with a Z (signature §5); no French territory is
/// further ahead of UTC.
constexpr std::chrono::hours widest_shift{12};

Element in_either_version(Element parent, std::string_view xades, const std::string& name) {
  const Element first = parent.only(xades, name);
  return first ? first : parent.only(xades, name + "V2");
}

std::vector<std::string> claimed_roles(Element properties, std::string_view xades) {
  std::vector<std::string> roles;
  for (const char* const version : {"SignerRole", "SignerRoleV2"}) {
    for (const Element signer : properties.children(xades, version)) {
      for (const Element list : signer.children(xades, "ClaimedRoles")) {
        for (const Element role : list.children(xades, "ClaimedRole")) roles.push_back(role.text());
      }
    }
  }
  return roles;
}

bool is_valid_at(const Certificate& certificate, Instant instant) {
  return certificate.not_before <= instant && instant <= certificate.not_after;
}

/// One without a zone, which XML Schema allows, is taken as UTC, where it should have been written.
std::optional<Instant> read_time(std::string_view text) {
  const std::optional<Instant> instant = parse_iso8601(text);
  return instant ? instant : parse_iso8601(std::string(text) + "Z");
}

std::string without_urn(std::string_view identifier) {
  const std::string_view text = trimmed(identifier);
  constexpr std::string_view urn = "urn:oid:";
  return std::string(text.starts_with(urn) ? text.substr(urn.size()) : text);
}

}  // namespace

SignedProperties read_signed_properties(const SignatureTree& tree) {
  SignedProperties properties;
  properties.are_there = static_cast<bool>(tree.signed_properties);
  const std::string_view xades = tree.xades;
  const Element all = tree.signed_signature_properties;
  properties.signing_time = all.only(xades, "SigningTime").text();
  properties.signed_at = read_time(trimmed(properties.signing_time));
  const Element place = in_either_version(all, xades, "SignatureProductionPlace");
  properties.city = place.only(xades, "City").text();
  properties.postal_code = place.only(xades, "PostalCode").text();
  properties.country = place.only(xades, "CountryName").text();
  properties.roles = claimed_roles(all, xades);
  const Element policy =
      all.only(xades, "SignaturePolicyIdentifier").only(xades, "SignaturePolicyId");
  properties.policy =
      without_urn(policy.only(xades, "SigPolicyId").only(xades, "Identifier").text());
  properties.policy_digest = read_digest(policy.only(xades, "SigPolicyHash"), xades);
  return properties;
}

CheckRow check_signing_time(const SignedProperties& properties, const SignerStanding& signer,
                            Instant now) {
  CheckRow row(17, "properties.time", SubIndication::sig_constraints_failure);
  if (!properties.are_there) {
    row.skip(SubIndication::sig_constraints_failure, tr("there are no signed properties"));
  } else if (properties.signing_time.empty()) {
    row.fail(tr("it does not say, once and once only, when it was made"));
  } else if (!properties.signed_at) {
    row.fail(say("its time \"{1}\" cannot be read", {properties.signing_time}));
  } else if (*properties.signed_at > now + widest_shift) {
    row.fail(say("its time {1} is in the future", {properties.signing_time}));
  } else if (*properties.signed_at > now) {
    row.warn(say("its time {1} is a little in the future, as if a local time had been written",
                 {properties.signing_time}));
  }
  const bool judged_elsewhere = signer.at.source != JudgingTime::Source::signing_time;
  if (judged_elsewhere && properties.signed_at && signer.certificate &&
      !is_valid_at(*signer.certificate, *properties.signed_at)) {
    row.fail(say("its time {1} is outside of the validity of the certificate of {2}",
                 {properties.signing_time, signer.certificate->subject_cn}));
  }
  if (properties.signed_at && !trimmed(properties.signing_time).ends_with('Z')) {
    row.warn(say("its time {1} is not given in UTC, ending with Z", {properties.signing_time}));
  }
  return row;
}

CheckRow check_policy(const SignedProperties& properties) {
  CheckRow row(18, "properties.policy", SubIndication::signature_policy_not_available);
  const AlgorithmAndDigest& digest = properties.policy_digest;
  if (!properties.are_there) {
    row.skip(SubIndication::signature_policy_not_available, tr("there are no signed properties"));
  } else if (properties.policy.empty()) {
    row.note(Weight::strict_refusal, tr("it does not say which signature policy it follows"));
  } else if (!is_known_policy(properties.policy)) {
    row.note(
        Weight::strict_refusal,
        say("its signature policy {1} is not one of the DGFiP for Hélios", {properties.policy}));
  } else if (!digest.algorithm || !digest.digest ||
             !is_known_policy_digest(properties.policy, *digest.algorithm, *digest.digest)) {
    row.warn(tr("the digest it gives of the policy is not the known one"));
  }
  return row;
}

CheckRow check_role(const SignedProperties& properties) {
  CheckRow row(19, "properties.role", SubIndication::sig_constraints_failure);
  const bool says_one = std::any_of(properties.roles.begin(), properties.roles.end(),
                                    [](const std::string& role) { return !trimmed(role).empty(); });
  if (!properties.are_there) {
    row.skip(SubIndication::sig_constraints_failure, tr("there are no signed properties"));
  } else if (!says_one) {
    row.warn(tr("it does not say in what role it was signed"));
  } else if (properties.roles.size() > 1) {
    row.warn(
        say("it gives {1} roles where one is expected", {std::to_string(properties.roles.size())}));
  }
  return row;
}

}  // namespace pes::xades
