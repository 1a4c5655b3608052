#include "sandbox/tdt/signature_control.hpp"

#include "pes/error.hpp"
#include "pes/verification.hpp"
#include "sandbox/now.hpp"
#include "sandbox/tdt/certificate_control.hpp"

#include <algorithm>

namespace pes::sandbox::tdt {
namespace {

constexpr const char* does_not_match =
    "Impossible d'affirmer que la signature correspond au fichier";

// Rows of the verification procedure (signature §8) that S²LOW has too.
constexpr int unique_ids = 3;
constexpr int digests = 13;
constexpr int signature_value = 15;

Check::Result result_of(const std::vector<Check>& checks, int number) {
  const auto found = std::find_if(checks.begin(), checks.end(),
                                  [&](const Check& check) { return check.number == number; });
  return found == checks.end() ? Check::Result::not_run : found->result;
}

std::optional<std::string> fault_of(const Layout& layout, const SignatureReport& signature) {
  if (signature.signature_id.empty()) {
    return "Impossible d'extraire l'attribut Id de l'entité \\<Signature\\>";
  }
  if (!signature.signer) return does_not_match;
  // Without a signing time S²LOW takes the present one.
  const Instant judged_at = signature.signed_at.value_or(now_in(layout));
  if (auto fault = certificate_fault(layout, *signature.signer, judged_at)) return fault;
  if (result_of(signature.checks, digests) != Check::Result::passed ||
      result_of(signature.checks, signature_value) != Check::Result::passed) {
    return does_not_match;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> signature_fault(const Layout& layout,
                                           const std::filesystem::path& file) try {
  const VerifyReport report = verify_pes_aller(file, {.limits = {}, .now = now_in(layout)});
  if (result_of(report.checks, unique_ids) == Check::Result::failed) {
    return "Impossible d'extraire l'entité signée : un attribut Id n'est pas unique";
  }
  if (report.signatures.empty()) return does_not_match;
  for (const SignatureReport& signature : report.signatures) {
    if (std::optional<std::string> fault = fault_of(layout, signature)) return fault;
  }
  return std::nullopt;
} catch (const Error& failure) {
  if (failure.code() == ErrorCode::io_failed) throw;
  // What is not even a PES cannot be verified; S²LOW gives no other reason either.
  return does_not_match;
}

}  // namespace pes::sandbox::tdt
