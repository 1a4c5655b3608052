#include "pkcs11/private_key.hpp"

#include "crypto/certificate.hpp"
#include "pes/error.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <optional>

namespace pes::pkcs11 {

namespace {

Bytes without_leading_zeros(Bytes number) {
  const auto first =
      std::find_if(number.begin(), number.end(), [](std::byte b) { return b != std::byte{0}; });
  number.erase(number.begin(), first);
  return number;
}

std::vector<CK_OBJECT_HANDLE> rsa_private_keys(const Session& session, std::string& id) {
  CK_OBJECT_CLASS kind = CKO_PRIVATE_KEY;
  CK_KEY_TYPE type = CKK_RSA;
  std::vector<CK_ATTRIBUTE> attributes{wanted(CKA_CLASS, kind), wanted(CKA_KEY_TYPE, type)};
  if (!id.empty()) attributes.push_back({CKA_ID, id.data(), id.size()});
  return session.find(std::move(attributes));
}

Error no_private_key(const Session& session, const Certificate& certificate) {
  return {ErrorCode::key_missing,
          say("the token {1} has no RSA private key for the certificate of {2}",
              {session.token(), certificate.subject_cn}),
          tr("choose another certificate: pes keys list")};
}

Error another_key(const Session& session, const Certificate& certificate) {
  return {ErrorCode::key_mismatch,
          say("the private key on the token {1} is not that of the certificate of {2}",
              {session.token(), certificate.subject_cn}),
          tr("have the token and its certificate checked by whoever issued them")};
}

}  // namespace

PrivateKey find_private_key(const Session& session, const Certificate& certificate,
                            std::string id) {
  const std::vector<CK_OBJECT_HANDLE> keys = rsa_private_keys(session, id);
  if (keys.empty()) throw no_private_key(session, certificate);
  const std::optional<crypto::RsaPublicKey> wanted_key = crypto::rsa_public_key(certificate);
  const auto own = std::find_if(keys.begin(), keys.end(), [&](CK_OBJECT_HANDLE key) {
    const std::optional<Bytes> modulus = session.attribute(key, CKA_MODULUS);
    return modulus && wanted_key && without_leading_zeros(*modulus) == wanted_key->modulus;
  });
  if (own == keys.end()) throw another_key(session, certificate);
  return {*own, session.is_true(*own, CKA_ALWAYS_AUTHENTICATE)};
}

}  // namespace pes::pkcs11
