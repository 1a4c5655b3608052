#include "pes/sandbox.hpp"
#include "support/owned.hpp"
#include "support/scratch.hpp"
#include "unit/sandbox/client.hpp"

#include <doctest/doctest.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstdio>
#include <thread>
#include <vector>

namespace pes::test {
namespace {

using Bio = Owned<BIO, BIO_free_all>;
using Certificate = Owned<X509, X509_free>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using Container = Owned<PKCS12, PKCS12_free>;
using Time = Owned<ASN1_TIME, ASN1_TIME_free>;

Certificate certificate_in(const std::filesystem::path& file) {
  const std::string pem = content_of(file);
  const Bio memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return Certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
}

/// Rewrites a certificate as one that ended yesterday.
void expire(const std::filesystem::path& file) {
  constexpr long yesterday = -86400;
  const Certificate certificate = certificate_in(file);
  const Time end(X509_gmtime_adj(nullptr, yesterday));
  REQUIRE(X509_set1_notAfter(certificate.get(), end.get()) == 1);
  // OpenSSL 3.0 would otherwise write the encoding that it has kept.
  REQUIRE(i2d_re_X509_tbs(certificate.get(), nullptr) > 0);
  const Bio memory(BIO_new(BIO_s_mem()));
  REQUIRE(PEM_write_bio_X509(memory.get(), certificate.get()) == 1);
  char* begin = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &begin);
  write(file, std::string(begin, static_cast<std::size_t>(size)));
}

struct Signatory {
  Certificate certificate;
  Key key;
};

Signatory open_signatory(const sandbox::Identities& identities) {
  const std::string bytes = content_of(identities.signing);
  const Bio memory(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  const Container container(d2i_PKCS12_bio(memory.get(), nullptr));
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
  const std::string password = content_of(identities.signing_password);
  REQUIRE(PKCS12_parse(container.get(), password.c_str(), &key, &certificate, nullptr) == 1);
  return {Certificate(certificate), Key(key)};
}

std::string subject_of(const X509& certificate) {
  std::array<char, 512> text{};
  X509_NAME_oneline(X509_get_subject_name(&certificate), text.data(), text.size());
  return text.data();
}

bool is_private(const std::filesystem::path& file) {
  using std::filesystem::perms;
  const perms others = perms::group_all | perms::others_all;
  return (std::filesystem::status(file).permissions() & others) == perms::none;
}

TEST_SUITE("sandbox") {
  TEST_CASE("preparing makes a signatory whose certificate may sign and says that it is a test") {
    const Scratch scratch;

    const Signatory signatory = open_signatory(sandbox::prepare(scratch.path()));

    CHECK(subject_of(*signatory.certificate) ==
          "/C=FR/O=Bac a sable pes (TEST)/CN=Signataire de test");
    CHECK(X509_get_key_usage(signatory.certificate.get()) == KU_NON_REPUDIATION);
    CHECK(EVP_PKEY_get_base_id(signatory.key.get()) == EVP_PKEY_RSA);
    CHECK(EVP_PKEY_get_bits(signatory.key.get()) == 2048);
    CHECK(X509_check_private_key(signatory.certificate.get(), signatory.key.get()) == 1);
  }

  TEST_CASE("the authority signs the client and the signatory") {
    const Scratch scratch;
    const sandbox::Identities identities = sandbox::prepare(scratch.path());

    const Certificate authority = certificate_in(identities.ca);
    const Certificate client = certificate_in(identities.client_certificate);
    const Signatory signatory = open_signatory(identities);

    EVP_PKEY* key = X509_get0_pubkey(authority.get());
    CHECK(X509_verify(client.get(), key) == 1);
    CHECK(X509_verify(signatory.certificate.get(), key) == 1);
    CHECK(subject_of(*authority).find("TEST") != std::string::npos);
    CHECK(subject_of(*client).find("TEST") != std::string::npos);
  }

  TEST_CASE("preparing again changes nothing") {
    const Scratch scratch;
    const sandbox::Identities first = sandbox::prepare(scratch.path());
    const std::string certificate = content_of(first.client_certificate);
    const std::string password = content_of(first.tdt_password_file);

    const sandbox::Identities second = sandbox::prepare(scratch.path());

    CHECK(content_of(second.client_certificate) == certificate);
    CHECK(content_of(second.tdt_password_file) == password);
  }

  TEST_CASE("an incomplete set of identities is made again, whole") {
    const Scratch scratch;
    const sandbox::Identities first = sandbox::prepare(scratch.path());
    const std::string old_authority = content_of(first.ca);
    std::filesystem::remove(first.client_key);

    const sandbox::Identities second = sandbox::prepare(scratch.path());

    CHECK(std::filesystem::exists(second.client_key));
    CHECK(content_of(second.ca) != old_authority);
    CHECK(X509_verify(certificate_in(second.client_certificate).get(),
                      X509_get0_pubkey(certificate_in(second.ca).get())) == 1);
  }

  TEST_CASE("identities that have expired are made again") {
    const Scratch scratch;
    const sandbox::Identities first = sandbox::prepare(scratch.path());
    const std::string old_authority = content_of(first.ca);
    expire(first.client_certificate);
    REQUIRE(X509_cmp_current_time(
                X509_get0_notAfter(certificate_in(first.client_certificate).get())) < 0);

    const sandbox::Identities second = sandbox::prepare(scratch.path());

    const Certificate renewed = certificate_in(second.client_certificate);
    CHECK(content_of(second.ca) != old_authority);
    CHECK(X509_cmp_current_time(X509_get0_notAfter(renewed.get())) > 0);
    CHECK(X509_verify(renewed.get(), X509_get0_pubkey(certificate_in(second.ca).get())) == 1);
    CHECK_FALSE(std::filesystem::exists(scratch.path() / "identities.expired"));
  }

  TEST_CASE("what is secret can be read by its owner alone") {
    const Scratch scratch;

    const sandbox::Identities identities = sandbox::prepare(scratch.path());

    CHECK(is_private(identities.client_key));
    CHECK(is_private(identities.signing));
    CHECK(is_private(identities.signing_password));
    CHECK(is_private(identities.tdt_password_file));
    CHECK(is_private(identities.sae_password_file));
    CHECK(is_private(scratch.path()));
  }

  TEST_CASE("preparing at the same time gives everybody the same identities") {
    const Scratch scratch;
    std::array<std::string, 4> seen;
    std::vector<std::thread> threads;

    for (std::string& authority : seen) {
      threads.emplace_back([&] { authority = content_of(sandbox::prepare(scratch.path()).ca); });
    }
    for (std::thread& thread : threads) thread.join();

    CHECK_FALSE(seen[0].empty());
    for (const std::string& authority : seen) CHECK(authority == seen[0]);
  }

  TEST_CASE("the identifiers of the scenarios are those that a NomFic may bear") {
    std::vector<std::string> ids;
    for (const sandbox::Scenario scenario : sandbox::all_scenarios()) {
      ids.emplace_back(sandbox::id(scenario));
    }

    CHECK(ids == std::vector<std::string>{"accepte", "partiel", "refuse", "technique", "muet",
                                          "illisible", "autre-flux", "deux-acquits", "tardif",
                                          "non-acquit", "sae-refuse", "sae-rejette",
                                          "sae-plus-tard"});
  }
}

}  // namespace
}  // namespace pes::test
