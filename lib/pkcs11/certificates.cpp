#include "pkcs11/certificates.hpp"

#include "crypto/certificate.hpp"
#include "pkcs11/session.hpp"

#include <optional>

namespace pes::pkcs11 {

namespace {

/// The URI names a key or its certificate alike: its `type` is not looked at.
void add_from_uri(const Uri& uri, CK_ATTRIBUTE_TYPE type, std::vector<CK_ATTRIBUTE>& wanted) {
  const CK_ATTRIBUTE* const attribute = p11::uri_get_attribute(uri.get(), type);
  if (attribute != nullptr) wanted.push_back(*attribute);
}

std::string text_attribute(const Session& session, CK_OBJECT_HANDLE object,
                           CK_ATTRIBUTE_TYPE type) {
  const std::optional<Bytes> value = session.attribute(object, type);
  return value ? std::string(as_text(*value)) : std::string();
}

}  // namespace

std::vector<StoredCertificate> find_certificates(const Session& session, const Uri& uri) {
  CK_OBJECT_CLASS kind = CKO_CERTIFICATE;
  CK_CERTIFICATE_TYPE type = CKC_X_509;
  std::vector<CK_ATTRIBUTE> attributes{wanted(CKA_CLASS, kind), wanted(CKA_CERTIFICATE_TYPE, type)};
  add_from_uri(uri, CKA_ID, attributes);
  add_from_uri(uri, CKA_LABEL, attributes);

  std::vector<StoredCertificate> found;
  for (const CK_OBJECT_HANDLE object : session.find(attributes)) {
    const std::optional<Bytes> der = session.attribute(object, CKA_VALUE);
    if (!der) continue;
    std::optional<Certificate> certificate = crypto::parse_certificate(*der);
    if (!certificate || certificate->is_authority) continue;
    found.push_back({std::move(*certificate), text_attribute(session, object, CKA_ID),
                     text_attribute(session, object, CKA_LABEL)});
  }
  return found;
}

}  // namespace pes::pkcs11
