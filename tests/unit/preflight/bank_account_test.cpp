#include "preflight/bank_account.hpp"

#include "preflight/social_security_number.hpp"

#include <doctest/doctest.h>

namespace pes::preflight {

TEST_SUITE("preflight") {
  TEST_CASE("the key of an IBAN is right for the account, and for no neighbour of it") {
    CHECK(has_right_iban_key("FR7630006000011234567890189"));
    CHECK(has_right_iban_key("FR1420041010050500013M02606"));
    CHECK(has_right_iban_key("BE68539007547034"));
    CHECK(has_right_iban_key("FR1420041010050500013m02606"));

    CHECK_FALSE(has_right_iban_key("FR7630006000011234567890188"));
    CHECK_FALSE(has_right_iban_key("FR7630006000011234567809189"));
    CHECK_FALSE(has_right_iban_key("FR76 30006000011234567890189"));
    CHECK_FALSE(has_right_iban_key("FR76"));
    CHECK_FALSE(has_right_iban_key(""));
  }

  TEST_CASE("the key of a RIB counts letters as an old telephone does") {
    CHECK(has_right_rib_key("30006", "00001", "12345678901", "89"));
    CHECK(has_right_rib_key("20041", "01005", "0500013M026", "06"));

    CHECK_FALSE(has_right_rib_key("30006", "00001", "12345678901", "98"));
    CHECK_FALSE(has_right_rib_key("20041", "01005", "0500013N026", "06"));
    CHECK_FALSE(has_right_rib_key("20041", "01005", "0500013-026", "06"));
  }

  TEST_CASE("the key of a NIR, Corsica included") {
    CHECK(has_right_nir_key("255081416802538"));
    CHECK(has_right_nir_key("180042A00100112"));

    CHECK_FALSE(has_right_nir_key("255081416802539"));
    CHECK_FALSE(has_right_nir_key("25508141680253"));
    CHECK_FALSE(has_right_nir_key("25508141680253X"));
  }
}

}  // namespace pes::preflight
