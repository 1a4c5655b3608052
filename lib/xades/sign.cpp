#include "crypto/digest.hpp"
#include "pes/signature.hpp"
#include "xades/flow_to_sign.hpp"
#include "xades/sign_flow.hpp"
#include "xades/signature_text.hpp"
#include "xades/signed_file.hpp"

namespace pes {

namespace xades {

namespace {

std::string sign_element(const SignatureContent& content, port::Signer& signer) {
  const UnsignedSignature signature = unsigned_signature(content, signer.certificate());
  const Bytes value =
      signer.sign(port::DigestAlgorithm::sha256,
                  crypto::digest(port::DigestAlgorithm::sha256, bytes_to_sign(signature)));
  return signature_text(signature, signer.certificate(), value);
}

/// One an element, in the order of the plan.
std::vector<std::string> make_signatures(const FlowToSign& flow, const SigningRequest& request,
                                         port::Signer& signer) {
  const std::size_t total = flow.plan.elements.size();
  std::vector<std::string> signatures;
  signer.expect(total);
  for (const std::size_t rank : flow.plan.elements) {
    const helios::SignableElement& element = flow.reading.elements[rank];
    if (request.progress) request.progress(signatures.size() + 1, total, element.id);
    signatures.push_back(sign_element(content_of(element, request), signer));
  }
  return signatures;
}

}  // namespace

SigningOutcome sign_flow(const SigningRequest& request, port::Signer& signer,
                         const SignatureOrigin& origin) {
  // Made before the key is used: a place that cannot be written must not cost a PIN.
  SignedCopy copy = copy_for(request);
  FlowToSign flow = read_flow_to_sign(request, copy);
  SigningOutcome outcome = outcome_for(flow);
  const std::vector<std::string> signatures = make_signatures(flow, request, signer);
  write_signed_file(copy, request, std::move(flow), signatures, origin, outcome);
  return outcome;
}

}  // namespace xades

SigningOutcome sign_pes_aller(const SigningRequest& request, port::Signer& signer) {
  return xades::sign_flow(request, signer, {ErrorCode::internal, {}});
}

}  // namespace pes
