#include "xades/signature_value.hpp"

#include "crypto/certificate.hpp"
#include "crypto/digest.hpp"
#include "support/text.hpp"
#include "xades/algorithms.hpp"
#include "xades/canonical_form.hpp"
#include "xades/check_row.hpp"

namespace pes::xades {

namespace {

std::optional<std::string> canonical_signed_info(const SignatureTree& tree,
                                                 const SignedInfo& info) {
  return info.canonicalization == exclusive_c14n_with_comments
             ? canonical_form_with_comments(tree.signed_info)
             : canonical_form(tree.signed_info);
}

}  // namespace

CheckRow check_signature_value(const SignatureTree& tree, const SignedInfo& info,
                               const std::optional<Certificate>& certificate,
                               const CheckRow& canonicalization, const CheckRow& method) {
  CheckRow row(15, "signature.value", SubIndication::sig_crypto_failure);
  const auto algorithm = digest_of_rsa_uri(info.signature_method);
  if (!certificate || !algorithm || canonicalization.is_refused() || method.is_refused()) {
    row.skip(certificate ? SubIndication::crypto_constraints_failure
                         : SubIndication::no_signing_certificate_found,
             tr("the signature itself was not computed: its algorithms or its certificate are not "
                "accepted"));
    return row;
  }
  const std::optional<std::string> signed_text = canonical_signed_info(tree, info);
  const std::optional<Bytes> value = from_base64(tree.signature_value.text());
  if (!signed_text || !value ||
      !crypto::verifies(*certificate, *algorithm, crypto::digest(*algorithm, *signed_text),
                        *value)) {
    row.fail(
        say("it was not made by the key of {1} over these digests: the signature was "
            "modified, or comes from another key",
            {certificate->subject_cn}));
  }
  return row;
}

}  // namespace pes::xades
