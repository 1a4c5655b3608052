#include "crypto/certificate.hpp"
#include "pes/error.hpp"
#include "pes/split_signing.hpp"
#include "support/encoding.hpp"
#include "support/refusal.hpp"
#include "unit/crypto/test_keys.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <chrono>

using namespace pes;
using namespace pes::test;

namespace {

Bytes bytes(std::string_view text) {
  const auto span = as_bytes(text);
  return {span.begin(), span.end()};
}

PreparedSigning sample() {
  PreparedSigning prepared;
  prepared.file_name = "flux.xml";
  prepared.file_sha256 = std::string(64, 'a');
  prepared.certificate = crypto::describe(*make_certificate(shared_key()));
  prepared.properties = {"Élue",
                         "Sète",
                         "",
                         "France",
                         SignaturePolicy::of_2011,
                         DigestNamespace::dsig,
                         port::DigestAlgorithm::sha512};
  prepared.signing_time = std::chrono::sys_days(std::chrono::year(2026) / 1 / 5);
  prepared.set_dematerialisee = true;
  prepared.mode = SignatureMode::root;
  prepared.signatures = {
      {"R1", std::string(64, 'b'), "<ds:SignedInfo/>", bytes("digest"), bytes("value")},
      {"R2", std::string(64, 'c'), "<ds:SignedInfo/>", bytes("digest"), {}}};
  return prepared;
}

/// The document with one value changed.
std::string changed(const nlohmann::json::json_pointer& place, const nlohmann::json& value) {
  nlohmann::json document = nlohmann::json::parse(write_prepared_signing(sample()));
  document[place] = value;
  return document.dump();
}

}  // namespace

TEST_SUITE_BEGIN("record");

TEST_CASE("a prepared signature is read back as it was written") {
  const PreparedSigning read =
      read_prepared_signing(write_prepared_signing(sample()), "rendu.json");

  CHECK(write_prepared_signing(read) == write_prepared_signing(sample()));
  CHECK(read.properties == sample().properties);
  CHECK(read.certificate.subject_cn == "Amélie MARTIN");
  CHECK(read.signing_time == sample().signing_time);
  CHECK(read.mode == SignatureMode::root);
  CHECK(read.set_dematerialisee);
  REQUIRE(read.signatures.size() == 2);
  CHECK(read.signatures[0].value == bytes("value"));
  CHECK(read.signatures[1].value.empty());
}

TEST_CASE("what is no prepared signature, or a newer one, is refused with what to give instead") {
  using Place = nlohmann::json::json_pointer;
  for (const std::string& text :
       {std::string("{"), std::string("[]"), std::string("{}"),
        changed(Place("/schema"), "pes.signature-request/2"), changed(Place("/mode"), "page"),
        changed(Place("/certificate"), "bonjour"),
        changed(Place("/certificate"), base64(as_bytes("bonjour"))),
        changed(Place("/properties/policy"), "1.2.3"), changed(Place("/signatures/0/value"), "%%%"),
        changed(Place("/signatures"), 3)}) {
    CAPTURE(text);
    const Error error = refusal([&] { (void)read_prepared_signing(text, "rendu.json"); });
    CHECK(error.code() == ErrorCode::input_invalid);
    CHECK(error.message().starts_with("rendu.json"));
    CHECK_FALSE(error.hint().empty());
  }
}

TEST_SUITE_END();
