#include "helios/flow_source.hpp"
#include "pes/error.hpp"
#include "pes/signature.hpp"
#include "pes/verification.hpp"
#include "xades/set_dematerialisee.hpp"
#include "xades/signing_plan.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace pes {

namespace xades {

namespace {

/// The signatures that signing as planned adds, to be left out.
std::vector<helios::Replacement> signatures_made(const helios::Reading& reading,
                                                 const SigningPlan& plan) {
  std::vector<helios::Replacement> made;
  for (const helios::SignatureElement& signature : reading.signatures) {
    const bool planned = signature.parent && std::find(plan.elements.begin(), plan.elements.end(),
                                                       *signature.parent) != plan.elements.end();
    if (planned) made.push_back({signature.bytes, {}});
  }
  return made;
}

bool have_same_bytes(xml::ByteSource& one, xml::ByteSource& other) {
  std::string_view left = one.next();
  std::string_view right = other.next();
  while (!left.empty() && !right.empty()) {
    const std::size_t common = std::min(left.size(), right.size());
    if (left.substr(0, common) != right.substr(0, common)) return false;
    left.remove_prefix(common);
    right.remove_prefix(common);
    if (left.empty()) left = one.next();
    if (right.empty()) right = other.next();
  }
  return left.empty() && right.empty();
}

bool has_nothing_to_sign(const helios::Reading& reading, SignatureMode mode) {
  try {
    (void)plan_signing(reading, {}, mode);
    return false;
  } catch (const Error& error) {
    return error.code() == ErrorCode::input_already_signed;
  }
}

/// What signing changes of the flow beside the signatures.
std::vector<helios::Replacement> changes_of(const helios::Reading& reading, const SigningPlan& plan,
                                            const SigningRequest& request) {
  if (!request.set_dematerialisee) return {};
  return dematerialising_changes(reading, plan, true, request.input.name);
}

bool is_signed_copy(const SigningRequest& request, const helios::Reading& input,
                    const SigningPlan& plan) {
  const helios::Reading output = helios::read_flow(request.output, ReadLimits{}, {});
  if (!has_nothing_to_sign(output, plan.mode)) return false;
  helios::FileSource input_bytes(request.input);
  helios::FileSource output_bytes(request.output);
  helios::PatchedSource before(input_bytes, changes_of(input, plan, request));
  helios::PatchedSource after(output_bytes, signatures_made(output, plan));
  return have_same_bytes(before, after);
}

}  // namespace

}  // namespace xades

bool is_signed_before(const SigningRequest& request) {
  const helios::Reading input = helios::read_flow(request.input, ReadLimits{}, {});
  const xades::SigningPlan plan = xades::plan_signing(input, request.input.name, request.mode);
  try {
    return xades::is_signed_copy(request, input, plan) &&
           verify_pes_aller(request.output, {.limits = {}, .now = request.signing_time}).valid;
  } catch (const Error&) {
    return false;  // whatever it is, it is not that
  }
}

}  // namespace pes
