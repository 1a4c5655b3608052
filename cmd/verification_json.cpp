#include "verification_json.hpp"

#include "verification_text.hpp"

#include <string>
#include <vector>

namespace pes::cmd {

namespace {

std::string_view word(SignatureMode mode) {
  return mode == SignatureMode::bordereau ? "bordereau" : "root";
}

std::string_view word(JudgingTime::Source source) {
  switch (source) {
    case JudgingTime::Source::signing_time:
      return "signing-time";
    case JudgingTime::Source::now:
      return "now";
    case JudgingTime::Source::instant:
      return "instant";
  }
  return {};
}

ui::Json verdict_json(const Verdict& verdict) {
  return {{"indication", std::string(id(verdict.indication()))},
          {"sub_indication", ui::text_or_null(id(verdict.reason()))}};
}

ui::Json instant_json(const std::optional<Instant>& instant) {
  return instant ? ui::Json(iso8601(*instant)) : ui::Json(nullptr);
}

ui::Json checks_json(const std::vector<Check>& checks) {
  ui::Json result = ui::Json::array();
  for (const Check& check : checks) {
    result.push_back({{"number", check.number},
                      {"code", check.code},
                      {"result", std::string(cmd::word(check.result))},
                      {"sub_indication", ui::text_or_null(id(check.reason))},
                      {"message", ui::text_or_null(check.message)}});
  }
  return result;
}

ui::Json authorities_json(const std::vector<Certificate>& authorities) {
  ui::Json result = ui::Json::array();
  for (const Certificate& authority : authorities) result.push_back(certificate_json(authority));
  return result;
}

std::string_view word(Revocation::Status status) {
  switch (status) {
    case Revocation::Status::good:
      return "good";
    case Revocation::Status::revoked:
      return "revoked";
    case Revocation::Status::revoked_later:
      return "revoked-later";
    case Revocation::Status::unknown:
      return "unknown";
  }
  return {};
}

ui::Json revocation_json(const Certificate& certificate, const Revocation& revocation) {
  ui::Json inquiries = ui::Json::array();
  for (const RevocationInquiry& inquiry : revocation.inquiries) {
    inquiries.push_back({{"source", ui::text_or_null(inquiry.source)},
                         {"url", ui::text_or_null(inquiry.url)},
                         {"trouble", ui::text_or_null(inquiry.trouble)}});
  }
  return {{"cn", certificate.subject_cn},
          {"status", std::string(word(revocation.status))},
          {"since", instant_json(revocation.since)},
          {"source", ui::text_or_null(revocation.source)},
          {"inquiries", inquiries}};
}

ui::Json revocations_json(const SignatureReport& signature) {
  ui::Json result = ui::Json::array();
  const Certificate* subject = signature.signer ? &*signature.signer : nullptr;
  for (std::size_t i = 0; i < signature.revocations.size(); ++i) {
    result.push_back(revocation_json(*subject, signature.revocations[i]));
    subject = &signature.authorities[i];
  }
  return result;
}

ui::Json signature_json(const SignatureReport& signature) {
  return {{"id", ui::text_or_null(signature.signature_id)},
          {"valid", signature.valid},
          {"verdict", verdict_json(signature.verdict)},
          {"mode", std::string(word(signature.mode))},
          {"signed_element", ui::text_or_null(signature.signed_element)},
          {"signed_id", ui::text_or_null(signature.signed_id)},
          {"line", signature.line},
          {"column", signature.column},
          {"signer", signature.signer ? certificate_json(*signature.signer) : ui::Json(nullptr)},
          {"authorities", authorities_json(signature.authorities)},
          {"revocations", revocations_json(signature)},
          {"signing_time", ui::text_or_null(signature.signing_time)},
          {"signed_at", instant_json(signature.signed_at)},
          {"judged_at", instant_json(signature.judged_at)},
          {"judged_by", std::string(word(signature.judged_by))},
          {"role", ui::text_or_null(signature.role)},
          {"city", ui::text_or_null(signature.city)},
          {"postal_code", ui::text_or_null(signature.postal_code)},
          {"country", ui::text_or_null(signature.country)},
          {"policy", ui::text_or_null(signature.policy)},
          {"signature_algorithm", ui::text_or_null(signature.signature_algorithm)},
          {"digest_algorithm", ui::text_or_null(signature.digest_algorithm)},
          {"xades", ui::text_or_null(signature.xades)},
          {"checks", checks_json(signature.checks)}};
}

}  // namespace

ui::Json certificate_json(const Certificate& certificate) {
  return {{"cn", certificate.subject_cn},
          {"issuer_cn", certificate.issuer_cn},
          {"serial", certificate.serial},
          {"sha256", certificate.sha256},
          {"not_before", iso8601(certificate.not_before)},
          {"not_after", iso8601(certificate.not_after)}};
}

ui::Json report_json(const VerifyReport& report) {
  ui::Json signatures = ui::Json::array();
  for (const SignatureReport& signature : report.signatures) {
    signatures.push_back(signature_json(signature));
  }
  return {{"valid", report.valid},
          {"verdict", verdict_json(report.verdict)},
          {"coverage",
           {{"root", report.coverage.root},
            {"bordereaux", report.coverage.bordereaux},
            {"covered", report.coverage.covered}}},
          {"checks", checks_json(report.checks)},
          {"signatures", signatures}};
}

}  // namespace pes::cmd
