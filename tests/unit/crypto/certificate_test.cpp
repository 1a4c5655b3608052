#include "crypto/certificate.hpp"

#include "crypto/digest.hpp"
#include "crypto/distinguished_name.hpp"
#include "crypto/pem_file.hpp"
#include "pes/time.hpp"
#include "support/encoding.hpp"
#include "support/file.hpp"
#include "support/shared.hpp"
#include "unit/crypto/test_keys.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace pes;
using namespace pes::test;

namespace {

Certificate certificate_with(const CertificateWish& wish) {
  return crypto::describe(*make_certificate(shared_key(), wish));
}

std::string subject_printed(const NameParts& parts) {
  return certificate_with({.subject = parts}).subject;
}

Certificate sample_certificate(const std::string& name) {
  const auto file = shared() / "samples/signed/certs" / name;
  return crypto::certificates_in_pem(Secret(read_file(file, 1U << 20U))).at(0);
}

}  // namespace

TEST_SUITE_BEGIN("crypto");

TEST_CASE("a certificate is described with what the tool needs of it") {
  const Certificate certificate = certificate_with(
      {.key_usage = "critical,digitalSignature,nonRepudiation,keyCertSign", .is_authority = true});

  CHECK(certificate.subject_cn == "Amélie MARTIN");
  CHECK(certificate.issuer_cn == "AC Élus");
  CHECK(certificate.serial == "427259974943974867302612086964623560387531063155");
  CHECK(iso8601(certificate.not_before) == "2024-01-01T00:00:00Z");
  CHECK(iso8601(certificate.not_after) == "2034-01-01T00:00:00Z");
  CHECK(certificate.key_usage ==
        std::vector<std::string>{"digitalSignature", "nonRepudiation", "keyCertSign"});
  CHECK(certificate.key_type == "RSA");
  CHECK(certificate.key_bits == 2048);
  CHECK(certificate.is_authority);
  CHECK(certificate.sha256 == crypto::sha256_hex(as_text(certificate.der)));
}

TEST_CASE("a certificate without keyUsage extension has an empty usage") {
  CHECK(certificate_with({.key_usage = ""}).key_usage.empty());
}

