#include "unit/crypto/test_keys.hpp"
#include "unit/xades/bench.hpp"

#include <doctest/doctest.h>

using namespace pes;
using namespace pes::test;

namespace {

VerifyOptions by(Profile profile) {
  VerifyOptions options = usual_rules();
  options.profile = profile;
  return options;
}

VerifyOptions strictly() {
  VerifyOptions options = usual_rules();
  options.strict = true;
  return options;
}

VerifyOptions at(JudgingTime::Source source, Instant instant = {}) {
  VerifyOptions options = usual_rules();
  options.at = {source, instant};
  return options;
}

Instant year(int number) {
  return std::chrono::sys_days(std::chrono::year(number) / std::chrono::January / 1);
}

std::string edited(std::string_view from, std::string_view to) {
  return with_properties_signed_again(replaced(signed_flow(), from, to));
}

const Verdict nobody_trusted(SubIndication::no_certificate_chain_found);

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("without anybody to trust no profile says TOTAL-PASSED") {
  for (const Profile profile : {Profile::helios, Profile::s2low, Profile::etsi}) {
    const VerifyReport report = verified(signed_flow(), by(profile));

    CHECK(report.verdict == nobody_trusted);
    CHECK(check_of(report, 20).result == Check::Result::not_run);
  }
}

TEST_CASE("who signed is only demanded when it was asked, by ETSI or in strict mode") {
  CHECK(verified(signed_flow(), by(Profile::helios)).valid);
  CHECK(verified(signed_flow(), by(Profile::s2low)).valid);
  CHECK_FALSE(verified(signed_flow(), by(Profile::etsi)).valid);
  CHECK_FALSE(verified(signed_flow(), strictly()).valid);
}

TEST_CASE("each failure has its word of ETSI") {
  const std::string text = signed_flow();
  const auto reason = [](const std::string& forged) {
    const VerifyReport report = verified(forged);
    CHECK_FALSE(report.valid);
    return report.signatures.at(0).verdict.reason();
  };

  CHECK(reason(replaced(text, "V='832'", "V='833'")) == SubIndication::hash_failure);
  CHECK(reason(replaced(text, " Id=\"B1_SIG_1\"", "")) == SubIndication::format_failure);
  CHECK(reason(signed_again(replaced(text, "#rsa-sha256", "#hmac-sha256"))) ==
        SubIndication::crypto_constraints_failure);
  CHECK(reason(signed_again(replaced(text, "URI=\"#B1\"", "URI=\"#R1\""))) ==
        SubIndication::signed_data_not_found);
  CHECK(reason(edited("2026-01-05T13:45:00Z", "2023-01-05T13:45:00Z")) ==
        SubIndication::not_yet_valid);
  CHECK(reason(edited("2026-01-05T13:45:00Z", "demain")) == SubIndication::sig_constraints_failure);
}

TEST_CASE("ETSI cannot conclude where it finds no final failure") {
  const std::string text = signed_flow();
  const auto verdict = [](const std::string& forged) {
    return verified(forged, by(Profile::etsi)).signatures.at(0).verdict;
  };

  CHECK(verdict(replaced(text, "V='832'", "V='833'")) == Verdict(SubIndication::hash_failure));
  CHECK(verdict(signed_again(replaced(text, "#rsa-sha256", "#hmac-sha256"))) ==
        Verdict(SubIndication::crypto_constraints_failure));
  CHECK(verdict(edited("18.21.1.7", "18.21.1.8")) ==
        Verdict(SubIndication::signature_policy_not_available));
}

TEST_CASE("a sub-indication stands under its own indication, whatever the profile") {
  const std::string text = signed_flow();
  const auto verdict = [](const std::string& forged, const VerifyOptions& options) {
    const VerifyReport report = verified(forged, options);
    CHECK_FALSE(report.valid);
    return report.signatures.at(0).verdict;
  };
  const std::string other_content = signed_again(replaced(text, "URI=\"#B1\"", "URI=\"#R1\""));
  const std::string hmac = signed_again(replaced(text, "#rsa-sha256", "#hmac-sha256"));

  // The TdT would follow that address; here nothing of it is digested.
  for (const Profile profile : {Profile::helios, Profile::s2low, Profile::etsi}) {
    const Verdict not_found = verdict(other_content, by(profile));
    CHECK(not_found.indication() == Indication::indeterminate);
    CHECK(not_found.reason() == SubIndication::signed_data_not_found);
    const Verdict weak = verdict(hmac, by(profile));
    CHECK(weak.indication() == Indication::indeterminate);
    CHECK(weak.reason() == SubIndication::crypto_constraints_failure);
    const Verdict edited_content = verdict(replaced(text, "V='832'", "V='833'"), by(profile));
    CHECK(edited_content.indication() == Indication::total_failed);
    CHECK(edited_content.reason() == SubIndication::hash_failure);
    const Verdict both = verdict(replaced(hmac, "V='832'", "V='833'"), by(profile));
    CHECK(both.indication() == Indication::total_failed);
    CHECK(both.reason() == SubIndication::hash_failure);
  }
}

TEST_CASE("a flow that a rule of the PES alone refuses has no word of the standard") {
  const VerifyReport report = verified(flow());

  CHECK(report.verdict.indication() == Indication::total_failed);
  CHECK(report.verdict.reason() == SubIndication::none);
}

TEST_CASE("coverage is a rule of Hélios, which the TdT and ETSI do not know") {
  const std::string text =
      replaced(signed_flow(), "  <Bordereau Id=\"B1\">",
               "  <Bordereau Id=\"B9\"><Piece/></Bordereau><Bordereau Id=\"B1\">");

  CHECK(check_of(verified(text), 24).result == Check::Result::failed);
  CHECK(check_of(verified(text, by(Profile::s2low)), 24).result == Check::Result::warning);
  CHECK(check_of(verified(text, by(Profile::etsi)), 24).result == Check::Result::warning);
  const Coverage coverage = verified(text).coverage;
  CHECK_FALSE(coverage.root);
  CHECK(coverage.bordereaux == 2);
  CHECK(coverage.covered == 1);
}

TEST_CASE("the TdT has conditions of form of its own") {
  const std::string text = signed_flow();
  const std::string first = between(text, "<ds:Reference URI", "</ds:Reference>");
  const std::string second = between(text, "<ds:Reference Type", "</ds:Reference>");
  const std::string other_order = signed_again(replaced(text, first + second, second + first));
  const auto result = [](const std::string& flow, int number) {
    return check_of(verified(flow, by(Profile::s2low)), number).result;
  };

  CHECK(verified(text, by(Profile::s2low)).valid);
  CHECK(result(other_order, 8) == Check::Result::failed);
  CHECK(result(replaced(text, "version=\"1.0\" ", "version=\"1.0\"" + std::string(60, ' ')), 1) ==
        Check::Result::failed);
  CHECK(result(replaced(text, " Id=\"B1_SIG_1\"", ""), 5) == Check::Result::failed);
  CHECK(result(replaced(text, "<Enveloppe>", "<Enveloppe id=\"B1\">"), 11) ==
        Check::Result::failed);
}

TEST_CASE("the TdT does not look at what Hélios looks at") {
  const VerifyReport report =
      verified(replaced(signed_flow(), "<Enveloppe>", "<Enveloppe Id=\"x\" xml:id=\"x\">"),
               by(Profile::s2low));

  CHECK(report.valid);
  CHECK(check_of(report, 3).result == Check::Result::warning);
}

TEST_CASE("the TdT judges a certificate now when Target hides the time from it") {
  VerifyOptions late = by(Profile::s2low);
  late.now = year(2040);
  const std::string text = signed_flow();

  const VerifyReport seen = verified(text, late);
  const VerifyReport hidden =
      verified(replaced(text, "Target=\"#B1_SIG_1\"", "Target=\"B1_SIG_1\""), late);

  CHECK(seen.signatures.at(0).judged_by == JudgingTime::Source::signing_time);
  CHECK(seen.valid);
  CHECK(hidden.signatures.at(0).judged_by == JudgingTime::Source::now);
  CHECK(hidden.signatures.at(0).judged_at == late.now);
  CHECK(check_of(hidden, 21).result == Check::Result::failed);
}

TEST_CASE("strict mode raises the warnings that the specification marks") {
  const auto strict_result = [](const std::string& text, int number) {
    return check_of(verified(text, strictly()), number).result;
  };
  EVP_PKEY& key = shared_key();
  const auto authentication = make_certificate(key, {.key_usage = "critical,digitalSignature"});
  const auto silent = make_certificate(key, {.key_usage = ""});

  CHECK(strict_result(edited("18.21.1.7", "18.21.1.8"), 18) == Check::Result::failed);
  CHECK(strict_result(edited("roF9+cfRHNP", "AAA9+cfRHNP"), 18) == Check::Result::warning);
  CHECK(strict_result(signed_flow({}, *signer_of(*authentication, key)), 22) ==
        Check::Result::failed);
  CHECK(strict_result(signed_flow({}, *signer_of(*silent, key)), 22) == Check::Result::warning);
  CHECK(check_of(verified(signed_flow({}, *signer_of(*authentication, key))), 22).result ==
        Check::Result::warning);
}

TEST_CASE("a weak digest is a warning, and a doubt in strict mode once it was out of date") {
  const std::string text = signed_flow();
  const std::string reference = between(text, "<ds:Reference Type", "</ds:Reference>");
  const std::string weak =
      signed_again(replaced(text, reference,
                            replaced(reference, "http://www.w3.org/2001/04/xmlenc#sha256",
                                     "http://www.w3.org/2000/09/xmldsig#sha1")));

  CHECK(check_of(verified(weak), 9).result == Check::Result::warning);
  CHECK(check_of(verified(weak, strictly()), 9).result == Check::Result::indeterminate);
  CHECK(check_of(verified(weak, by(Profile::etsi)), 9).result == Check::Result::indeterminate);
}

TEST_CASE("a certificate that ended since is judged by the time that is asked") {
  const std::string text = signed_flow();
  VerifyOptions now = at(JudgingTime::Source::now);
  now.now = year(2040);

  CHECK(check_of(verified(text), 21).result == Check::Result::passed);
  const VerifyReport ended = verified(text, now);
  CHECK(check_of(ended, 21).result == Check::Result::indeterminate);
  CHECK(ended.signatures.at(0).verdict == Verdict(SubIndication::no_certificate_chain_found));
  CHECK_FALSE(ended.valid);
  const VerifyReport early = verified(text, at(JudgingTime::Source::instant, year(2020)));
  CHECK(check_of(early, 21).reason == SubIndication::not_yet_valid);
  CHECK(early.signatures.at(0).judged_at == year(2020));
}

TEST_CASE("a claimed time outside of the certificate is refused at whatever time it is judged") {
  const std::string text = edited("2026-01-05T13:45:00Z", "2023-01-05T13:45:00Z");

  CHECK(check_of(verified(text, at(JudgingTime::Source::now)), 17).result == Check::Result::failed);
}

TEST_SUITE_END();
