#include "support/encoding.hpp"

#include <doctest/doctest.h>

TEST_SUITE("support") {
  TEST_CASE("base64 follows the vectors of RFC 4648") {
    CHECK(pes::base64(pes::as_bytes("")) == "");
    CHECK(pes::base64(pes::as_bytes("f")) == "Zg==");
    CHECK(pes::base64(pes::as_bytes("fo")) == "Zm8=");
    CHECK(pes::base64(pes::as_bytes("foobar")) == "Zm9vYmFy");
    CHECK(pes::base64(pes::as_bytes("foobar"), 4) == "Zm9v\nYmFy");
  }

  TEST_CASE("base64 is read with blanks and without padding, and nothing else") {
    const auto bytes = pes::from_base64("Zm9v\r\n YmE");

    REQUIRE(bytes.has_value());
    CHECK(pes::as_text(*bytes) == "fooba");
    CHECK_FALSE(pes::from_base64("Zm9v!").has_value());
    CHECK_FALSE(pes::from_base64("Zg==Zg==").has_value());
    CHECK_FALSE(pes::from_base64("Z").has_value());
  }

  TEST_CASE("hexadecimal is in lower case") {
    CHECK(pes::hex(pes::as_bytes("\x01\xAF")) == "01af");
  }
}
