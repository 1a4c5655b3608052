#include "pes/split_signing.hpp"

#include "crypto/digest.hpp"
#include "pes/error.hpp"
#include "support/text.hpp"
#include "xades/flow_to_sign.hpp"
#include "xades/sign_flow.hpp"
#include "xades/signature_text.hpp"

#include <algorithm>

namespace pes {

namespace xades {

namespace {

SignatureToMake signature_to_make(const SignatureContent& content, const Certificate& certificate) {
  SignatureToMake result;
  result.signed_id = content.signed_id;
  result.content_sha256 = hex(content.digest);
  result.signed_info = bytes_to_sign(unsigned_signature(content, certificate));
  result.digest = crypto::digest(port::DigestAlgorithm::sha256, result.signed_info);
  return result;
}

/// Answers with what was returned for the very bytes that are to be signed now.
class ReturnedValues final : public port::Signer {
 public:
  explicit ReturnedValues(const PreparedSigning& prepared) : prepared_(prepared) {}

  [[nodiscard]] const Certificate& certificate() const override { return prepared_.certificate; }

  std::vector<std::byte> sign(port::DigestAlgorithm /*algorithm*/,
                              std::span<const std::byte> digest) override {
    const auto found = std::find_if(
        prepared_.signatures.begin(), prepared_.signatures.end(), [&](const SignatureToMake& one) {
          return std::equal(one.digest.begin(), one.digest.end(), digest.begin(), digest.end());
        });
    if (found == prepared_.signatures.end()) {
      throw Error(ErrorCode::input_invalid,
                  say("{1}: what would be signed is not what was prepared, the request was changed",
                      {prepared_.name}),
                  tr("prepare the signature again: --prepare"));
    }
    if (found->value.empty()) {
      throw Error(
          ErrorCode::input_invalid,
          say("{1}: the signature of \"{2}\" was not returned", {prepared_.name, found->signed_id}),
          tr("fill in its value, in base64, as the signing service returns it"));
    }
    return found->value;
  }

 private:
  const PreparedSigning& prepared_;
};

void require_same_flow(const SigningRequest& request, const PreparedSigning& prepared) {
  if (crypto::digest_file(request.input.path).sha256 == prepared.file_sha256) return;
  throw Error(
      ErrorCode::input_invalid,
      say("{1} is not the flow that was prepared, or it was changed since", {request.input.name}),
      tr("prepare the signature again: --prepare"));
}

}  // namespace

}  // namespace xades

std::vector<std::string> elements_to_sign(const SigningRequest& request) {
  return xades::outcome_for(xades::read_flow_to_sign(request)).signed_ids;
}

PreparedSigning prepare_signing(const SigningRequest& request, const Certificate& certificate) {
  using namespace xades;
  const FlowToSign flow = read_flow_to_sign(request);
  PreparedSigning prepared{
      .name = {},
      .file_name = std::filesystem::path(request.input.name).filename().native(),
      .file_sha256 = crypto::digest_file(request.input.path).sha256,
      .certificate = certificate,
      .properties = request.properties,
      .signing_time = request.signing_time,
      .set_dematerialisee = request.set_dematerialisee,
      .mode = flow.plan.mode,
      .signatures = {}};
  for (const std::size_t rank : flow.plan.elements) {
    prepared.signatures.push_back(
        signature_to_make(content_of(flow.reading.elements[rank], request), certificate));
  }
  return prepared;
}

SigningOutcome finish_signing(SigningRequest request, const PreparedSigning& prepared) {
  xades::require_same_flow(request, prepared);
  request.properties = prepared.properties;
  request.signing_time = prepared.signing_time;
  request.set_dematerialisee = prepared.set_dematerialisee;
  request.mode = prepared.mode;
  xades::ReturnedValues returned(prepared);
  return xades::sign_flow(request, returned, {ErrorCode::internal, prepared.name});
}

}  // namespace pes
