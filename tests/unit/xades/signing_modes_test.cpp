#include "pes/error.hpp"
#include "support/refusal.hpp"
#include "unit/xades/bench.hpp"

#include <doctest/doctest.h>

using namespace pes;
using namespace pes::test;

namespace {

SigningOutcome sign_in(const Bench& bench, SignatureMode mode) {
  SigningRequest request = bench.request();
  request.mode = mode;
  return sign_pes_aller(request, test_signer());
}

std::string signed_with(const SignatureProperties& properties) {
  const Bench bench(flow());
  SigningRequest request = bench.request();
  request.properties = properties;
  sign_pes_aller(request, test_signer());
  return read_bytes(bench.output());
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("a root is signed alone when that is asked for, although its Bordereaux have Ids") {
  const Bench bench(flow({.depenses = {"B1", "B2"}}));

  const SigningOutcome outcome = sign_in(bench, SignatureMode::root);

  CHECK(outcome.signed_ids == std::vector<std::string>{"R1"});
  CHECK(verified(read_bytes(bench.output())).valid);
}

TEST_CASE("a root is signed over its signed Bordereaux, and nothing after it") {
  const std::string both = signed_over_bordereaux();

  CHECK(count_of(both, "<ds:Signature ") == 2);
  CHECK(verified(both).valid);
  const Bench bench(both);
  for (const SignatureMode mode : {SignatureMode::root, SignatureMode::bordereau}) {
    CHECK(refusal([&] { sign_in(bench, mode); }).code() == ErrorCode::input_already_signed);
  }
}

TEST_CASE("what is asked for must be there: an Id on the root, or on every Bordereau") {
  const Bench nameless_root(flow({.root_id = ""}));
  CHECK(refusal([&] { sign_in(nameless_root, SignatureMode::root); }).code() ==
        ErrorCode::input_no_id);

  const Bench nameless_bordereau(flow({.depenses = {"B1", ""}}));
  CHECK(refusal([&] { sign_in(nameless_bordereau, SignatureMode::bordereau); }).code() ==
        ErrorCode::input_no_id);
}

TEST_CASE("policy, namespace of the digests and digest of the certificate are as asked for") {
  const std::string usual = signed_with({});
  CHECK(usual.find("urn:oid:1.2.250.1.131.1.5.18.21.1.7<") != std::string::npos);
  CHECK(count_of(usual, "<xad:DigestValue>") == 2);

  const std::string other = signed_with({.policy = SignaturePolicy::of_2011,
                                         .digest_namespace = DigestNamespace::dsig,
                                         .certificate_digest = port::DigestAlgorithm::sha512});

  CHECK(other.find("urn:oid:1.2.250.1.131.1.5.18.21.1.4<") != std::string::npos);
  CHECK(other.find("<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha512\"/>") !=
        std::string::npos);
  CHECK(count_of(other, "<xad:DigestValue>") == 0);
  const VerifyReport report = verified(other);
  CHECK(report.valid);
  CHECK(numbers(report, Check::Result::warning).empty());
}

TEST_SUITE_END();
