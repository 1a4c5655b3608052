#include "pes/error.hpp"
#include "support/text.hpp"
#include "unit/xades/bench.hpp"

#include <doctest/doctest.h>

#include <optional>

using namespace pes;
using namespace pes::test;

namespace {

/// The error; nothing may have been written.
Error refusal(const Bench& bench, const SigningRequest& request,
              port::Signer& signer = test_signer()) {
  std::optional<Error> refused;
  try {
    sign_pes_aller(request, signer);
  } catch (const Error& error) {
    refused = error;
  }
  CHECK(bench.others().empty());
  if (!refused) throw std::runtime_error("it was signed");
  return *refused;
}

Error refusal(std::string_view text) {
  const Bench bench(text);
  return refusal(bench, bench.request());
}

bool says(const Error& error, std::string_view part) {
  return error.message().find(part) != std::string::npos;
}

/// Signs with the right certificate and another value.
class WrongSigner final : public port::Signer {
 public:
  explicit WrongSigner(std::size_t length) : length_(length) {}
  [[nodiscard]] const Certificate& certificate() const override {
    return test_signer().certificate();
  }
  std::vector<std::byte> sign(port::DigestAlgorithm /*algorithm*/,
                              std::span<const std::byte> /*digest*/) override {
    return std::vector<std::byte>(length_, std::byte{0x5A});
  }

 private:
  std::size_t length_;
};

/// A token taken away after its first signature.
class LostSigner final : public port::Signer {
 public:
  [[nodiscard]] const Certificate& certificate() const override {
    return test_signer().certificate();
  }
  std::vector<std::byte> sign(port::DigestAlgorithm algorithm,
                              std::span<const std::byte> digest) override {
    if (used_) throw Error(ErrorCode::key_missing, "the token was removed");
    used_ = true;
    return test_signer().sign(algorithm, digest);
  }
  [[nodiscard]] bool was_used() const { return used_; }

