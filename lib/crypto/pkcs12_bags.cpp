#include "crypto/pkcs12_bags.hpp"

#include "crypto/certificate.hpp"
#include "crypto/openssl_errors.hpp"

namespace pes::crypto {

namespace {

using PrivateKeyInfo = Owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;

std::string local_key_id(const PKCS12_SAFEBAG& bag) {
  const ASN1_TYPE* const mark = PKCS12_SAFEBAG_get0_attr(&bag, NID_localKeyID);
  if (mark == nullptr || mark->type != V_ASN1_OCTET_STRING) return {};
  const ASN1_OCTET_STRING* const value = mark->value.octet_string;
  const unsigned char* const bytes = ASN1_STRING_get0_data(value);
  return {bytes, bytes + ASN1_STRING_length(value)};
}

/// Puts what bags hold into one BagContents; each function is false for a bag it cannot read.
class BagReader {
 public:
  /// @param decryption null: encrypted bags are passed over
  explicit BagReader(const BagDecryption* decryption) : decryption_(decryption) {}

  bool read(const PKCS12& container) {
    const Pkcs12Containers safes(PKCS12_unpack_authsafes(&container));
    bool complete = safes != nullptr;
    for (int i = 0; safes && i < sk_PKCS7_num(safes.get()); ++i) {
      complete = read(*sk_PKCS7_value(safes.get(), i)) && complete;
    }
    return complete;
  }

  BagContents take() { return std::move(contents_); }

 private:
  bool read(PKCS7& safe) {
    const bool is_encrypted = OBJ_obj2nid(safe.type) == NID_pkcs7_encrypted;
    if (is_encrypted && decryption_ == nullptr) return true;
    const Pkcs12Bags bags(is_encrypted ? PKCS12_unpack_p7encdata(&safe, decryption_->password, -1)
                                       : PKCS12_unpack_p7data(&safe));
    return bags && read(*bags);
  }

  bool read(const STACK_OF(PKCS12_SAFEBAG) & bags) {
    bool complete = true;
    for (int i = 0; i < sk_PKCS12_SAFEBAG_num(&bags); ++i) {
      complete = read(*sk_PKCS12_SAFEBAG_value(&bags, i)) && complete;
    }
    return complete;
  }

  bool read(const PKCS12_SAFEBAG& bag) {
    switch (PKCS12_SAFEBAG_get_nid(&bag)) {
      case NID_keyBag:
        return keep_key(PKCS12_SAFEBAG_get0_p8inf(&bag));
      case NID_pkcs8ShroudedKeyBag:
        return decryption_ == nullptr || decrypt_key(bag);
      case NID_certBag:
        return keep_certificate(bag);
      case NID_safeContentsBag:
        return read(*PKCS12_SAFEBAG_get0_safes(&bag));
      default:
        return true;  // revocation lists, secrets of other kinds
    }
  }

  bool decrypt_key(const PKCS12_SAFEBAG& bag) {
    const PrivateKeyInfo info(
        PKCS12_decrypt_skey_ex(&bag, decryption_->password, -1, decryption_->context, nullptr));
    return info && keep_key(info.get());
  }

  /// The key is made in the default context, so it does not depend on the one it was read in.
  bool keep_key(const PKCS8_PRIV_KEY_INFO* info) {
    if (contents_.key) return true;
    contents_.key.reset(EVP_PKCS82PKEY(info));
    return contents_.key != nullptr;
  }

  bool keep_certificate(const PKCS12_SAFEBAG& bag) {
    if (PKCS12_SAFEBAG_get_bag_nid(&bag) != NID_x509Certificate) return true;
    const X509Certificate certificate(PKCS12_SAFEBAG_get1_cert(&bag));
    if (!certificate) return false;
    contents_.certificates.push_back({describe(*certificate), local_key_id(bag)});
    return true;
  }

  const BagDecryption* decryption_;
  BagContents contents_;
};

}  // namespace

std::optional<BagContents> read_bags(const PKCS12& container, const BagDecryption& decryption) {
  BagReader reader(&decryption);
  return reader.read(container) ? std::optional(reader.take()) : std::nullopt;
}

BagContents read_bags_in_clear(const PKCS12& container) {
  BagReader reader(nullptr);
  reader.read(container);
  drain_errors();
  return reader.take();
}

}  // namespace pes::crypto
