#include "xades/flow_to_sign.hpp"

#include "helios/flow_reader.hpp"
#include "helios/flow_source.hpp"
#include "pes/error.hpp"
#include "support/text.hpp"
#include "xades/digest_forecast.hpp"
#include "xades/set_dematerialisee.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <utility>

namespace pes::xades {

namespace {

/// What the TdT will say of the encoding; the signature itself stands all the same.
void warn_of_encoding(const PesAller& flow, std::vector<Finding>& warnings) {
  for (Finding& finding : check_pes_aller(flow, std::numeric_limits<std::uint64_t>::max())) {
    if (!finding.code.starts_with("encoding.")) continue;
    finding.severity = Severity::warning;
    warnings.push_back(std::move(finding));
  }
}

bool are_digested(const FlowToSign& flow) {
  const auto& ranks = flow.plan.elements;
  return std::none_of(ranks.begin(), ranks.end(), [&](std::size_t rank) {
    return flow.reading.elements[rank].digests.empty();
  });
}

/// What the mode signs, and nothing else.
helios::DigestPlan digests_for(SignatureMode mode) {
  helios::DigestPlan plan;
  const std::vector sha256{port::DigestAlgorithm::sha256};
  (mode == SignatureMode::root ? plan.root : plan.bordereaux) = sha256;
  return plan;
}

/// What will most probably be signed.
helios::DigestPlan expected_digests(const SigningRequest& request) {
  return request.mode ? digests_for(*request.mode) : forecast_signing(request.input.path);
}

/// Digests of the file as it will be once changed, beside the offsets it has now.
void digest_as_changed(FlowToSign& flow, const NamedFile& file) {
  helios::Reading& reading = flow.reading;
  helios::Reading changed =
      helios::read_flow(file, ReadLimits{}, digests_for(flow.plan.mode), flow.changes);
  if (changed.elements.size() != reading.elements.size()) {
    throw Error(ErrorCode::io_failed, say("{1} was changed while it was being signed", {file.name}),
                tr("run the command again"));
  }
  for (std::size_t i = 0; i < reading.elements.size(); ++i) {
    reading.elements[i].digests = std::move(changed.elements[i].digests);
  }
}

FlowToSign planned(const SigningRequest& request, helios::Reading reading) {
  FlowToSign flow{std::move(reading), {}, {}};
  flow.plan = plan_signing(flow.reading, request.input.name, request.mode);
  return flow;
}

/// A file that a copy follows.
class FollowedFile final : public xml::ByteSource {
 public:
  FollowedFile(const NamedFile& file, SignedCopy& copy) : file_(file), copy_(copy) {}

  std::string_view next() override {
    const std::string_view piece = file_.next();
    copy_.follow(piece);
    return piece;
  }
  [[nodiscard]] std::string name() const override { return file_.name(); }

 private:
  helios::FileSource file_;
  SignedCopy& copy_;
};

/// By the copy once, although the file may be read twice.
helios::Reading read_followed(const NamedFile& file, SignedCopy& copy) {
  bool followed = false;
  const auto open = [&]() -> std::unique_ptr<xml::ByteSource> {
    if (std::exchange(followed, true)) return std::make_unique<helios::FileSource>(file);
    return std::make_unique<FollowedFile>(file, copy);
  };
  return helios::read_flow(open, ReadLimits{}, copy.digests());
}

void make_changes(FlowToSign& flow, const SigningRequest& request) {
  flow.changes = dematerialising_changes(flow.reading, flow.plan, request.set_dematerialisee,
                                         request.input.name);
  if (!flow.changes.empty() || !are_digested(flow)) digest_as_changed(flow, request.input);
}

}  // namespace

FlowToSign read_flow_to_complete(const SigningRequest& request, SignedCopy& copy) {
  FlowToSign flow = planned(request, read_followed(request.input, copy));
  if (!are_digested(flow)) digest_as_changed(flow, request.input);
  return flow;
}

FlowToSign read_flow_to_sign(const SigningRequest& request) {
  require_writable(request.properties);
  // What may be changed first is digested once it is.
  const helios::DigestPlan digests =
      request.set_dematerialisee ? helios::DigestPlan{} : expected_digests(request);
  FlowToSign flow = planned(request, helios::read_flow(request.input, ReadLimits{}, digests));
  make_changes(flow, request);
  return flow;
}

FlowToSign read_flow_to_sign(const SigningRequest& request, SignedCopy& copy) {
  if (request.set_dematerialisee) return read_flow_to_sign(request);
  require_writable(request.properties);
  FlowToSign flow = planned(request, read_followed(request.input, copy));
  make_changes(flow, request);
  return flow;
}

SignedCopy copy_for(const SigningRequest& request) {
  return {request.input.path, request.output, expected_digests(request)};
}

SignatureContent content_of(const helios::SignableElement& element, const SigningRequest& request) {
  return {element.id, element.digests.at(port::DigestAlgorithm::sha256), request.properties,
          request.signing_time};
}

SigningOutcome outcome_for(const FlowToSign& flow) {
  SigningOutcome outcome{flow.plan.mode, {}, {}};
  for (const std::size_t rank : flow.plan.elements) {
    outcome.signed_ids.push_back(flow.reading.elements[rank].id);
  }
  warn_of_encoding(flow.reading.flow, outcome.warnings);
  return outcome;
}

}  // namespace pes::xades