TEST_CASE("a name is printed as Java does in RFC 2253 form") {
  SUBCASE("most specific first, without blank, accents as themselves") {
    CHECK(subject_printed({{"C", "FR"}, {"ST", "Hérault"}, {"L", "Sète"}, {"CN", "Zoé"}}) ==
          "CN=Zoé,L=Sète,ST=Hérault,C=FR");
  }
  SUBCASE("types without a keyword are dotted, with the DER in hexadecimal") {
    CHECK(subject_printed({{"CN", "x"}, {"emailAddress", "a@b.fr"}}) ==
          "1.2.840.113549.1.9.1=#16066140622e6672,CN=x");
    CHECK(subject_printed({{"serialNumber", "12"}, {"CN", "x"}}) == "CN=x,2.5.4.5=#13023132");
  }
  SUBCASE("the keywords of RFC 2253 beyond the usual ones") {
    CHECK(subject_printed({{"DC", "net"}, {"street", "1 rue"}, {"UID", "login"}}) ==
          "UID=login,STREET=1 rue,DC=net");
  }
  SUBCASE("special characters are escaped") {
    CHECK(subject_printed({{"O", R"(a,b+c"d\e<f>g;h=i#j)"}}) ==
          R"(O=a\,b\+c\"d\\e\<f\>g\;h\=i\#j)");
    CHECK(subject_printed({{"O", " a b "}}) == R"(O=\ a b\ )");
  }
}

TEST_CASE("the issuer is printed as the signers of real files wrote it") {
  if (!has_shared()) return;

  CHECK(sample_certificate("leaf-pastell-fichier_signe.pem").issuer ==
        "1.2.840.113549.1.9.1=#161473797374656d65406164756c6c6163742e6f7267,"
        "CN=AC_ADULLACT_Utilisateurs_G3,OU=AC_ADULLACT_Utilisateurs_G3,O=Association ADULLACT,"
        "ST=Herault,C=FR");
  CHECK(sample_certificate("leaf-stela-PESALR2_190328_001.pem").issuer ==
        "CN=berger-levrault-DC1LABL-CA,DC=berger-levrault,DC=net");
  CHECK(sample_certificate("leaf-stela-test-perime-04-04-2016.pem").issuer ==
        "CN=Signature Helios Finances Publiques,OU=0002 13000495500014,"
        "O=DIRECTION GENERALE DES FINANCES PUBLIQUES,C=FR");
  CHECK(sample_certificate("leaf-stela-PESALR2_190328_001.pem").serial ==
        "120612209071880369374275");
}

TEST_CASE("names are the same whatever their order, blanks, case and keywords") {
  const char* const name = "1.2.840.113549.1.9.1=#16066140622e6672,CN=AC  Test,O=A\\, B,C=FR";

  CHECK(crypto::same_distinguished_name(name, name));
  CHECK(crypto::same_distinguished_name(name, "EMAILADDRESS=a@b.fr, CN=ac test, O=\"A, B\", C=FR"));
  CHECK(crypto::same_distinguished_name(name, "C=FR,O=A\\2C B,CN=AC Test,E=a@b.fr"));
  CHECK_FALSE(crypto::same_distinguished_name(name, "E=a@b.fr,CN=AC Test2,O=A\\, B,C=FR"));
  CHECK_FALSE(crypto::same_distinguished_name(name, "CN=AC Test,O=A\\, B,C=FR"));
  CHECK_FALSE(crypto::same_distinguished_name(name, "AC Test"));
  CHECK_FALSE(crypto::same_distinguished_name("CN=#zz", "CN=#zz"));
}

TEST_CASE("bytes that are not exactly one certificate are none") {
  const Certificate certificate = certificate_with({});
  std::vector<std::byte> longer = certificate.der;
  longer.push_back(std::byte{0});
  const std::span<const std::byte> cut = std::span(certificate.der).first(100);

  CHECK(crypto::parse_certificate(certificate.der).has_value());
  CHECK_FALSE(crypto::parse_certificate(longer).has_value());
  CHECK_FALSE(crypto::parse_certificate(cut).has_value());
  CHECK_FALSE(crypto::parse_certificate({}).has_value());
}

TEST_CASE("the RSA public key is read out of a certificate, and nothing out of another kind") {
  const crypto::Pkey other = make_rsa_key();
  const crypto::Pkey elliptic = make_ec_key();
  const auto key = crypto::rsa_public_key(certificate_with({}));

  REQUIRE(key.has_value());
  CHECK(key->modulus.size() == 256);
  CHECK(hex(key->exponent) == "010001");
  CHECK(key != crypto::rsa_public_key(crypto::describe(*make_certificate(*other))));
  CHECK_FALSE(crypto::rsa_public_key(crypto::describe(*make_certificate(*elliptic))).has_value());
}

TEST_CASE("whatever was decoded before, each DER is its own certificate") {
  const Certificate one = certificate_with({.subject = {{"CN", "Une"}}});
  const Certificate other = certificate_with({.subject = {{"CN", "Autre"}}});
  const Bytes cut(one.der.begin(), one.der.end() - 1);

  for (int turn = 0; turn < 2; ++turn) {
    CHECK(crypto::parse_certificate(one.der)->subject_cn == "Une");
    CHECK(crypto::parse_certificate(one.der)->subject_cn == "Une");
    CHECK_FALSE(crypto::parse_certificate(cut).has_value());
    CHECK_FALSE(crypto::parse_certificate(cut).has_value());
    CHECK_FALSE(crypto::parse_certificate({}).has_value());
    CHECK(crypto::parse_certificate(other.der)->subject_cn == "Autre");
  }
}

TEST_SUITE_END();
