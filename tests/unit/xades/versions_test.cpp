#include "crypto/certificate.hpp"
#include "crypto/openssl_octets.hpp"
#include "support/encoding.hpp"
#include "support/text.hpp"
#include "unit/crypto/test_keys.hpp"
#include "unit/xades/bench.hpp"

#include <doctest/doctest.h>
#include <openssl/x509v3.h>

#include <stdexcept>

using namespace pes;
using namespace pes::test;

namespace {

std::string everywhere(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t place = text.find(from); place != std::string::npos;
       place = text.find(from, place + to.size())) {
    text.replace(place, from.size(), to);
  }
  return text;
}

/// The signature of a signed flow, with its properties in another version of XAdES.
std::string in_version(const std::string& text, std::string_view xades, std::string_view type) {
  const std::string signature = between(text, "<ds:Signature ", "</ds:Signature>");
  std::string other =
      replaced(signature, "http://uri.etsi.org/01903/v1.2.2#SignedProperties", type);
  other =
      everywhere(other, "\"http://uri.etsi.org/01903/v1.2.2#\"", "\"" + std::string(xades) + "\"");
  return replaced(text, signature, other);
}

std::string in_1_3_2(const std::string& text) {
  return in_version(text, "http://uri.etsi.org/01903/v1.3.2#",
                    "http://uri.etsi.org/01903#SignedProperties");
}

using Names = Owned<GENERAL_NAMES, GENERAL_NAMES_free>;

template <typename Value, typename Encode>
std::string der_of(Value* value, Encode encode) {
  unsigned char* bytes = nullptr;
  const int length = encode(value, &bytes);
  if (length < 0) throw std::runtime_error("no DER");
  const crypto::Memory owner(bytes);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)};
}

/// The DER of what names a certificate by issuer and number (RFC 5035).
std::string issuer_serial_of(const Certificate& certificate) {
  const crypto::X509Certificate x509 = crypto::x509_from(certificate.der);
  const Names names(GENERAL_NAMES_new());
  GENERAL_NAME* const name = GENERAL_NAME_new();
  GENERAL_NAME_set0_value(name, GEN_DIRNAME, X509_NAME_dup(X509_get_issuer_name(x509.get())));
  if (sk_GENERAL_NAME_push(names.get(), name) == 0) throw std::runtime_error("no name");
  const std::string content = der_of(names.get(), i2d_GENERAL_NAMES) +
                              der_of(X509_get0_serialNumber(x509.get()), i2d_ASN1_INTEGER);
  const auto length = static_cast<int>(content.size());
  std::string header(
      static_cast<std::size_t>(ASN1_object_size(1, length, V_ASN1_SEQUENCE)) - content.size(), ' ');
  auto* cursor = reinterpret_cast<unsigned char*>(header.data());
  ASN1_put_object(&cursor, 1, length, V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL);
  return header + content;
}

/// The elements that 1.3.2 brought in the place of those of the same name.
std::string with_second_elements(const std::string& text, const std::string& issuer_serial) {
  std::string other = text;
  for (const char* name : {"SigningCertificate", "SignatureProductionPlace", "SignerRole"}) {
    other = everywhere(other, fill("<xad:{1}>", {name}), fill("<xad:{1}V2>", {name}));
    other = everywhere(other, fill("</xad:{1}>", {name}), fill("</xad:{1}V2>", {name}));
  }
  return replaced(other, between(other, "<xad:IssuerSerial>", "</xad:IssuerSerial>"),
                  issuer_serial);
}

std::string second_serial(const std::string& der) {
  return "<xad:IssuerSerialV2>" + base64(as_bytes(der)) + "</xad:IssuerSerialV2>";
}

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("properties are read in the three versions of XAdES") {
  const std::string text = signed_flow();

  const VerifyReport oldest = verified(with_properties_signed_again(
      in_version(text, "http://uri.etsi.org/01903/v1.1.1#",
                 "http://uri.etsi.org/01903/v1.1.1#SignedProperties")));
  const VerifyReport newest = verified(with_properties_signed_again(in_1_3_2(text)));

  CHECK(oldest.valid);
  CHECK(oldest.signatures.at(0).xades == "1.1.1");
  CHECK(newest.valid);
  CHECK(newest.signatures.at(0).xades == "1.3.2");
  CHECK(newest.signatures.at(0).role == "Ordonnateur");
  CHECK_FALSE(verified(with_properties_signed_again(
                           in_version(text, "http://uri.etsi.org/01903/v1.4.1#",
                                      "http://uri.etsi.org/01903#SignedProperties")))
                  .valid);
}

TEST_CASE("the second elements of XAdES 1.3.2 are read, their issuer and number compared") {
  const std::string text = in_1_3_2(signed_flow());
  const std::string own = issuer_serial_of(test_signer().certificate());
  const std::string other =
      issuer_serial_of(crypto::describe(*make_certificate(shared_key(), {.serial = "12"})));
  const auto judged = [&](const std::string& issuer_serial) {
    return verified(with_properties_signed_again(with_second_elements(text, issuer_serial)));
  };

  const VerifyReport report = judged(second_serial(own));
  CHECK(report.valid);
  CHECK(numbers(report, Check::Result::warning).empty());
  CHECK(report.signatures.at(0).role == "Ordonnateur");
  CHECK(report.signatures.at(0).city == "Sète");
  CHECK(judged("").valid);
  CHECK(numbers(judged(second_serial(other)), Check::Result::failed) == "16 24");
  CHECK(numbers(judged("<xad:IssuerSerialV2>AAAA</xad:IssuerSerialV2>"), Check::Result::failed) ==
        "16 24");
}

TEST_SUITE_END();
