#include "xades/verify_signature.hpp"

#include "support/text.hpp"
#include "xades/algorithms.hpp"
#include "xades/certificate_checks.hpp"
#include "xades/check_row.hpp"
#include "xades/rules.hpp"
#include "xades/signature_value.hpp"
#include "xades/signed_info.hpp"
#include "xades/signed_properties.hpp"
#include "xades/signer_certificate.hpp"

#include <algorithm>
#include <iterator>

namespace pes::xades {

namespace {

SignatureReport describe(const helios::SignatureElement& element, const SignatureTree& tree,
                         const SignedInfo& info, const helios::SignableElement* parent) {
  SignatureReport report;
  report.signature_id = tree.id;
  report.line = element.at.line;
  report.column = element.at.column;
  report.signature_algorithm = info.signature_method;
  report.xades = xades_version(tree.xades);
  if (info.content() != nullptr) report.digest_algorithm = info.content()->digest_method;
  if (parent != nullptr) {
    const bool root = parent->kind == helios::SignableElement::Kind::root;
    report.mode = root ? SignatureMode::root : SignatureMode::bordereau;
    report.signed_element = root ? "PES_Aller" : "Bordereau";
    report.signed_id = parent->id;
  }
  return report;
}

void tell(SignatureReport& report, const SignedProperties& properties) {
  report.signing_time = properties.signing_time;
  report.signed_at = properties.signed_at;
  report.role = join(properties.roles, ", ");
  report.city = properties.city;
  report.postal_code = properties.postal_code;
  report.country = properties.country;
  report.policy = properties.policy;
}

void tell(SignatureReport& report, const SignerStanding& signer) {
  report.signer = signer.certificate;
  report.judged_at = signer.at.instant;
  report.judged_by = signer.at.source;
  if (!signer.judgement) return;
  report.authorities = signer.judgement->authorities;
  report.revocations = signer.judgement->revocations;
}

/// S²LOW finds no SigningTime when Target lacks its `#`, and takes the present one (signature §8).
JudgedAt judging_time(const VerifyOptions& options, const SignatureTree& tree,
                      const SignedProperties& properties) {
  using Source = JudgingTime::Source;
  switch (options.at.source) {
    case Source::instant:
      return {Source::instant, options.at.instant};
    case Source::now:
      return {Source::now, options.now};
    case Source::signing_time:
      break;
  }
  const bool seen_by_s2low = properties.signed_at && tree.qualifying_properties.attribute(
                                                         "Target") == std::optional("#" + tree.id);
  if (options.profile == Profile::s2low && !seen_by_s2low) return {Source::now, options.now};
  return {Source::signing_time, properties.signed_at};
}

SignerStanding standing(const SignerCertificate& signer, const JudgedAt& at,
                        const TrustStore* trust) {
  SignerStanding standing{signer.certificate, at, trust != nullptr, std::nullopt};
  if (trust != nullptr && signer.certificate && at.instant) {
    standing.judgement = trust::judge(*trust, *signer.certificate, signer.others, *at.instant);
  }
  return standing;
}

/// Of a signature that could not be taken out of the file, its shape (5) alone is refused: what is
/// not known to be wrong is not said to be.
void leave_out_unread(std::vector<CheckRow>& rows) {
  for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
    *row = CheckRow(row->number(), row->code());
    row->skip(SubIndication::signed_data_not_found, tr("the signature could not be read"));
  }
}

}  // namespace

SignatureReport verify_signature(const helios::Reading& reading,
                                 const helios::SignatureElement& element, const IdCounts& ids,
                                 const VerifyOptions& options) {
  const SignatureTree tree = take_apart(element);
  const helios::SignableElement* const parent = parent_of(element, reading);
  const SignedInfo info = read_signed_info(tree);
  const SignedProperties properties = read_signed_properties(tree);
  const SignerCertificate chosen = choose_certificate(tree);
  const SignerStanding signer =
      standing(chosen, judging_time(options, tree, properties), options.trust);
  SignatureReport report = describe(element, tree, info, parent);
  tell(report, properties);
  tell(report, signer);

  const CheckRow canonicalization = check_canonicalization(info);
  const CheckRow method = check_signature_method(info, signer.certificate, properties.signed_at);
  const CheckRow content = check_content_target(info, parent, ids);
  const CheckRow own_properties = check_properties_target(info, tree, ids);
  std::vector<CheckRow> rows{
      check_shape(tree),
      canonicalization,
      method,
      check_references(info, report.mode),
      check_digest_methods(info, properties.signed_at),
      check_transforms(info),
      content,
      own_properties,
      check_digests(info, tree, parent, content, own_properties),
      chosen.row,
      check_signature_value(tree, info, signer.certificate, canonicalization, method),
      check_signing_certificate(tree, signer.certificate),
      check_signing_time(properties, signer, options.now),
      check_policy(properties),
      check_role(properties),
      check_chain(signer),
      check_dates(signer),
      check_key_usage(signer),
      check_revocation(signer),
  };
  if (!tree.signature) leave_out_unread(rows);
  const Rules rules(options.profile, options.strict);
  std::transform(rows.begin(), rows.end(), std::back_inserter(report.checks),
                 [&](const CheckRow& row) { return rules.judge(row); });
  report.verdict = rules.verdict(report.checks);
  report.valid = rules.is_satisfied(report.checks);
  return report;
}

}  // namespace pes::xades
