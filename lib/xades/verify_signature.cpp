#include "xades/verify_signature.hpp"

#include "support/text.hpp"
#include "xades/algorithms.hpp"
#include "xades/check_row.hpp"
#include "xades/signature_value.hpp"
#include "xades/signed_info.hpp"
#include "xades/signed_properties.hpp"
#include "xades/signer_certificate.hpp"

#include <algorithm>

namespace pes::xades {

namespace {

constexpr int chain = 20;
constexpr int revocation = 23;

/// A check that could not be run counts as failed, but for those that need other people's data.
bool stands(const Check& check) {
  return check.result == Check::Result::passed || check.result == Check::Result::warning ||
         check.number == chain || check.number == revocation;
}

Check not_run(int number, const char* code, const char* message) {
  CheckRow row(number, code);
  row.skip(message);
  return row.check();
}

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
    report.signed_id = parent->id;
  }
  return report;
}

void tell(SignatureReport& report, const SignedProperties& properties) {
  report.signing_time = properties.signing_time;
  report.signed_at = properties.signed_at;
  report.role = properties.role;
  report.city = properties.city;
  report.postal_code = properties.postal_code;
  report.country = properties.country;
  report.policy = properties.policy;
}

}  // namespace

SignatureReport verify_signature(const helios::Reading& reading,
                                 const helios::SignatureElement& element, const IdCounts& ids,
                                 Instant now) {
  const SignatureTree tree = take_apart(element);
  const helios::SignableElement* const parent = parent_of(element, reading);
  const SignedInfo info = read_signed_info(tree);
  const SignedProperties properties = read_signed_properties(tree);
  const SignerCertificate signer = choose_certificate(tree);
  SignatureReport report = describe(element, tree, info, parent);
  tell(report, properties);
  report.signer = signer.certificate;

  const Check canonicalization = check_canonicalization(info);
  const Check method = check_signature_method(info, signer.certificate);
  const Check content = check_content_target(info, parent, ids);
  const Check own_properties = check_properties_target(info, tree, ids);
  report.checks = {
      check_shape(tree),
      canonicalization,
      method,
      check_references(info, report.mode),
      check_digest_methods(info),
      check_transforms(info),
      content,
      own_properties,
      check_digests(info, tree, parent, content, own_properties),
      signer.check,
      check_signature_value(tree, info, signer.certificate, canonicalization, method),
      check_signing_certificate(tree, signer.certificate),
      check_signing_time(properties, now),
      check_policy(properties),
      check_role(properties),
      not_run(chain, "certificate.chain", tr("the issuer was not compared with trusted ones")),
      check_dates(signer.certificate, properties.signed_at),
      check_key_usage(signer.certificate),
      not_run(revocation, "certificate.revocation",
              tr("no list of revoked certificates was consulted")),
  };
  report.valid = std::all_of(report.checks.begin(), report.checks.end(), stands);
  return report;
}

}  // namespace pes::xades
