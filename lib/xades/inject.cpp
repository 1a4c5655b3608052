#include "pes/error.hpp"
#include "pes/split_signing.hpp"
#include "support/text.hpp"
#include "xades/flow_to_sign.hpp"
#include "xades/returned_signature.hpp"
#include "xades/signed_file.hpp"

namespace pes {

SigningOutcome inject_signatures(const SigningRequest& request, std::string_view returned,
                                 const std::string& name) {
  using namespace xades;
  const std::vector<std::string> signatures = returned_signatures(returned, name);
  SignedCopy copy = copy_for(request);
  FlowToSign flow = read_flow_to_complete(request, copy);
  if (signatures.size() != flow.plan.elements.size()) {
    throw Error(ErrorCode::input_invalid,
                say("{1}: signatures returned: {2}, elements to sign in {3}: {4}",
                    {name, std::to_string(signatures.size()), request.input.name,
                     std::to_string(flow.plan.elements.size())}),
                tr("give all that was returned for this flow, and nothing else"));
  }
  SigningOutcome outcome = outcome_for(flow);
  write_signed_file(copy, request, std::move(flow), signatures, {ErrorCode::input_invalid, name},
                    outcome);
  return outcome;
}

}  // namespace pes
