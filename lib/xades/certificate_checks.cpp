#include "xades/certificate_checks.hpp"

#include "pes/time.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes::xades {

namespace {

using Outcome = trust::Judgement::Outcome;
using Status = Revocation::Status;

std::string expired_text(const Certificate& certificate, const JudgedAt& at, bool by_signature) {
  const std::string end = local_date_time(certificate.not_after);
  const std::string judged = local_date_time(*at.instant);
  return by_signature ? say("the certificate of {1} expired on {2}, before the signature of {3}",
                            {certificate.subject_cn, end, judged})
                      : say("the certificate of {1} expired on {2}, before it is judged, on {3}",
                            {certificate.subject_cn, end, judged});
}

std::string early_text(const Certificate& certificate, const JudgedAt& at, bool by_signature) {
  const std::string begin = local_date_time(certificate.not_before);
  const std::string judged = local_date_time(*at.instant);
  return by_signature
             ? say("the certificate of {1} is valid from {2} only, after the signature of {3}",
                   {certificate.subject_cn, begin, judged})
             : say("the certificate of {1} is valid from {2} only, after it is judged, on {3}",
                   {certificate.subject_cn, begin, judged});
}

/// A certificate that ended since may have been good when it signed: at another time than the
/// signature's own, nothing proves that it was not.
void note_dates(const Certificate& certificate, const JudgedAt& at, CheckRow& row) {
  const bool by_signature = at.source == JudgingTime::Source::signing_time;
  if (*at.instant > certificate.not_after) {
    row.note(by_signature ? Weight::refusal : Weight::doubt,
             by_signature ? SubIndication::expired : SubIndication::out_of_bounds_no_poe,
             expired_text(certificate, at, by_signature));
  } else if (*at.instant < certificate.not_before) {
    row.note(Weight::refusal, SubIndication::not_yet_valid,
             early_text(certificate, at, by_signature));
  }
}

/// Whoever asked over the network is told what did not come, whatever is known without it.
void note_inquiries(const Certificate& certificate, const Revocation& revocation, CheckRow& row) {
  for (const RevocationInquiry& inquiry : revocation.inquiries) {
    if (inquiry.url.empty()) {
      row.warn(say("nobody could be asked about the certificate of {1}: {2}",
                   {certificate.subject_cn, inquiry.trouble}));
    } else if (!inquiry.trouble.empty()) {
      row.warn(say("{1} {2} told nothing of the certificate of {3}: {4}",
                   {inquiry.source, inquiry.url, certificate.subject_cn, inquiry.trouble}));
    }
  }
}

void note_revocation(const Certificate& certificate, const Revocation& revocation, CheckRow& row) {
  const std::string since = revocation.since ? local_date_time(*revocation.since) : "?";
  switch (revocation.status) {
    case Status::good:
      break;
    case Status::revoked:
      row.fail(say("the certificate of {1} was revoked on {2}, before the time it is judged at",
                   {certificate.subject_cn, since}));
      break;
    case Status::revoked_later:
      row.warn(say("the certificate of {1} was revoked on {2}, after the time it is judged at",
                   {certificate.subject_cn, since}));
      break;
    case Status::unknown:
      row.note(Weight::strict_doubt, SubIndication::try_later,
               say("no list of revoked certificates tells whether that of {1} was revoked",
                   {certificate.subject_cn}));
      break;
  }
}

}  // namespace

CheckRow check_chain(const SignerStanding& signer) {
  CheckRow row(20, "certificate.chain", SubIndication::no_certificate_chain_found);
  if (!signer.is_trust_given) {
    row.skip(SubIndication::no_certificate_chain_found,
             tr("the issuer was not compared with trusted ones: none was named"));
    return row;
  }
  if (!signer.judgement) {
    row.skip(SubIndication::no_certificate_chain_found,
             tr("without a certificate and a time, its issuer cannot be judged"));
    return row;
  }
  const std::string issuer = signer.certificate->issuer_cn;
  switch (signer.judgement->outcome) {
    case Outcome::trusted:
      break;
    case Outcome::unknown_issuer:
      row.note(Weight::doubt, say("its issuer {1} is not among the trusted ones", {issuer}));
      break;
    case Outcome::not_granted:
      row.note(Weight::doubt,
               say("its issuer {1} was not granted by the trusted list at that time", {issuer}));
      break;
    case Outcome::broken:
      row.note(Weight::refusal, SubIndication::certificate_chain_general_failure,
               say("the path from its issuer {1} to a trusted one is broken: {2}",
                   {issuer, signer.judgement->why}));
      break;
  }
  return row;
}

CheckRow check_dates(const SignerStanding& signer) {
  CheckRow row(21, "certificate.dates", SubIndication::expired);
  if (!signer.certificate || !signer.at.instant) {
    row.skip(signer.certificate ? SubIndication::sig_constraints_failure
                                : SubIndication::no_signing_certificate_found,
             tr("without a certificate and a signing time, its dates cannot be judged"));
    return row;
  }
  note_dates(*signer.certificate, signer.at, row);
  if (!signer.judgement) return row;
  for (const Certificate& authority : signer.judgement->authorities) {
    note_dates(authority, signer.at, row);
  }
  return row;
}

CheckRow check_key_usage(const SignerStanding& signer) {
  CheckRow row(22, "certificate.usage", SubIndication::chain_constraints_failure);
  if (!signer.certificate) {
    row.skip(SubIndication::no_signing_certificate_found,
             tr("there is no certificate whose usage could be judged"));
    return row;
  }
  const auto& usage = signer.certificate->key_usage;
  if (usage.empty()) {
    row.warn(tr("the certificate does not say what it is made for"));
  } else if (std::find(usage.begin(), usage.end(), "nonRepudiation") == usage.end()) {
    row.note(Weight::strict_refusal,
             say("the certificate is made for {1}, not to sign documents", {join(usage, ", ")}));
  }
  return row;
}

CheckRow check_revocation(const SignerStanding& signer) {
  CheckRow row(23, "certificate.revocation", SubIndication::revoked);
  if (!signer.judgement || signer.judgement->outcome == Outcome::unknown_issuer ||
      signer.judgement->outcome == Outcome::broken) {
    row.skip(SubIndication::no_certificate_chain_found,
             tr("without a path to a trusted issuer, no list of revoked ones can be believed"));
    return row;
  }
  const Certificate* subject = &*signer.certificate;
  for (std::size_t i = 0; i < signer.judgement->revocations.size(); ++i) {
    note_revocation(*subject, signer.judgement->revocations[i], row);
    note_inquiries(*subject, signer.judgement->revocations[i], row);
    subject = &signer.judgement->authorities[i];
  }
  return row;
}

}  // namespace pes::xades
