#include "helios/reading.hpp"
#include "pes/error.hpp"
#include "pes/signature.hpp"
#include "support/file.hpp"
#include "support/text.hpp"
#include "xades/digest_forecast.hpp"
#include "xades/edited_copy.hpp"
#include "xades/set_dematerialisee.hpp"
#include "xades/signature_text.hpp"
#include "xades/signing_plan.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <set>

namespace pes {

namespace xades {

namespace {

/// What the TdT will say of the encoding; the signature itself stands all the same.
void warn_of_encoding(const PesAller& flow, std::vector<Finding>& warnings) {
  for (Finding& finding : check_pes_aller(flow, std::numeric_limits<std::uint64_t>::max())) {
    if (!finding.code.starts_with("encoding.")) continue;
    finding.severity = Severity::warning;
    warnings.push_back(std::move(finding));
  }
}

bool are_digested(const helios::Reading& reading, const SigningPlan& plan) {
  return std::none_of(plan.elements.begin(), plan.elements.end(),
                      [&](std::size_t rank) { return reading.elements[rank].digests.empty(); });
}

/// What the mode signs, and nothing else.
helios::DigestPlan digests_for(SignatureMode mode) {
  helios::DigestPlan plan;
  const std::vector sha256{port::DigestAlgorithm::sha256};
  (mode == SignatureMode::root ? plan.root : plan.bordereaux) = sha256;
  return plan;
}

/// Digests of the file as it will be once changed, beside the offsets it has now.
void digest_as_changed(helios::Reading& reading, const SigningPlan& plan,
                       const std::filesystem::path& file,
                       const std::vector<helios::Replacement>& changes) {
  helios::Reading changed = helios::read_flow(file, ReadLimits{}, digests_for(plan.mode), changes);
  if (changed.elements.size() != reading.elements.size()) {
    throw Error(ErrorCode::io_failed,
                say("{1} was changed while it was being signed", {file.native()}),
                tr("run the command again"));
  }
  for (std::size_t i = 0; i < reading.elements.size(); ++i) {
    reading.elements[i].digests = std::move(changed.elements[i].digests);
  }
}

/// One insertion an element, in the order of the plan.
std::vector<helios::Replacement> make_signatures(const helios::Reading& reading,
                                                 const SigningPlan& plan,
                                                 const SigningRequest& request,
                                                 port::Signer& signer) {
  std::vector<helios::Replacement> insertions;
  for (const std::size_t rank : plan.elements) {
    const helios::SignableElement& element = reading.elements[rank];
    if (request.progress) {
      request.progress(insertions.size() + 1, plan.elements.size(), element.id);
    }
    const SignatureContent content{element.id, element.digests.at(port::DigestAlgorithm::sha256),
                                   request.properties, request.signing_time};
    insertions.push_back({{*element.end_tag, *element.end_tag}, signature_text(content, signer)});
  }
  return insertions;
}

/// Checks 5 to 16 are about the bytes; the others judge the certificate and what it is used for.
bool is_cryptographic(const Check& check) { return check.number >= 5 && check.number <= 16; }

void require_sound(const SignatureReport& report, const Certificate& certificate) {
  constexpr int signature_value = 15;
  for (const Check& check : report.checks) {
    const bool stands =
        check.result == Check::Result::passed || check.result == Check::Result::warning;
    if (!is_cryptographic(check) || stands) continue;
    const std::string message =
        say("the signature just made of \"{1}\" does not verify, so nothing was written: {2}",
            {report.signed_id, check.message});
    if (check.number != signature_value) throw Error(ErrorCode::internal, message);
    throw Error(ErrorCode::key_mismatch, message,
                say("check that the key and the certificate of {1} belong together",
                    {certificate.subject_cn}));
  }
}

/// Reads back the bytes written, as whoever receives them will.
void verify_written(const std::filesystem::path& written, const SigningRequest& request,
                    const Certificate& certificate, SigningOutcome& outcome) {
  const VerifyReport report = verify_pes_aller(written, {ReadLimits{}, request.signing_time});
  const std::set<std::string> ours(outcome.signed_ids.begin(), outcome.signed_ids.end());
  std::size_t found = 0;
  for (const SignatureReport& signature : report.signatures) {
    if (ours.contains(signature.signed_id)) {
      require_sound(signature, certificate);
      ++found;
    } else if (!signature.valid) {
      outcome.warnings.push_back({Severity::warning, "signature.invalid",
                                  say("the signature of \"{1}\" that was there before is not valid",
                                      {signature.signed_id}),
                                  signature.line, signature.column});
    }
  }
  if (found != ours.size()) {
    throw Error(ErrorCode::internal, tr("a signature just made is not found in what was written"));
  }
}

}  // namespace

}  // namespace xades

SigningOutcome sign_pes_aller(const SigningRequest& request, port::Signer& signer) {
  using namespace xades;
  require_writable(request.properties);
  // What may be changed first is digested once it is.
  const helios::DigestPlan forecast =
      request.set_dematerialisee ? helios::DigestPlan{} : forecast_signing(request.input);
  helios::Reading reading = helios::read_flow(request.input, ReadLimits{}, forecast);
  const std::filesystem::path shown =
      request.shown_as.empty() ? request.input : std::filesystem::path(request.shown_as);
  const SigningPlan plan = plan_signing(reading, shown);
  std::vector<helios::Replacement> changes =
      dematerialising_changes(reading, plan, request.set_dematerialisee, shown);
  if (!changes.empty() || !are_digested(reading, plan)) {
    digest_as_changed(reading, plan, request.input, changes);
  }

  SigningOutcome outcome{plan.mode, {}, {}};
  for (const std::size_t rank : plan.elements) {
    outcome.signed_ids.push_back(reading.elements[rank].id);
  }
  warn_of_encoding(reading.flow, outcome.warnings);

  // Made before the key is used: a place that cannot be written must not cost a PIN.
  PendingFile output(request.output);
  std::vector<helios::Replacement> insertions = make_signatures(reading, plan, request, signer);
  std::move(insertions.begin(), insertions.end(), std::back_inserter(changes));
  copy_with(request.input, std::move(changes), output);
  verify_written(output.temporary(), request, signer.certificate(), outcome);
  output.commit();
  return outcome;
}

}  // namespace pes
