#include "net/service_address.hpp"

#include "pes/error.hpp"

#include <doctest/doctest.h>

#include <string>

using pes::net::ServiceAddress;

TEST_SUITE("net") {
  TEST_CASE("the final slashes of an address are dropped, since paths are appended to it") {
    CHECK(ServiceAddress("https://tdt.example.org//", "tdt.url").url() ==
          "https://tdt.example.org");
    CHECK(ServiceAddress("https://sae.example.org:8443/restservices/", "sae.url").url() ==
          "https://sae.example.org:8443/restservices");
  }

  TEST_CASE("what is no https address is refused, naming the setting and not the address") {
    for (const char* url :
         {"", "tdt.example.org", "http://tdt.example.org", "https://", "ftp://tdt.example.org",
          "https://agent:secret@tdt.example.org", "https://agent@tdt.example.org",
          "https://tdt.example.org/?a=1", "https://tdt.example.org/#top"}) {
      CAPTURE(url);
      try {
        const ServiceAddress address(url, "tdt.url");
        FAIL("accepted");
      } catch (const pes::Error& error) {
        CHECK(error.code() == pes::ErrorCode::config_invalid);
        CHECK(error.message().find("tdt.url") != std::string::npos);
        CHECK((error.message() + error.hint() + error.cause()).find("secret") == std::string::npos);
      }
    }
  }

  TEST_CASE("addresses of this machine are recognised") {
    for (const char* url :
         {"https://127.0.0.1:8443", "https://localhost/a", "https://[::1]:8443"}) {
      CAPTURE(url);
      CHECK(ServiceAddress(url, "tdt.url").is_loopback());
    }
    CHECK_FALSE(ServiceAddress("https://tdt.example.org", "tdt.url").is_loopback());
  }
}
