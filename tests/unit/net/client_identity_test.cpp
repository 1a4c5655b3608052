#include "net/client_identity.hpp"

#include "pes/error.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"
#include "support/test_pki.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <string>

using pes::ErrorCode;
using pes::HttpsAccess;
using pes::Secret;
using pes::net::load_client_identity;
using namespace pes::test;

namespace {

struct Keys {
  Scratch scratch;
  TestAuthority authority{scratch.path(), "authority"};
  TestIdentity client = authority.issue_client("agent");
};

/// A password and how often it was asked for.
struct AskedPassword {
  std::string password;
  int times = 0;
  std::function<Secret()> source() {
    return [this] {
      ++times;
      return Secret(password);
    };
  }
};

ErrorCode failure(const HttpsAccess& access) {
  try {
    static_cast<void>(load_client_identity(access, "tdt"));
  } catch (const pes::Error& error) {
    return error.code();
  }
  FAIL("the identity was loaded");
  return ErrorCode::internal;
}

}  // namespace

TEST_SUITE("net") {
  TEST_CASE("without a certificate there is no identity and no password is asked for") {
    AskedPassword asked;

    CHECK_FALSE(load_client_identity({.key_password = asked.source()}, "tdt"));

    CHECK(asked.times == 0);
  }

  TEST_CASE("an identity is read from PEM files, one PEM file or a PKCS#12") {
    const Keys keys;
    AskedPassword asked{"mot de passe"};
    HttpsAccess access{.key_password = asked.source()};
    int expected_times = 0;

    SUBCASE("certificate and key in two files") {
      access.certificate = keys.client.certificate;
      access.key = keys.client.key;
    }
    SUBCASE("certificate and key in one file") { access.certificate = as_one_file(keys.client); }
    SUBCASE("encrypted key") {
      const TestIdentity encrypted = with_encrypted_key(keys.client, "mot de passe");
      access.certificate = encrypted.certificate;
      access.key = encrypted.key;
      expected_times = 1;
    }
    SUBCASE("PKCS#12") {
      access.certificate = as_pkcs12(keys.client, "mot de passe");
      expected_times = 1;
    }
    const auto identity = load_client_identity(access, "tdt");

    REQUIRE(identity);
    CHECK(identity->certificate.subject_cn == "agent");
    CHECK(identity->chain.starts_with("-----BEGIN CERTIFICATE-----\n"));
    CHECK(identity->key.reveal().starts_with("-----BEGIN PRIVATE KEY-----\n"));
    CHECK(asked.times == expected_times);
  }

  TEST_CASE("an identity that cannot be used is refused with its reason") {
    const Keys keys;
    AskedPassword wrong{"autre"};
    HttpsAccess access{.certificate = keys.client.certificate, .key = keys.client.key};

    SUBCASE("no such file") {
      access.certificate = keys.scratch.path() / "absent.pem";
      CHECK(failure(access) == ErrorCode::key_missing);
    }
    SUBCASE("no key in the file") {
      access.key.clear();
      CHECK(failure(access) == ErrorCode::key_missing);
    }
    SUBCASE("the key of somebody else") {
      access.key = keys.authority.issue_client("another").key;
      CHECK(failure(access) == ErrorCode::key_mismatch);
    }
    SUBCASE("an encrypted key and nobody to ask") {
      access.key = with_encrypted_key(keys.client, "mot de passe").key;
      CHECK(failure(access) == ErrorCode::key_missing);
    }
    SUBCASE("a wrong password of a PEM key") {
      access.key = with_encrypted_key(keys.client, "mot de passe").key;
      access.key_password = wrong.source();
      CHECK(failure(access) == ErrorCode::pin_wrong);
    }
    SUBCASE("a wrong password, whose hint names the setting") {
      access.key = with_encrypted_key(keys.client, "mot de passe").key;
      access.key_password = wrong.source();
      const pes::Error error =
          pes::test::refusal([&] { static_cast<void>(load_client_identity(access, "tdt")); });
      CHECK(error.hint().find("tdt.key_password") != std::string::npos);
    }
    SUBCASE("a wrong password of a PKCS#12") {
      access.certificate = as_pkcs12(keys.client, "mot de passe");
      access.key_password = wrong.source();
      CHECK(failure(access) == ErrorCode::pin_wrong);
    }
    SUBCASE("neither PEM nor PKCS#12") {
      access.certificate = keys.scratch.path() / "text";
      std::ofstream(access.certificate) << "no certificate";
      CHECK(failure(access) == ErrorCode::key_unsupported);
    }
  }
}