 private:
  bool used_ = false;
};

std::string utf16(std::string_view ascii) {
  std::string text = "\xFF\xFE";
  for (const char c : ascii) {
    text += c;
    text += '\0';
  }
  return text;
}

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("a Bordereau out of its place, which no signature would cover, is not left aside") {
  const std::string text = replaced(flow(), "<PES_PJ>", "<PES_PJ><Bordereau Id=\"B9\"/>");
  const Bench bench(text);
  SigningRequest request = bench.request();

  CHECK(refusal(bench, request).code() == ErrorCode::input_invalid);
  request.mode = SignatureMode::root;
  CHECK_NOTHROW(sign_pes_aller(request, test_signer()));
}

TEST_CASE("a signature that does not verify is not left behind") {
  const Bench bench(flow());
  WrongSigner garbage(256);
  WrongSigner empty(0);

  const Error error = refusal(bench, bench.request(), garbage);

  CHECK(error.code() == ErrorCode::key_mismatch);
  CHECK(says(error, "B1"));
  CHECK(error.hint().find("Amélie MARTIN") != std::string::npos);
  CHECK(refusal(bench, bench.request(), empty).code() == ErrorCode::key_mismatch);
}

TEST_CASE("when the second signature fails the first is not left behind") {
  const Bench bench(flow({.depenses = {"B1", "B2"}}));
  LostSigner lost;

  CHECK(refusal(bench, bench.request(), lost).code() == ErrorCode::key_missing);
}

TEST_CASE("the key is not used for an output that cannot be written") {
  const Bench bench(flow());
  SigningRequest request = bench.request();
  request.output = bench.input().parent_path() / "absent" / "signe.xml";
  LostSigner signer;

  CHECK(refusal(bench, request, signer).code() == ErrorCode::io_failed);
  CHECK_FALSE(signer.was_used());
}

TEST_CASE("an output that exists stays as it was when signing fails") {
  const Bench bench(flow());
  Bench other("ancien");
  SigningRequest request = bench.request();
  request.output = other.input();
  WrongSigner garbage(256);

  CHECK(refusal(bench, request, garbage).code() == ErrorCode::key_mismatch);
  CHECK(read_bytes(other.input()) == "ancien");
  CHECK(other.others().empty());
}

TEST_CASE("a flow without depense nor recette is not signed") {
  const Error error = refusal(flow({.depenses = {}}));

  CHECK(error.code() == ErrorCode::input_no_id);
  CHECK(says(error, "neither"));
}

TEST_CASE("a flow without the Ids it takes is not signed, and is told what is missing") {
  const Error error = refusal(flow({.root_id = "", .depenses = {"B1", ""}}));

  CHECK(error.code() == ErrorCode::input_no_id);
  CHECK(says(error, "line 15"));
  CHECK_FALSE(error.hint().empty());
}

TEST_CASE("an Id that stands twice is refused with both lines") {
  SUBCASE("on two Bordereaux") {
    const Error error = refusal(flow({.depenses = {"B1", "B1"}}));
    CHECK(error.code() == ErrorCode::input_duplicate_id);
    CHECK(says(error, "lines 8 and 15"));
  }
  SUBCASE("under another spelling, on an element that is not signed") {
    const Error error = refusal(replaced(flow(), "<IdVer ", "<IdVer xml:id=\"B1\" "));
    CHECK(error.code() == ErrorCode::input_duplicate_id);
  }
}

TEST_CASE("an Id that the signature would take is refused when another has it") {
  const Error error = refusal(flow({.depenses = {"B1", "B1_SIG_1_SV"}}));

  CHECK(error.code() == ErrorCode::input_duplicate_id);
  CHECK(says(error, "B1_SIG_1_SV"));
}

TEST_CASE("an Id that is no name is refused") {
  CHECK(refusal(flow({.depenses = {"1B"}})).code() == ErrorCode::input_invalid);
  CHECK(refusal(flow({.depenses = {"B 1"}})).code() == ErrorCode::input_invalid);
}

TEST_CASE("what is signed already is not signed again") {
  SUBCASE("every Bordereau") {
    CHECK(refusal(signed_flow()).code() == ErrorCode::input_already_signed);
  }
  SUBCASE("the root") {
    CHECK(refusal(signed_flow({.depenses = {""}})).code() == ErrorCode::input_already_signed);
  }
  SUBCASE("a Bordereau beside another that has no Id") {
    const std::string signature = between(signed_flow(), "<ds:Signature ", "</ds:Signature>");
    const std::string text =
        replaced(flow({.depenses = {"B1", ""}}), "</Bordereau>", signature + "</Bordereau>");
    CHECK(refusal(text).code() == ErrorCode::input_already_signed);
  }
}

TEST_CASE("a signature in a place where none is allowed is refused") {
  const std::string signature = between(signed_flow(), "<ds:Signature ", "</ds:Signature>");

  SUBCASE("in PES_PJ") {
    const Error error = refusal(flow({.pj = "<PES_PJ>" + signature + "</PES_PJ>"}));
    CHECK(error.code() == ErrorCode::input_invalid);
  }
  SUBCASE("before the last child of another Bordereau") {
    const Error error =
        refusal(replaced(flow({.depenses = {"B1", "B2"}}), "<Piece>", signature + "<Piece>"));
    CHECK(error.code() == ErrorCode::input_invalid);
    CHECK(says(error, "last child"));
  }
}

TEST_CASE("a flow whose InfoDematerialisee is not 1 is refused, with the way out") {
  const char* zero = R"(<InfoDematerialisee V="0"/>)";
  SUBCASE("in the depense") {
    const Error error = refusal(flow({.demat = zero}));
    CHECK(error.code() == ErrorCode::input_not_dematerialised);
    CHECK(says(error, "EnTeteDepense"));
    CHECK(error.hint().find("--set-dematerialisee") != std::string::npos);
  }
  SUBCASE("in the recette, the whole being signed") {
    const std::string both = flow({.depenses = {""}, .recettes = {""}});
    const std::string one =
        replaced(both, "<EnTeteRecette><IdVer V=\"1\"/><InfoDematerialisee V=\"1\"/>",
                 "<EnTeteRecette><IdVer V=\"1\"/><InfoDematerialisee V=\"0\"/>");
    const Error error = refusal(one);
    CHECK(error.code() == ErrorCode::input_not_dematerialised);
    CHECK(says(error, "EnTeteRecette"));
  }
  SUBCASE("the element is missing, and so cannot be changed in place") {
    const Bench bench(flow({.demat = ""}));
    SigningRequest request = bench.request();
    request.set_dematerialisee = true;
    CHECK(refusal(bench, request).code() == ErrorCode::input_not_dematerialised);
  }
  SUBCASE("the value is missing, and so cannot be changed in place") {
    const Bench bench(flow({.demat = "<InfoDematerialisee/>"}));
    SigningRequest request = bench.request();
    request.set_dematerialisee = true;
    CHECK(refusal(bench, request).code() == ErrorCode::input_not_dematerialised);
  }
}

TEST_CASE("a flow in UTF-16 is refused with its encoding as the reason") {
  const Error error = refusal(utf16(flow({.encoding = "UTF-16", .objet = "x"})));

  CHECK(error.code() == ErrorCode::input_encoding);
  CHECK_FALSE(error.hint().empty());
}

TEST_CASE("an empty Bordereau is refused") {
  const std::string text = flow();
  const std::string bordereau = between(text, "<Bordereau", "</Bordereau>");

  CHECK(refusal(replaced(text, bordereau, "<Bordereau Id=\"B1\"/>")).code() ==
        ErrorCode::input_invalid);
}

TEST_CASE("properties that cannot be written are refused") {
  const Bench bench(flow());
  SigningRequest request = bench.request();
  SUBCASE("no role") { request.properties.role = " \t"; }
  SUBCASE("a control character") { request.properties.city = "S\x01te"; }
  SUBCASE("Latin-1 taken for UTF-8") { request.properties.city = "S\xE8te"; }

  CHECK(refusal(bench, request).code() == ErrorCode::field_invalid);
}

TEST_CASE("what cannot be read is refused as when it is only read") {
  CHECK(refusal("").code() == ErrorCode::input_empty);
  CHECK(refusal(replaced(flow(), "</PES_PJ>", "")).code() == ErrorCode::input_not_xml);
  CHECK(refusal(replaced(flow(), "<!-- produit pour un essai -->", "<!DOCTYPE n:PES_Aller>"))
            .code() == ErrorCode::input_doctype);
}

TEST_SUITE_END();
