#include "xades/certificate_reference.hpp"

#include "crypto/digest.hpp"
#include "crypto/issuer_serial.hpp"
#include "xades/algorithms.hpp"

namespace pes::xades {

using helios::dsig_namespace;

namespace {

Element in_either_namespace(Element parent, std::string_view xades, std::string_view name) {
  const Element found = parent.only(dsig_namespace, name);
  return found ? found : parent.only(xades, name);
}

std::optional<std::string> text_of(Element element) {
  return element ? std::optional(element.text()) : std::nullopt;
}

}  // namespace

AlgorithmAndDigest read_digest(Element parent, std::string_view xades) {
  const Element method = in_either_namespace(parent, xades, "DigestMethod");
  const Element value = in_either_namespace(parent, xades, "DigestValue");
  return {digest_of_uri(method.attribute("Algorithm").value_or("")),
          value ? from_base64(value.text()) : std::nullopt};
}

CertificateReference read_certificate_reference(const SignatureTree& tree) {
  CertificateReference reference;
  const std::string_view xades = tree.xades;
  Element list = tree.signed_signature_properties.only(xades, "SigningCertificate");
  if (!list) {
    list = tree.signed_signature_properties.only(xades, "SigningCertificateV2");
    reference.second_version = static_cast<bool>(list);
  }
  reference.certificates = list.children(xades, "Cert").size();
  const Element certificate = list.only(xades, "Cert");
  reference.digest = read_digest(certificate.only(xades, "CertDigest"), xades);
  if (const Element both = certificate.only(xades, "IssuerSerialV2")) {
    const std::optional<Bytes> der = from_base64(both.text());
    const auto read = der ? crypto::read_issuer_serial(*der) : std::nullopt;
    // What cannot be read names no certificate.
    reference.issuer = read ? read->issuer : "";
    reference.serial = read ? read->serial : "";
    return reference;
  }
  const Element issuer_serial = certificate.only(xades, "IssuerSerial");
  reference.issuer = text_of(issuer_serial.only(dsig_namespace, "X509IssuerName"));
  reference.serial = text_of(issuer_serial.only(dsig_namespace, "X509SerialNumber"));
  return reference;
}

bool has_digest_of(const CertificateReference& reference, const Certificate& certificate) {
  return reference.digest.algorithm && reference.digest.digest &&
         crypto::digest(*reference.digest.algorithm, as_text(certificate.der)) ==
             *reference.digest.digest;
}

}  // namespace pes::xades
