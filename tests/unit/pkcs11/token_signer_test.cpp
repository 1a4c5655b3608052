// SoftHSM holds the keys; what it never does, such as blocking, a module in front of it does.

#include "crypto/certificate.hpp"
#include "crypto/digest.hpp"
#include "pes/token.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"
#include "token/soft_token.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace pes;
using namespace pes::test;

namespace {

const Instant now = std::chrono::sys_days(std::chrono::year(2026) / 1 / 5);
const Bytes digest = crypto::digest(port::DigestAlgorithm::sha256, "PES");

/// Tokens for one test, and what was asked and announced about them.
class Desk {
 public:
  Desk() : tokens_(scratch_.path()) {}

  [[nodiscard]] const SoftTokens& tokens() const { return tokens_; }
  void make_token(const StoredKeyWish& wish = {}) const {
    tokens_.make("mairie");
    tokens_.put("mairie", shared_key(), wish);
  }

  /// The token misbehaves from now on.
  void spoil(const char* fault) {
    module_ = FAULTY_TOKEN;
    // NOLINTBEGIN(concurrency-mt-unsafe): no other thread runs in these tests.
    ::setenv("PES_TEST_MODULE", soft_module().c_str(), 1);
    ::setenv("PES_TEST_TOKEN", fault, 1);
    ::setenv("PES_TEST_TRIES", (scratch_.path() / "tries").c_str(), 1);
    // NOLINTEND(concurrency-mt-unsafe)
  }

  [[nodiscard]] std::size_t tries() const { return content(scratch_.path() / "tries").size() / 4; }

  std::unique_ptr<port::Signer> open(const std::string& uri = "pkcs11:token=mairie",
                                     const std::filesystem::path& certificate = {}) {
    return open_token_signer(
        {uri, module_, certificate}, now,
        {.ask =
             [this](const PinQuestion& question) {
               asked.push_back(question);
               return Secret(pin);
             },
         .announce = [this](const PinQuestion& question) { announced.push_back(question); }});
  }

  std::string pin = token_pin;
  std::vector<PinQuestion> asked, announced;

 private:
  Scratch scratch_;
  SoftTokens tokens_;
  std::filesystem::path module_ = soft_module();
};

bool is_signed_by(port::Signer& signer) {
  return crypto::verifies(signer.certificate(), port::DigestAlgorithm::sha256, digest,
                          signer.sign(port::DigestAlgorithm::sha256, digest));
}

}  // namespace

TEST_SUITE_BEGIN("pkcs11");

TEST_CASE("a key on a token signs, its PIN asked once for all signatures") {
  if (soft_module().empty()) return;
  Desk desk;
  desk.make_token();
  const auto signer = desk.open();
  CHECK(desk.asked.empty());
  signer->expect(2);

  CHECK(is_signed_by(*signer));
  CHECK(is_signed_by(*signer));

  REQUIRE(desk.asked.size() == 1);
  CHECK(desk.asked.front().token == "mairie");
  CHECK(desk.asked.front().holder == "Amélie MARTIN");
  CHECK(desk.asked.front().rank == 0);
}

TEST_CASE("RSA keys of 3072 and 4096 bits sign as well, with every digest") {
  if (soft_module().empty()) return;
  for (const unsigned bits : {3072U, 4096U}) {
    Desk desk;
    const crypto::Pkey key = make_rsa_key(bits);
    desk.tokens().make("mairie");
    desk.tokens().put("mairie", *key);
    const auto signer = desk.open();
    CHECK(signer->certificate().key_bits == static_cast<int>(bits));
    for (const auto algorithm : {port::DigestAlgorithm::sha1, port::DigestAlgorithm::sha256,
                                 port::DigestAlgorithm::sha384, port::DigestAlgorithm::sha512}) {
      const Bytes value = crypto::digest(algorithm, "PES");
      CHECK(crypto::verifies(signer->certificate(), algorithm, value,
                             signer->sign(algorithm, value)));
    }
  }
}

TEST_CASE("a key that wants its PIN for each signature asks again, and says which one it is") {
  if (soft_module().empty()) return;
  Desk desk;
  desk.make_token({.always_authenticate = true});
  const auto signer = desk.open();
  signer->expect(3);

  for (int i = 0; i < 3; ++i) CHECK(is_signed_by(*signer));

  REQUIRE(desk.asked.size() == 3);
  CHECK(desk.asked[0].rank == 0);
  CHECK(desk.asked[1].rank == 2);
  CHECK(desk.asked[2].rank == 3);
  CHECK(desk.asked[2].total == 3);
}

