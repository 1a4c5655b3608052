#include "xades/signed_file.hpp"

#include "pes/error.hpp"
#include "pes/verification.hpp"
#include "support/text.hpp"
#include "xades/verify_reading.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace pes::xades {

namespace {

/// Checks 5 to 16 are about the bytes; the others judge the certificate and what it is used for.
bool is_cryptographic(const Check& check) { return check.number >= 5 && check.number <= 16; }

bool stands(const Check& check) {
  return check.result == Check::Result::passed || check.result == Check::Result::warning;
}

/// With the file that is to be looked at first.
std::string told(const SignatureOrigin& origin, const std::string& message) {
  return origin.name.empty() ? message : fill("{1}: {2}", {origin.name, message});
}

/// @param flow what messages call it
void require_sound(const SignatureReport& report, const std::string& flow,
                   const SignatureOrigin& origin) {
  constexpr int signature_value = 15;
  for (const Check& check : report.checks) {
    if (!is_cryptographic(check) || stands(check)) continue;
    const std::string message =
        told(origin, say("the signature of \"{1}\" does not verify in {2}, so nothing was "
                         "written: {3}",
                         {report.signed_id, flow, check.message}));
    if (check.number != signature_value) throw Error(origin.unsound, message);
    const std::string holder = report.signer ? report.signer->subject_cn : std::string();
    throw Error(ErrorCode::key_mismatch, message,
                say("check that the key and the certificate of {1} belong together", {holder}));
  }
}

Finding invalid_before(const SignatureReport& signature) {
  return {Severity::warning, "signature.invalid",
          say("the signature of \"{1}\" that was there before is not valid", {signature.signed_id}),
          signature.line, signature.column};
}

/// An InfoDematerialisee that a signature made elsewhere found; of the encoding the person is
/// warned before.
void add_remarks(const std::vector<Check>& checks, std::vector<Finding>& warnings) {
  constexpr int dematerialisation = 25;
  for (const Check& check : checks) {
    if (check.number != dematerialisation || check.result != Check::Result::warning) continue;
    warnings.push_back({Severity::warning, check.code, check.message});
  }
}

/// @param written what was read back from the bytes written
void verify_written(helios::Reading written, const SigningRequest& request,
                    const SignatureOrigin& origin, SigningOutcome& outcome) {
  const VerifyReport report = verify_reading(
      std::move(written), {.limits = {}, .now = request.signing_time, .profile = Profile::helios});
  const std::set<std::string> ours(outcome.signed_ids.begin(), outcome.signed_ids.end());
  std::size_t found = 0;
  for (const SignatureReport& signature : report.signatures) {
    if (ours.contains(signature.signed_id)) {
      require_sound(signature, request.input.name, origin);
      ++found;
    } else if (!signature.valid) {
      outcome.warnings.push_back(invalid_before(signature));
    }
  }
  if (found != ours.size()) {
    throw Error(origin.unsound,
                told(origin, say("what was inserted is not the signature of an element of {1}",
                                 {request.input.name})));
  }
  add_remarks(report.checks, outcome.warnings);
}

}  // namespace

void write_signed_file(SignedCopy& copy, const SigningRequest& request, FlowToSign flow,
                       const std::vector<std::string>& signatures, const SignatureOrigin& origin,
                       SigningOutcome& outcome) {
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    const std::uint64_t place = *flow.reading.elements[flow.plan.elements[i]].end_tag;
    flow.changes.push_back({{place, place}, signatures[i]});
  }
  helios::Reading written = copy.complete(std::move(flow.changes));
  written = with_all_digests(std::move(written), copy.written(), ReadLimits{}, copy.digests());
  verify_written(std::move(written), request, origin, outcome);
  copy.commit();
}

}  // namespace pes::xades
