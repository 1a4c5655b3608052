#include "net/form_url.hpp"

#include <doctest/doctest.h>

TEST_SUITE("net") {
  TEST_CASE("a value is encoded as a form does it") {
    CHECK(pes::net::form_url_encoded("FRAD000_ab-c.1") == "FRAD000_ab-c.1");
    CHECK(pes::net::form_url_encoded("Service d'archives/1:2&3+4%") ==
          "Service+d%27archives%2F1%3A2%263%2B4%25");
    CHECK(pes::net::form_url_encoded("é\n") == "%C3%A9%0A");
  }
}
