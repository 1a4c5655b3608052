#include "crypto/digest.hpp"
#include "support/encoding.hpp"
#include "unit/xades/bench.hpp"
#include "unit/xml/reference_canonical.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pes;
using namespace pes::test;

namespace {

constexpr std::string_view declaration = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";

/// A signed flow whose Bordereau has an xsi:nil, declared on the root.
std::string flow_with_nil() {
  std::string text = flow({.objet = "achat"});
  text = replaced(text, "<n:PES_Aller ", "<n:PES_Aller" + std::string(declaration) + " ");
  const Bench bench(replaced(text, "<Bordereau Id=\"B1\">", "<Bordereau Id=\"B1\" xsi:nil=\"0\">"));
  sign_pes_aller(bench.request(), test_signer());
  return read_bytes(bench.output());
}

/// The same, signed by somebody who took the Bordereau out as text.
std::string signed_as_a_fragment(const std::string& text) {
  std::string fragment = between(text, "<Bordereau ", "</Bordereau>");
  fragment = replaced(fragment, between(fragment, "<ds:Signature ", "</ds:Signature>"), "");
  const Bytes digest =
      crypto::digest(port::DigestAlgorithm::sha256, reference_canonical_form(fragment).value());
  const std::string old = between(text, "<ds:DigestValue>", "</ds:DigestValue>");
  return signed_again(
      replaced(text, old, "<ds:DigestValue>" + base64(digest) + "</ds:DigestValue>"));
}

bool is_explained(const VerifyReport& report) {
  return check_of(report, 13).message.find("cut out of the flow") != std::string::npos;
}

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("a Bordereau that was canonicalised alone is refused, and why is told") {
  const VerifyReport report = verified(signed_as_a_fragment(flow_with_nil()));

  CHECK_FALSE(report.valid);
  CHECK(numbers(report, Check::Result::failed) == "13 24");
  CHECK(is_explained(report));
  CHECK(check_of(report, 13).message.find("declares xsi") != std::string::npos);
}

TEST_CASE("the same Bordereau, canonicalised in its flow, is valid") {
  const VerifyReport report = verified(flow_with_nil());

  CHECK(report.valid);
  CHECK(check_of(report, 13).message.empty());
}

TEST_CASE("a Bordereau that was modified is not excused") {
  const std::string text = signed_as_a_fragment(flow_with_nil());
  const VerifyReport report = verified(replaced(text, "V='832'", "V='833'"));

  CHECK(contains(report, Check::Result::failed, 13));
  CHECK_FALSE(is_explained(report));
  CHECK_FALSE(is_explained(verified(replaced(signed_flow(), "V='832'", "V='833'"))));
}

TEST_SUITE_END();
