#include "pes/split_signing.hpp"

#include "crypto/digest.hpp"
#include "pes/error.hpp"
#include "support/encoding.hpp"
#include "support/refusal.hpp"
#include "support/shared.hpp"
#include "unit/xades/bench.hpp"

#include <doctest/doctest.h>

using namespace pes;
using namespace pes::test;

namespace {

/// Prepared, and signed as a remote service would.
PreparedSigning returned_for(const SigningRequest& request) {
  PreparedSigning prepared = prepare_signing(request, test_signer().certificate());
  for (SignatureToMake& signature : prepared.signatures) {
    signature.value = test_signer().sign(port::DigestAlgorithm::sha256, signature.digest);
  }
  return prepared;
}

std::string injected(const Bench& bench, const std::string& returned) {
  inject_signatures(bench.request(), returned, "rendu");
  return read_bytes(bench.output());
}

/// As Libersign wraps a signature.
std::string as_libersign_returns(const std::string& signed_flow) {
  const std::string signature = between(signed_flow, "<ds:Signature ", "</ds:Signature>");
  return base64(
      as_bytes("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"
               "<DocumentDetachedExternalSignature>" +
               signature + "</DocumentDetachedExternalSignature>"));
}

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("a flow signed in two steps is byte for byte the one that is signed at once") {
  const FlowWish wish{.depenses = {"B1", "B2"}, .recettes = {"B3"}};
  const Bench bench(flow(wish));
  const PreparedSigning prepared = returned_for(bench.request());

  const SigningOutcome outcome = finish_signing(bench.request(), prepared);

  CHECK(outcome.signed_ids == std::vector<std::string>{"B1", "B2", "B3"});
  CHECK(read_bytes(bench.output()) == signed_flow(wish));
}

TEST_CASE("what is prepared is SignedInfo and its digest, and nothing is written") {
  const Bench bench(flow());

  const PreparedSigning prepared = prepare_signing(bench.request(), test_signer().certificate());

  REQUIRE(prepared.signatures.size() == 1);
  const SignatureToMake& signature = prepared.signatures.front();
  CHECK(signature.signed_info.starts_with("<ds:SignedInfo xmlns:ds="));
  CHECK(signature.digest == crypto::digest(port::DigestAlgorithm::sha256, signature.signed_info));
  CHECK(signature.content_sha256 == crypto::sha256_hex(canonical(flow(), "Bordereau")));
  CHECK(bench.others().empty());
}

TEST_CASE("InfoDematerialisee is changed in both steps alike") {
  const Bench bench(flow({.depenses = {""}, .demat = "<InfoDematerialisee V=\"0\"/>"}));
  SigningRequest request = bench.request();
  request.set_dematerialisee = true;
  const PreparedSigning prepared = returned_for(request);

  finish_signing(bench.request(), prepared);

  const std::string made = read_bytes(bench.output());
  CHECK(made.find("<InfoDematerialisee V=\"1\"/>") != std::string::npos);
  CHECK(verified(made).valid);
}

TEST_CASE("what changed between the two steps is refused, and nothing is written") {
  const Bench bench(flow());
  PreparedSigning prepared = returned_for(bench.request());
  ErrorCode expected = ErrorCode::input_invalid;

  SUBCASE("the flow") { bench.put(flow({.objet = "Autre"})); }
  SUBCASE("the role") { prepared.properties.role = "Maire"; }
  SUBCASE("the time") { prepared.signing_time += std::chrono::seconds(1); }
  SUBCASE("a value that is missing") { prepared.signatures.front().value.clear(); }
  SUBCASE("a value of another key, or damaged") {
    prepared.signatures.front().value.back() ^= std::byte{1};
    expected = ErrorCode::key_mismatch;
  }

  CHECK(refusal([&] { finish_signing(bench.request(), prepared); }).code() == expected);
  CHECK(bench.others().empty());
}

TEST_CASE("a returned signature is inserted in any encoding, and verified") {
  for (const std::string encoding : {"ISO-8859-1", "UTF-8"}) {
    const FlowWish wish{.encoding = encoding, .objet = "achat"};
    const Bench bench(flow(wish));

    const std::string made = injected(bench, as_libersign_returns(signed_flow(wish)));

    CHECK(verified(made).valid);
  }
}

TEST_CASE("a returned signature that is not for this flow is refused, and nothing is written") {
  const Bench bench(flow());
  const auto refused = [&](const std::string& returned) {
    const Error error = refusal([&] { injected(bench, returned); });
    CHECK(bench.others().empty());
    return error.code();
  };

  CHECK(refused(as_libersign_returns(signed_flow({.objet = "autre"}))) == ErrorCode::input_invalid);
  CHECK(refused(as_libersign_returns(signed_flow({.depenses = {"B9"}}))) ==
        ErrorCode::input_invalid);
  CHECK(refused("pas du base64 !") == ErrorCode::input_invalid);
  CHECK(refused(base64(as_bytes("<a/>"))) == ErrorCode::input_invalid);
  const std::string one = as_libersign_returns(signed_flow());
  CHECK(refused(one + "," + one) == ErrorCode::input_invalid);
}

TEST_CASE("the digests that Libersign is given of its sample are those of the platforms") {
  if (!has_shared()) return;
  SigningRequest request;
  request.input = shared() / "samples/signed/libersign-injection" /
                  "HELIOS_SIMU_ALR2_1529593767_1834011863.xml";
  request.set_dematerialisee = true;  // outside the Bordereau; its value is 0
  const auto hash = [&] {
    return prepare_signing(request, test_signer().certificate()).signatures.front().content_sha256;
  };

  CHECK(hash() == hex(*from_base64("dovf/kQSqohYT8iQPhk/D9LCkwGJjp3kD1GfAx++sCE=")));
}

TEST_SUITE_END();
