#pragma once

#include "helios/reading.hpp"
#include "pes/signature.hpp"
#include "xades/signature_text.hpp"
#include "xades/signed_copy.hpp"
#include "xades/signing_plan.hpp"

#include <filesystem>
#include <vector>

namespace pes::xades {

/// A flow, and what is to be done to it.
struct FlowToSign {
  helios::Reading reading;  // digests of the file once changed, offsets as they are now
  SigningPlan plan;
  std::vector<helios::Replacement> changes;  // of InfoDematerialisee
};

/// Reads the input and makes every control that comes before a key is used. Throws as
/// `sign_pes_aller`.
FlowToSign read_flow_to_sign(const SigningRequest& request);
/// The same, and the copy follows as far as it can.
FlowToSign read_flow_to_sign(const SigningRequest& request, SignedCopy& copy);

/// The same for signatures made elsewhere, which nothing may be changed under, not even for
/// InfoDematerialisee.
FlowToSign read_flow_to_complete(const SigningRequest& request, SignedCopy& copy);

/// The copy that a request asks for, with nothing in it yet.
SignedCopy copy_for(const SigningRequest& request);

/// What the signature of an element says of it.
SignatureContent content_of(const helios::SignableElement& element, const SigningRequest& request);

/// The Ids that will be signed and what may be said of the file meanwhile.
SigningOutcome outcome_for(const FlowToSign& flow);

}  // namespace pes::xades
