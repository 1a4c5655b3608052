#include "xades/signer_certificate.hpp"

#include "crypto/certificate.hpp"
#include "crypto/distinguished_name.hpp"
#include "support/text.hpp"
#include "xades/certificate_reference.hpp"
#include "xades/check_row.hpp"

#include <algorithm>

namespace pes::xades {

using helios::dsig_namespace;

namespace {

/// nullopt for a text that is no certificate.
std::vector<std::optional<Certificate>> certificates_in(Element key_info) {
  std::vector<std::optional<Certificate>> certificates;
  for (const Element data : key_info.children(dsig_namespace, "X509Data")) {
    for (const Element text : data.children(dsig_namespace, "X509Certificate")) {
      const std::optional<Bytes> der = from_base64(text.text());
      certificates.push_back(der ? crypto::parse_certificate(*der) : std::nullopt);
    }
  }
  return certificates;
}

/// The only one, or of several the only one that the signed properties name.
std::optional<Certificate> signer_among(const std::vector<std::optional<Certificate>>& candidates,
                                        const SignatureTree& tree, CheckRow& row) {
  if (candidates.empty()) {
    row.fail(tr("there is no certificate in the signature, so nobody can be said to have signed"));
    return std::nullopt;
  }
  if (candidates.size() == 1) {
    if (!candidates.front()) row.fail(tr("the signer's certificate cannot be read"));
    return candidates.front();
  }
  const CertificateReference reference = read_certificate_reference(tree);
  const auto is_named = [&](const std::optional<Certificate>& one) {
    return one && has_digest_of(reference, *one);
  };
  if (std::count_if(candidates.begin(), candidates.end(), is_named) != 1) {
    row.fail(tr("there are several certificates, and which one signed cannot be told"));
    return std::nullopt;
  }
  if (!is_named(candidates.front())) {
    row.note(Weight::s2low_refusal,
             tr("the signer's certificate is not the first, and S²LOW would take another one"));
  }
  return *std::find_if(candidates.begin(), candidates.end(), is_named);
}

std::optional<Bytes> number_in(Element parent, std::string_view name) {
  const Element element = parent.only(dsig_namespace, name);
  std::optional<Bytes> number = element ? from_base64(element.text()) : std::nullopt;
  if (!number) return std::nullopt;
  number->erase(number->begin(), std::find_if(number->begin(), number->end(),
                                              [](std::byte b) { return b != std::byte{0}; }));
  return number;
}

void check_key_value(Element key_value, const Certificate& certificate, CheckRow& row) {
  const Element rsa = key_value.only(dsig_namespace, "RSAKeyValue");
  const std::optional<Bytes> modulus = number_in(rsa, "Modulus");
  const std::optional<Bytes> exponent = number_in(rsa, "Exponent");
  const auto key = crypto::rsa_public_key(certificate);
  if (!key || modulus != key->modulus || exponent != key->exponent) {
    row.fail(tr("it gives a public key that is not the one of the signer's certificate"));
  }
}

std::string_view without_leading_zeros(std::string_view digits) {
  while (digits.size() > 1 && (digits.front() == '0' || digits.front() == '+')) {
    digits.remove_prefix(1);
  }
  return digits;
}

std::string without_blanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  return text;
}

void check_serial(const CertificateReference& reference, const Certificate& certificate,
                  CheckRow& row) {
  if (!reference.serial) {
    if (reference.second_version) return;  // where it is optional
    row.fail(tr("the signed properties do not say the certificate's serial number"));
  } else if (without_leading_zeros(trimmed(*reference.serial)) != certificate.serial) {
    row.fail(say("the signed properties name the certificate number {1}, and the signer's is {2}",
                 {trimmed(*reference.serial), certificate.serial}));
  }
}

/// The digest settles which certificate it is, so another issuer's name is only worth a word.
void check_issuer(const CertificateReference& reference, const Certificate& certificate,
                  CheckRow& row) {
  if (!reference.issuer) {
    if (reference.second_version) return;
    row.warn(tr("the signed properties do not say who issued the certificate"));
  } else if (!crypto::same_distinguished_name(*reference.issuer, certificate.issuer)) {
    row.warn(say("the signed properties name another issuer than the certificate: {1}",
                 {*reference.issuer}));
  } else if (without_blanks(*reference.issuer) != without_blanks(certificate.issuer)) {
    row.warn(say("the issuer's name is written in an unusual way: {1}", {*reference.issuer}));
  }
}

}  // namespace

SignerCertificate choose_certificate(const SignatureTree& tree) {
  SignerCertificate chosen;
  const std::vector<std::optional<Certificate>> candidates = certificates_in(tree.key_info);
  chosen.certificate = signer_among(candidates, tree, chosen.row);
  for (const std::optional<Certificate>& one : candidates) {
    if (one && chosen.certificate && one->der != chosen.certificate->der) {
      chosen.others.push_back(*one);
    }
  }
  for (const Element key_value : tree.key_info.children(dsig_namespace, "KeyValue")) {
    if (chosen.certificate) check_key_value(key_value, *chosen.certificate, chosen.row);
  }
  return chosen;
}

CheckRow check_signing_certificate(const SignatureTree& tree,
                                   const std::optional<Certificate>& certificate) {
  CheckRow row(16, "certificate.digest", SubIndication::no_signing_certificate_found);
  const CertificateReference reference = read_certificate_reference(tree);
  if (!certificate) {
    row.skip(SubIndication::no_signing_certificate_found,
             tr("there is no certificate to compare with the signed properties"));
    return row;
  }
  if (!tree.signed_properties) {
    row.skip(SubIndication::no_signing_certificate_found, tr("there are no signed properties"));
    return row;
  }
  if (reference.certificates != 1) {
    row.fail(say("the signed properties must name one certificate, these name {1}",
                 {std::to_string(reference.certificates)}));
    return row;
  }
  if (!has_digest_of(reference, *certificate)) {
    row.fail(tr("the certificate in the signature is not the one that the signed properties name"));
  }
  check_serial(reference, *certificate, row);
  check_issuer(reference, *certificate, row);
  return row;
}

}  // namespace pes::xades
