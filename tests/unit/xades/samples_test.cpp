#include "pes/time.hpp"
#include "support/encoding.hpp"
#include "support/shared.hpp"
#include "unit/xades/bench.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace pes;
using namespace pes::test;

namespace {

VerifyReport sample(const std::string& name) {
  return verify_pes_aller(shared() / "samples/signed" / name, {ReadLimits{}, signing_instant});
}

std::string message_of(const VerifyReport& report, int number) {
  for (const Check& check : report.signatures.at(0).checks) {
    if (check.number == number) return check.message;
  }
  return "";
}

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("a flow signed by Libersign is valid at its signing time") {
  if (!has_shared()) return;
  std::string name;
  SUBCASE("in 2018") { name = "bordereau/pastell-fichier_signe.xml"; }
  SUBCASE("with another content around the Bordereau") {
    name = "bordereau/pastell-fichier_signe-older.xml";
  }

  const VerifyReport report = sample(name);

  CHECK(report.valid);
  REQUIRE(report.signatures.size() == 1);
  const SignatureReport& one = report.signatures.front();
  CHECK(one.signed_id == "BORD822933");
  CHECK(one.mode == SignatureMode::bordereau);
  CHECK(one.xades == "1.2.2");
  CHECK(one.policy == "1.2.250.1.131.1.5.18.21.1.7");
  CHECK(one.signing_time == "2018-07-05T15:45:17Z");
  CHECK(one.role == "Ordonnateur");
  CHECK(one.city == "Bourg-en-Bresse");
  REQUIRE(one.signer.has_value());
  CHECK(one.signer->subject_cn == "DEMONSTRATION_SUPER");
  // No key usage in the certificate, and InfoDematerialisee is 0.
  CHECK(numbers(report, Check::Result::warning) == "22 25");
}

TEST_CASE("the reference sample of the SHA-256 form is valid") {
  if (!has_shared()) return;

  const VerifyReport report = sample("bordereau/pastell-SHA256_bordereau.xml");

  CHECK(report.valid);
  CHECK(numbers(report, Check::Result::failed).empty());
}

TEST_CASE("a signature in SHA-1 of 2017 is valid, with a remark, trailing blanks included") {
  if (!has_shared()) return;

  const VerifyReport report = sample("bordereau/pastell-PESALR2_171227_2045.xml");

  CHECK(report.valid);
  CHECK(numbers(report, Check::Result::warning) == "7 9 22 25");
  CHECK(report.signatures.at(0).postal_code == "34070               ");
  CHECK(report.signatures.at(0).xades == "1.1.1");
}

TEST_CASE("a flow signed by the DGFiP's tool is valid, its key usage being a remark") {
  if (!has_shared()) return;

  const VerifyReport report = sample("bordereau/stela-PESALR2_190328_001.xml");

  CHECK(report.valid);
  CHECK(report.signatures.at(0).signed_id == "N10025");
  CHECK(report.signatures.at(0).role == "Maire");
  CHECK(iso8601(report.signatures.at(0).signed_at.value()) == "2019-03-28T09:09:14Z");
  CHECK(contains(report, Check::Result::warning, 22));
  CHECK(message_of(report, 22).find("digitalSignature") != std::string::npos);
}

TEST_CASE("a certificate that had expired when it signed is refused for its dates alone") {
  if (!has_shared()) return;

  const VerifyReport report = sample("bordereau/stela-test-perime-04-04-2016.xml");

  CHECK_FALSE(report.valid);
  CHECK(numbers(report, Check::Result::failed) == "21 24");
  CHECK(message_of(report, 21).find(local_date_time(*report.signatures.at(0).signed_at)) !=
        std::string::npos);
  // The digest of the older policy under the newer name.
  CHECK(contains(report, Check::Result::warning, 18));
}

TEST_CASE("a root signed by S2LOW itself is valid, with the remarks that it deserves") {
  if (!has_shared()) return;

  const VerifyReport report = sample("root/s2low-HELIOS_SIMU_ALR2_1445334258_694103934.xml");

  CHECK(report.valid);
  REQUIRE(report.signatures.size() == 1);
  CHECK(report.signatures.front().mode == SignatureMode::root);
  CHECK(report.signatures.front().signed_id == "ID1005242182");
  CHECK(report.signatures.front().role == "Rôle invalide à configurer");
  CHECK(numbers(report, Check::Result::warning) == "7 9 22 25");
}

TEST_CASE("the same edited after signing is refused by the digest of its content") {
  if (!has_shared()) return;

  const VerifyReport report = sample("root/s2low-HELIOS_SIMU_ALR2_bad_signature.xml");

  CHECK_FALSE(report.valid);
  CHECK(numbers(report, Check::Result::failed) == "13 24");
  CHECK(message_of(report, 13).find("modified after it was signed") != std::string::npos);
}

TEST_CASE("what Libersign returned is valid once inserted into the flow it was made for") {
  if (!has_shared()) return;
  const auto folder = shared() / "samples/signed/libersign-injection";
  const std::string text = read_bytes(folder / "HELIOS_SIMU_ALR2_1529593767_1834011863.xml");
  const Bytes decoded = from_base64(read_bytes(folder / "Signature.xml")).value();
  const std::string signature =
      between(std::string(as_text(decoded)), "<ds:Signature ", "</ds:Signature>");

  CHECK(verified(replaced(text, "</Bordereau>", signature + "</Bordereau>")).valid);
  CHECK_FALSE(verified(replaced(text, "</Bordereau>", signature + "\n</Bordereau>")).valid);
}

TEST_CASE("each sample has its documented verdict at its signing time, with its authorities") {
  if (!has_shared()) return;
  // Real authorities, and the signatories' own certificates, which must count for nothing.
  const TrustStore store({.authorities = {shared() / "samples/signed/certs"}});
  VerifyOptions options = usual_rules();
  options.trust = &store;
  const auto verdict = [&](const std::string& name) {
    return verify_pes_aller(shared() / "samples/signed" / name, options).verdict;
  };
  const Verdict passed;
  const Verdict unknown_issuer(SubIndication::no_certificate_chain_found);

  CHECK(verdict("bordereau/pastell-fichier_signe.xml") == passed);
  CHECK(verdict("bordereau/pastell-fichier_signe-older.xml") == passed);
  CHECK(verdict("bordereau/pastell-SHA256_bordereau.xml") == passed);
  CHECK(verdict("bordereau/pastell-PESALR2_171227_2045.xml") == passed);
  CHECK(verdict("bordereau/stela-PESALR2_190328_001.xml") == unknown_issuer);
  CHECK(verdict("bordereau/stela-test-perime-04-04-2016.xml") == Verdict(SubIndication::expired));
  CHECK(verdict("root/s2low-HELIOS_SIMU_ALR2_1445334258_694103934.xml") == unknown_issuer);
  CHECK(verdict("root/s2low-HELIOS_SIMU_ALR2_bad_signature.xml") ==
        Verdict(SubIndication::hash_failure));
}

TEST_CASE("the certificate that had ended is good at a time when it had not") {
  if (!has_shared()) return;
  const TrustStore store({.authorities = {shared() / "samples/signed/certs"}});
  VerifyOptions options = usual_rules();
  options.trust = &store;
  options.at = {JudgingTime::Source::instant,
                std::chrono::sys_days(std::chrono::year(2015) / std::chrono::June / 1)};

  const VerifyReport report = verify_pes_aller(
      shared() / "samples/signed/bordereau/stela-test-perime-04-04-2016.xml", options);

  CHECK(check_of(report, 20).result == Check::Result::passed);
  CHECK(check_of(report, 21).result == Check::Result::passed);
  // What it claims is still after its end.
  CHECK(check_of(report, 17).result == Check::Result::failed);
}

TEST_CASE("every sample has ended by now, as ETSI judges") {
  if (!has_shared()) return;
  const TrustStore store({.authorities = {shared() / "samples/signed/certs"}});
  VerifyOptions options = usual_rules();
  options.trust = &store;
  options.profile = Profile::etsi;
  options.at.source = JudgingTime::Source::now;

  const VerifyReport report =
      verify_pes_aller(shared() / "samples/signed/bordereau/pastell-fichier_signe.xml", options);

  CHECK(report.verdict.indication() == Indication::indeterminate);
  CHECK(check_of(report, 21).reason == SubIndication::out_of_bounds_no_poe);
}

TEST_SUITE_END();
