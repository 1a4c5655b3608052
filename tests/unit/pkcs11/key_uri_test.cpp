#include "pkcs11/key_uri.hpp"

#include "pes/token.hpp"
#include "support/refusal.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>

using namespace pes;
using namespace pes::test;

TEST_SUITE_BEGIN("pkcs11");

TEST_CASE("a URI with a PIN in it is refused, and not repeated") {
  for (const char* uri :
       {"pkcs11:token=mairie?pin-value=4826", "pkcs11:?pin-source=file:/tmp/pin"}) {
    const Error error = refusal([&] { require_token_uri(uri); });
    CHECK(error.code() == ErrorCode::config_invalid);
    CHECK(error.message().find("4826") == std::string::npos);
    CHECK(error.hint().find("--pin-from") != std::string::npos);
  }
}

TEST_CASE("what is no URI of RFC 7512, or has unknown attributes, is refused") {
  for (const char* uri : {"pkcs11:token", "pkcs11:id=%zz", "pkcs12:token=mairie"}) {
    CAPTURE(uri);
    CHECK(refusal([&] { require_token_uri(uri); }).code() == ErrorCode::config_invalid);
  }
  CHECK(refusal([] { require_token_uri("pkcs11:jeton=mairie"); }).code() ==
        ErrorCode::config_invalid);
}

TEST_CASE("a URI that was written names its token, object and module") {
  CK_TOKEN_INFO info{};
  std::fill(std::begin(info.label), std::end(info.label), ' ');
  std::memcpy(info.label, "mairie", 6);
  std::fill(std::begin(info.serialNumber), std::end(info.serialNumber), ' ');
  std::fill(std::begin(info.manufacturerID), std::end(info.manufacturerID), ' ');
  std::fill(std::begin(info.model), std::end(info.model), ' ');

  const std::string uri = pkcs11::format_uri(info, "\x01\xAB", "clé 1", "/usr/lib/carte.so");

  CHECK(uri.starts_with("pkcs11:"));
  CHECK(uri.find("token=mairie") != std::string::npos);
  CHECK(uri.find("id=%01%AB") != std::string::npos);
  CHECK(uri.find("object=cl%C3%A9%201") != std::string::npos);
  CHECK(pkcs11::module_path(pkcs11::parse_uri(uri)) == "/usr/lib/carte.so");
}

TEST_SUITE_END();
