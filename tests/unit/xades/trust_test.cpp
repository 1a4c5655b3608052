#include "pes/trust.hpp"

#include "unit/trust/pki.hpp"
#include "unit/xades/bench.hpp"

#include <doctest/doctest.h>

using namespace pes;
using namespace pes::test;

namespace {

/// A flow signed by somebody whom an authority knows.
struct Scene {
  explicit Scene(const CertificateWish& leaf_wish = {}, const CertificateWish& root_wish = {})
      : root("AC racine", root_wish),
        leaf(root.issue(shared_key(), leaf_wish)),
        signer(signer_of(*leaf, shared_key())),
        text(signed_flow({}, *signer)) {}

  [[nodiscard]] TrustStore trusting(const std::string& pem, const std::string& crl = {}) const {
    write_file(scratch.path() / "ac.pem", pem);
    TrustSources sources;
    sources.authorities = {scratch.path() / "ac.pem"};
    if (!crl.empty()) {
      write_file(scratch.path() / "ac.crl", crl);
      sources.crls = {scratch.path() / "ac.crl"};
    }
    return TrustStore(sources);
  }
  [[nodiscard]] VerifyReport judged(const TrustStore& store, bool strict = false) const {
    VerifyOptions options = usual_rules();
    options.trust = &store;
    options.strict = strict;
    return verified(text, options);
  }

  Authority root;
  crypto::X509Certificate leaf;
  std::unique_ptr<port::Signer> signer;
  std::string text;
  Scratch scratch;
};

const Instant month = day(2026, 1, 1);
const Instant next_month = day(2026, 2, 1);

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("a signature whose issuer is trusted is TOTAL-PASSED") {
  const Scene scene;

  const VerifyReport report = scene.judged(scene.trusting(scene.root.pem_text()));

  CHECK(report.verdict == Verdict{});
  CHECK(report.valid);
  REQUIRE(report.signatures.at(0).authorities.size() == 1);
  CHECK(report.signatures.at(0).authorities.front().subject_cn == "AC racine");
  CHECK(numbers(report, Check::Result::warning) == "23");
}

TEST_CASE("an empty store, or one of strangers, cannot conclude") {
  const Scene scene;
  const Authority stranger("AC inconnue");
  const std::filesystem::path named = scene.scratch.path() / "inconnue.pem";
  write_file(named, stranger.pem_text());

  const Scratch empty;

  for (const std::filesystem::path& authorities : {empty.path(), named}) {
    const VerifyReport report = scene.judged(TrustStore({.authorities = {authorities}}));

    CHECK(report.verdict == Verdict(SubIndication::no_certificate_chain_found));
    CHECK(check_of(report, 20).result == Check::Result::indeterminate);
    CHECK_FALSE(report.valid);
    CHECK(numbers(report, Check::Result::failed).empty());
  }
}

TEST_CASE("a path that somebody forged is refused") {
  const Scene scene;
  const Authority usurper("AC racine");

  const VerifyReport report = scene.judged(scene.trusting(usurper.pem_text()));

  CHECK(report.signatures.at(0).verdict ==
        Verdict(SubIndication::certificate_chain_general_failure));
  CHECK(numbers(report, Check::Result::failed) == "20 24");
}

TEST_CASE("dates of the authorities are judged as the signatory's") {
  const Scene scene({}, {.not_after = day(2025, 6, 1)});

  const VerifyReport report = scene.judged(scene.trusting(scene.root.pem_text()));

  CHECK(report.verdict == Verdict(SubIndication::expired));
  CHECK(numbers(report, Check::Result::failed) == "21 24");
  CHECK(check_of(report, 21).message.find("AC racine") != std::string::npos);
}

TEST_CASE("a certificate revoked before it signed is refused") {
  const Scene scene;
  const auto with_revocation = [&](Instant since) {
    return scene.judged(scene.trusting(
        scene.root.pem_text(),
        scene.root.crl({{scene.leaf.get(), since}}, day(2026, 7, 1), day(2026, 8, 1))));
  };

  const VerifyReport before = with_revocation(day(2025, 12, 1));
  CHECK(before.verdict == Verdict(SubIndication::revoked));
  CHECK(numbers(before, Check::Result::failed) == "23 24");
  const VerifyReport after = with_revocation(day(2026, 6, 1));
  CHECK(after.valid);
  CHECK(numbers(after, Check::Result::warning) == "23");
}

TEST_CASE("a list of revoked certificates that has nothing to say says nothing") {
  const Scene scene;

  const VerifyReport report = scene.judged(
      scene.trusting(scene.root.pem_text(), scene.root.crl({}, month, next_month)), true);

  CHECK(report.verdict == Verdict{});
  CHECK(numbers(report, Check::Result::warning).empty());
}

TEST_CASE("strict mode wants to know about revocation") {
  const Scene scene;

  const VerifyReport report = scene.judged(scene.trusting(scene.root.pem_text()), true);

  CHECK(report.verdict == Verdict(SubIndication::try_later));
  CHECK_FALSE(report.valid);
}

TEST_CASE("a certificate made for something else is a remark, and refused in strict mode") {
  const Scene scene({.key_usage = "critical,digitalSignature,keyEncipherment"});
  const TrustStore store =
      scene.trusting(scene.root.pem_text(), scene.root.crl({}, month, next_month));

  CHECK(scene.judged(store).verdict == Verdict{});
  CHECK(scene.judged(store, true).signatures.at(0).verdict ==
        Verdict(SubIndication::chain_constraints_failure));
}

TEST_SUITE_END();