TEST_CASE("a wrong PIN is tried once, and its signer never speaks to the token again") {
  if (soft_module().empty()) return;
  Desk desk;
  desk.make_token();
  desk.spoil("");
  desk.pin = "0000";
  const auto signer = desk.open();

  const Error first = refusal([&] { (void)is_signed_by(*signer); });
  desk.pin = token_pin;
  const Error second = refusal([&] { (void)is_signed_by(*signer); });

  CHECK(first.code() == ErrorCode::pin_wrong);
  CHECK(second.code() == ErrorCode::pin_wrong);
  CHECK(desk.asked.size() == 1);
  CHECK(desk.tries() == 1);
}

TEST_CASE("what the token tells of the tries that are left is said") {
  if (soft_module().empty()) return;
  Desk desk;
  desk.make_token();
  desk.pin = "0000";

  SUBCASE("few") {
    desk.spoil("few");
    const Error error = refusal([&] { (void)is_signed_by(*desk.open()); });
    CHECK(error.code() == ErrorCode::pin_wrong);
    CHECK(error.hint().find("few tries") != std::string::npos);
  }
  SUBCASE("one") {
    desk.spoil("last");
    const Error error = refusal([&] { (void)is_signed_by(*desk.open()); });
    CHECK(error.code() == ErrorCode::pin_wrong);
    CHECK(error.hint().find("one try is left") != std::string::npos);
  }
  SUBCASE("none any more") {
    desk.spoil("blocking");
    CHECK(refusal([&] { (void)is_signed_by(*desk.open()); }).code() == ErrorCode::pin_blocked);
  }
  SUBCASE("none from the start: the PIN is not even asked") {
    desk.spoil("blocked");
    CHECK(refusal([&] { (void)is_signed_by(*desk.open()); }).code() == ErrorCode::pin_blocked);
    CHECK(desk.asked.empty());
    CHECK(desk.tries() == 0);
  }
}

TEST_CASE("a reader with a keypad is announced, and no PIN passes here") {
  if (soft_module().empty()) return;
  Desk desk;
  desk.make_token();
  desk.spoil("keypad");

  CHECK(is_signed_by(*desk.open()));

  CHECK(desk.asked.empty());
  CHECK(desk.announced.size() == 1);
}

TEST_CASE("a token that is pulled out is said to be no longer there") {
  if (soft_module().empty()) return;
  Desk desk;
  desk.make_token();
  desk.spoil("removed-at:2");
  const auto signer = desk.open();
  CHECK(is_signed_by(*signer));

  const Error error = refusal([&] { (void)is_signed_by(*signer); });

  CHECK(error.code() == ErrorCode::key_missing);
  CHECK(error.message().find("mairie") != std::string::npos);
}

TEST_CASE("what is on a token is listed without PIN, with a URI that names it alone") {
  if (soft_module().empty()) return;
  Desk desk;
  desk.make_token({.label = "auth", .certificate = {.key_usage = "critical,digitalSignature"}});
  desk.tokens().put("mairie", shared_key(), {.label = "sign", .id = "\x02"});
  desk.tokens().put("mairie", shared_key(),
                    {.label = "AC", .id = "\x03", .certificate = {.is_authority = true}});

  const std::vector<TokenKey> keys = find_token_keys({"pkcs11:", soft_module(), {}});

  REQUIRE(keys.size() == 2);
  for (const TokenKey& key : keys) {
    const std::vector<TokenKey> again = find_token_keys({key.uri, {}, {}});
    REQUIRE(again.size() == 1);
    CHECK(again.front().uri == key.uri);
  }
}

TEST_CASE("a private key that is not that of the certificate is refused before it signs") {
  if (soft_module().empty()) return;
  Desk desk;
  const crypto::Pkey other = make_rsa_key();
  desk.make_token({.certified = other.get()});

  CHECK(refusal([&] { (void)is_signed_by(*desk.open()); }).code() == ErrorCode::key_mismatch);
}

TEST_CASE("a certificate in a file finds its key on the token") {
  if (soft_module().empty()) return;
  const Scratch scratch;
  const auto file = scratch.path() / "certificat.pem";
  write_file(file, pem(*make_certificate(shared_key())));
  Desk desk;
  desk.make_token({.with_certificate = false});

  CHECK(is_signed_by(*desk.open("pkcs11:token=mairie", file)));
}

TEST_CASE("a module that cannot be loaded is named") {
  const Error error = refusal([] { (void)find_token_keys({"pkcs11:", "/nowhere/carte.so", {}}); });

  CHECK(error.code() == ErrorCode::key_missing);
  CHECK(error.message().find("/nowhere/carte.so") != std::string::npos);
}

TEST_SUITE_END();
