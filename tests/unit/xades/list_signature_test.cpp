#include "crypto/digest.hpp"
#include "pes/error.hpp"
#include "pes/trust.hpp"
#include "support/encoding.hpp"
#include "support/text.hpp"
#include "unit/crypto/test_keys.hpp"
#include "unit/xades/bench.hpp"
#include "xades/signature_text.hpp"

#include <doctest/doctest.h>

using namespace pes;
using namespace pes::test;

namespace {

std::string list(int number) {
  return fill(R"(<?xml version="1.0" encoding="UTF-8"?>
<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" Id="TL">
<SchemeInformation><TSLSequenceNumber>{1}</TSLSequenceNumber>
<SchemeTerritory>FR</SchemeTerritory></SchemeInformation>
</TrustServiceStatusList>
)",
              {std::to_string(number)});
}

std::string signed_list(int number) {
  const std::string text = list(number);
  const Bytes digest =
      crypto::digest(port::DigestAlgorithm::sha256, canonical(text, "TrustServiceStatusList"));
  const Certificate& certificate = test_signer().certificate();
  const xades::UnsignedSignature unsigned_one = xades::unsigned_signature(
      {"TL", digest, SignatureProperties{}, signing_instant}, certificate);
  const Bytes value = test_signer().sign(
      port::DigestAlgorithm::sha256,
      crypto::digest(port::DigestAlgorithm::sha256, bytes_to_sign(unsigned_one)));
  const std::string signature = xades::signature_text(unsigned_one, certificate, value);
  return replaced(text, "</TrustServiceStatusList>", signature + "</TrustServiceStatusList>");
}

struct Desk {
  Scratch scratch;

  [[nodiscard]] std::filesystem::path put(const std::string& name, std::string_view bytes) const {
    write_file(scratch.path() / name, bytes);
    return scratch.path() / name;
  }
  [[nodiscard]] ListImport import(std::string_view xml,
                                  const std::filesystem::path& signer = {}) const {
    return import_trusted_list({.file = put("tl.xml", xml),
                                .name = "tl.xml",
                                .folder = scratch.path() / "trust" / "lists",
                                .signer = signer,
                                .now = signing_instant});
  }
  [[nodiscard]] ErrorCode refusal(std::string_view xml,
                                  const std::filesystem::path& signer = {}) const {
    try {
      static_cast<void>(import(xml, signer));
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::internal;
  }
};

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("a trusted list is kept as it came, with what is known of who signed it") {
  const Desk desk;
  const std::string text = signed_list(7);

  const ListImport import = desk.import(text);

  CHECK(import.signature.state == ListSignature::State::sound);
  REQUIRE(import.signature.signer.has_value());
  CHECK(import.signature.signer->sha256 == test_signer().certificate().sha256);
  CHECK(import.list.file.filename() == "FR.xml");
  CHECK(read_bytes(import.list.file) == text);
}

TEST_CASE("a trusted list that was changed since it was signed is refused") {
  const Desk desk;
  const std::string text = signed_list(7);

  CHECK(desk.refusal(replaced(text, ">7<", ">8<")) == ErrorCode::input_invalid);
  CHECK(desk.refusal(replaced(text, "Ordonnateur", "Opérateur")) == ErrorCode::input_invalid);
  CHECK(desk.refusal(replaced(text, "URI=\"#TL\"", "URI=\"\"")) == ErrorCode::input_invalid);
  CHECK_FALSE(std::filesystem::exists(desk.scratch.path() / "trust"));
}

TEST_CASE("a list without signature is kept, and known to have none") {
  const Desk desk;

  CHECK(desk.import(list(7)).signature.state == ListSignature::State::absent);
}

TEST_CASE("a signature in a list that is nested too deeply to be read is not said to be absent") {
  const Desk desk;
  std::string nested = "<a/>";
  for (int depth = 0; depth < 300; ++depth) nested = "<a>" + nested + "</a>";
  const std::string text = replaced(signed_list(7), "<ds:Signature ", nested + "<ds:Signature ");

  CHECK(desk.import(text).signature.state == ListSignature::State::uncheckable);
}

TEST_CASE("only the operator that was named may have signed a list") {
  const Desk desk;
  const auto own = desk.put("operateur.pem", pem(*make_certificate(shared_key())));
  const crypto::Pkey key = make_rsa_key();
  const auto other = desk.put("autre.pem", pem(*make_certificate(*key)));

  CHECK(desk.refusal(signed_list(7), other) == ErrorCode::input_invalid);
  CHECK(desk.refusal(list(7), own) == ErrorCode::input_invalid);
  CHECK(desk.import(signed_list(7), desk.put("le-sien.pem",
                                             [] {
                                               const Certificate& certificate =
                                                   test_signer().certificate();
                                               return std::string(as_text(certificate.der));
                                             }()))
            .signature.state == ListSignature::State::sound);
}

TEST_CASE("an older list does not take the place of a newer one") {
  const Desk desk;
  static_cast<void>(desk.import(list(7)));

  CHECK(desk.refusal(list(6)) == ErrorCode::input_invalid);
  CHECK(desk.import(list(8)).list.sequence_number == "8");
}

TEST_SUITE_END();
