#include "crypto/certificate.hpp"
#include "crypto/distinguished_name.hpp"
#include "crypto/openssl_errors.hpp"
#include "pes/certificate.hpp"
#include "support/text.hpp"

#include <openssl/asn1t.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

namespace pes {

namespace crypto {

namespace {

void free_sequence(ASN1_SEQUENCE_ANY* sequence) noexcept {
  sk_ASN1_TYPE_pop_free(sequence, ASN1_TYPE_free);
}

using Policies = Owned<CERTIFICATEPOLICIES, CERTIFICATEPOLICIES_free>;
using Sequence = Owned<ASN1_SEQUENCE_ANY, free_sequence>;

std::vector<std::string> policies_of(const X509& certificate) {
  const Policies policies(static_cast<CERTIFICATEPOLICIES*>(
      X509_get_ext_d2i(&certificate, NID_certificate_policies, nullptr, nullptr)));
  const int count = policies ? sk_POLICYINFO_num(policies.get()) : 0;
  std::vector<std::string> found;
  found.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    found.push_back(dotted(*sk_POLICYINFO_value(policies.get(), i)->policyid));
  }
  return found;
}

Sequence sequence_in(const ASN1_STRING& der) {
  const unsigned char* cursor = ASN1_STRING_get0_data(&der);
  return Sequence(d2i_ASN1_SEQUENCE_ANY(nullptr, &cursor, ASN1_STRING_length(&der)));
}

/// QCStatements is a sequence of sequences that begin with an OID (RFC 3739 §3.2.6).
bool states(const X509& certificate, std::string_view statement) {
  const int place = X509_get_ext_by_NID(&certificate, NID_qcStatements, -1);
  if (place < 0) return false;
  const Sequence statements =
      sequence_in(*X509_EXTENSION_get_data(X509_get_ext(&certificate, place)));
  for (int i = 0; i < sk_ASN1_TYPE_num(statements.get()); ++i) {
    const ASN1_TYPE* const one = sk_ASN1_TYPE_value(statements.get(), i);
    if (one->type != V_ASN1_SEQUENCE) continue;
    const Sequence parts = sequence_in(*one->value.sequence);
    const ASN1_TYPE* const first =
        sk_ASN1_TYPE_num(parts.get()) > 0 ? sk_ASN1_TYPE_value(parts.get(), 0) : nullptr;
    if (first == nullptr || first->type != V_ASN1_OBJECT) continue;
    if (dotted(*first->value.object) == statement) return true;
  }
  return false;
}

bool is_for_qualified(const std::string& policy) {
  constexpr std::string_view arc_of_rgs = "1.2.250.1.137.2.2.1.";
  // QCP-n, QCP-n-qscd; QCP public + SSCD, QCP public. Those of legal persons and of web sites
  // do not sign for an ordonnateur.
  constexpr std::array qualified{"0.4.0.194112.1.0", "0.4.0.194112.1.2", "0.4.0.1456.1.1",
                                 "0.4.0.1456.1.2"};
  return policy.starts_with(arc_of_rgs) ||
         std::find(qualified.begin(), qualified.end(), policy) != qualified.end();
}

bool claims_to_be_qualified(const X509& certificate) {
  constexpr std::string_view qc_compliance = "0.4.0.1862.1.1";
  const std::vector<std::string> policies = policies_of(certificate);
  return states(certificate, qc_compliance) ||
         std::any_of(policies.begin(), policies.end(), is_for_qualified);
}

}  // namespace

}  // namespace crypto

TrustLabel trust_label(const Certificate& certificate) {
  const crypto::X509Certificate x509 = crypto::x509_from(certificate.der);
  if (!x509) return TrustLabel::none;
  const bool qualified = crypto::claims_to_be_qualified(*x509);
  const std::string issuer = crypto::organization(*X509_get_issuer_name(x509.get()));
  crypto::drain_errors();
  if (qualified) return TrustLabel::rgs;
  return contains_ignoring_case(issuer, "adullact") ? TrustLabel::adullact : TrustLabel::none;
}

std::string_view word(TrustLabel label) {
  switch (label) {
    case TrustLabel::rgs:
      return "RGS";
    case TrustLabel::adullact:
      return "Adullact";
    case TrustLabel::none:
      break;
  }
  return {};
}

}  // namespace pes
