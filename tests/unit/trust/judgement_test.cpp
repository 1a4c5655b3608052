#include "trust/judgement.hpp"

#include "crypto/certificate.hpp"
#include "pes/error.hpp"
#include "support/encoding.hpp"
#include "support/scratch.hpp"
#include "unit/trust/pki.hpp"

#include <doctest/doctest.h>

using namespace pes;
using namespace pes::test;
using Outcome = trust::Judgement::Outcome;
using Status = Revocation::Status;

namespace {

const Instant at = day(2026, 1, 5);

/// A root, an authority below it, and the certificate of a signatory.
struct Bench {
  Authority root{"AC racine"};
  Authority issuer{"AC intermédiaire", root};
  crypto::X509Certificate leaf = issuer.issue(shared_key(), {.serial = "77"});
  Scratch scratch;

  std::filesystem::path put(const std::string& name, std::string_view bytes) const {
    const auto file = scratch.path() / name;
    write_file(file, bytes);
    return file;
  }
  [[nodiscard]] Certificate signer() const { return crypto::describe(*leaf); }
};

std::vector<std::string> names(const std::vector<Certificate>& certificates) {
  std::vector<std::string> all;
  for (const Certificate& one : certificates) all.push_back(one.subject_cn);
  return all;
}

}  // namespace

TEST_SUITE_BEGIN("trust");

TEST_CASE("a certificate is trusted along the authorities that were named") {
  const Bench bench;
  TrustSources sources;
  SUBCASE("in one file") {
    sources.authorities = {bench.put("ac.pem", bench.root.pem_text() + bench.issuer.pem_text())};
  }
  SUBCASE("in a folder, whose other files count for nothing") {
    bench.put("racine.pem", bench.root.pem_text());
    bench.put("a1b2c3d4.0", bench.issuer.pem_text());
    bench.put("LISEZ-MOI", "rien");
    sources.authorities = {bench.scratch.path()};
  }
  SUBCASE("in DER") {
    const Certificate root = crypto::describe(bench.root.certificate());
    const Certificate issuer = crypto::describe(bench.issuer.certificate());
    sources.authorities = {bench.put("racine.der", as_text(root.der)),
                           bench.put("ac.der", as_text(issuer.der))};
  }
  const TrustStore store(sources);

  const trust::Judgement judgement = trust::judge(store, bench.signer(), {}, at);

  CHECK(store.size() == 2);
  CHECK(judgement.outcome == Outcome::trusted);
  CHECK(names(judgement.authorities) == std::vector<std::string>{"AC intermédiaire", "AC racine"});
}

TEST_CASE("an authority named without the one above it ends the path") {
  const Bench bench;
  const TrustStore store({.authorities = {bench.put("ac.pem", bench.issuer.pem_text())}});

  const trust::Judgement judgement = trust::judge(store, bench.signer(), {}, at);

  CHECK(judgement.outcome == Outcome::trusted);
  CHECK(names(judgement.authorities) == std::vector<std::string>{"AC intermédiaire"});
}

TEST_CASE("an authority that came with the signature links it to a trusted one") {
  const Bench bench;
  const TrustStore store({.authorities = {bench.put("ac.pem", bench.root.pem_text())}});

  CHECK(trust::judge(store, bench.signer(), {}, at).outcome == Outcome::unknown_issuer);
  CHECK(trust::judge(store, bench.signer(), {crypto::describe(bench.issuer.certificate())}, at)
            .outcome == Outcome::trusted);
}

TEST_CASE("an unknown issuer is no proof of anything") {
  const Bench bench;
  const Authority other("AC racine");

  SUBCASE("with no authority at all") {
    const TrustStore store({.authorities = {bench.scratch.path()}});
    CHECK(store.size() == 0);
    CHECK(trust::judge(store, bench.signer(), {}, at).outcome == Outcome::unknown_issuer);
  }
  SUBCASE("with another authority") {
    const Authority elsewhere("AC d'ailleurs");
    const TrustStore store({.authorities = {bench.put("ac.pem", elsewhere.pem_text())}});
    CHECK(trust::judge(store, bench.signer(), {}, at).outcome == Outcome::unknown_issuer);
  }
  SUBCASE("with the signer's own certificate, which is no authority's") {
    bench.put("signataire.pem", pem(*bench.leaf));
    const TrustStore store({.authorities = {bench.scratch.path()}});
    CHECK(store.size() == 0);
    CHECK(trust::judge(store, bench.signer(), {}, at).outcome == Outcome::unknown_issuer);
  }
}

TEST_CASE("an authority of the same name and another key breaks the path") {
  const Bench bench;
  const Authority usurper("AC intermédiaire");
  const TrustStore store({.authorities = {bench.put("ac.pem", usurper.pem_text())}});

  CHECK(trust::judge(store, bench.signer(), {}, at).outcome == Outcome::broken);
}

TEST_CASE("who may not issue certificates is no authority") {
  const Authority root("AC racine", {.key_usage = "critical,cRLSign"});
  const auto leaf = root.issue(shared_key());
  const Scratch scratch;
  write_file(scratch.path() / "ac.pem", root.pem_text());
  const TrustStore store({.authorities = {scratch.path()}});

  const Outcome outcome = trust::judge(store, crypto::describe(*leaf), {}, at).outcome;

  CHECK(store.size() == 0);
  CHECK(outcome == Outcome::unknown_issuer);
}

TEST_CASE("dates do not break a path: they are another row") {
  const Bench bench;
  const TrustStore store(
      {.authorities = {bench.put("ac.pem", bench.root.pem_text() + bench.issuer.pem_text())}});

  CHECK(trust::judge(store, bench.signer(), {}, day(2044, 1, 1)).outcome == Outcome::trusted);
  CHECK(trust::judge(store, bench.signer(), {}, day(2014, 1, 1)).outcome == Outcome::trusted);
}

TEST_CASE("revocations are looked up in the lists given") {
  const Bench bench;
  const auto judged = [&](const std::string& crl) {
    const TrustStore store(
        {.authorities = {bench.put("ac.pem", bench.root.pem_text() + bench.issuer.pem_text())},
         .crls = {bench.put("liste.crl", crl)}});
    return trust::judge(store, bench.signer(), {}, at).revocations.at(0);
  };
  const Instant from = day(2026, 1, 1);
  const Instant until = day(2026, 2, 1);

  SUBCASE("not listed") { CHECK(judged(bench.issuer.crl({}, from, until)).status == Status::good); }
  SUBCASE("revoked before") {
    const auto found = judged(bench.issuer.crl({{bench.leaf.get(), day(2025, 6, 1)}}, from, until));
    CHECK(found.status == Status::revoked);
    CHECK(found.since == day(2025, 6, 1));
  }
  SUBCASE("revoked after") {
    const auto found = judged(
        bench.issuer.crl({{bench.leaf.get(), day(2026, 6, 1)}}, day(2026, 7, 1), day(2026, 8, 1)));
    CHECK(found.status == Status::revoked_later);
  }
  SUBCASE("a list that came later tells as well") {
    CHECK(judged(bench.issuer.crl({}, day(2027, 1, 1), day(2027, 2, 1))).status == Status::good);
  }
  SUBCASE("a list that had ended tells nothing") {
    CHECK(judged(bench.issuer.crl({}, day(2025, 1, 1), day(2025, 2, 1))).status == Status::unknown);
  }
  SUBCASE("a list published once the certificate had ended tells nothing") {
    CHECK(judged(bench.issuer.crl({}, day(2035, 1, 1), day(2035, 2, 1))).status == Status::unknown);
  }
  SUBCASE("a list that somebody else signed under the same name tells nothing") {
    const Authority usurper("AC intermédiaire");
    CHECK(judged(usurper.crl({{bench.leaf.get(), day(2025, 6, 1)}}, from, until)).status ==
          Status::unknown);
  }
  SUBCASE("no list of this issuer") {
    CHECK(judged(bench.root.crl({}, from, until)).status == Status::unknown);
  }
}

TEST_CASE("nothing is asked of anybody when what is at hand tells") {
  const Bench bench;
  int asked = 0;
  const TrustStore store(
      {.authorities = {bench.put("ac.pem", bench.issuer.pem_text())},
       .crls = {bench.put("liste.crl", bench.issuer.crl({}, day(2026, 1, 1), day(2026, 2, 1)))},
       .fetch = [&](const RevocationRequest&) -> RevocationAnswer {
         ++asked;
         return {};
       }});

  CHECK(trust::judge(store, bench.signer(), {}, at).revocations.at(0).status == Status::good);
  CHECK(asked == 0);
}

TEST_CASE("each address is asked once for all signatures, and what it told nothing of is said") {
  const Bench bench;
  const auto with_list = [&](const std::string& serial) {
    return crypto::describe(*bench.issuer.issue(
        shared_key(),
        {.serial = serial,
         .extensions = {{"crlDistributionPoints", "URI:http://liste.example.org/ac.crl"},
                        {"authorityInfoAccess", "OCSP;URI:http://ocsp.example.org/"}}}));
  };
  const Certificate first = with_list("78");
  const Certificate second = with_list("79");
  std::vector<std::string> asked;
  RevocationAnswer list{bench.issuer.crl({}, day(2026, 1, 1), day(2026, 2, 1)), {}};
  const std::filesystem::path cache = bench.scratch.path() / "cache";
  const TrustStore store(
      {.authorities = {bench.put("ac.pem", bench.issuer.pem_text())},
       .fetch =
           [&](const RevocationRequest& request) {
             asked.push_back(request.url);
             return request.body.empty() ? list : RevocationAnswer{std::nullopt, "no answer: x"};
           },
       .crl_cache = cache});
  const auto judged = [&](const Certificate& signer) {
    return trust::judge(store, signer, {}, at).revocations.at(0);
  };
  const std::string ocsp = "http://ocsp.example.org/";
  const std::string crl = "http://liste.example.org/ac.crl";

  SUBCASE("the list tells") {
    const Revocation known = judged(first);
    CHECK(known.status == Status::good);
    CHECK(known.source == "CRL");
    REQUIRE(known.inquiries.size() == 2);
    CHECK(known.inquiries[0].trouble == "no answer: x");
    CHECK(known.inquiries[1].trouble.empty());
    CHECK(judged(first).status == Status::good);
    CHECK(judged(second).status == Status::good);
    CHECK(asked == std::vector<std::string>{ocsp, crl, ocsp});
    CHECK_FALSE(std::filesystem::is_empty(cache));
  }
  SUBCASE("nobody tells") {
    std::string trouble;
    SUBCASE("no list comes") {
      list = {std::nullopt, "no answer: y"};
      trouble = "no answer: y";
    }
    SUBCASE("it is none") {
      list = {"<html>", {}};
      trouble = "it is no list of revoked certificates";
    }
    SUBCASE("it is another's") {
      list = {bench.root.crl({}, day(2026, 1, 1), day(2026, 2, 1)), {}};
      trouble = "it is the list of another issuer";
    }
    SUBCASE("another signed it") {
      list = {Authority("AC intermédiaire").crl({}, day(2026, 1, 1), day(2026, 2, 1)), {}};
      trouble = "it is not signed by the issuer";
    }
    SUBCASE("it had ended") {
      list = {bench.issuer.crl({}, day(2025, 1, 1), day(2025, 2, 1)), {}};
      trouble = "it was not current at the time judged";
    }
    for (int i = 0; i < 2; ++i) {
      const Revocation known = judged(first);
      CHECK(known.status == Status::unknown);
      REQUIRE(known.inquiries.size() == 2);
      CHECK(known.inquiries[1].source == "CRL");
      CHECK(known.inquiries[1].url == crl);
      CHECK(known.inquiries[1].trouble == trouble);
    }
    CHECK(asked == std::vector<std::string>{ocsp, crl});
    CHECK_FALSE(std::filesystem::exists(cache));
  }
  SUBCASE("there is nobody to ask") {
    const Revocation known = judged(bench.signer());
    CHECK(known.status == Status::unknown);
    REQUIRE(known.inquiries.size() == 1);
    CHECK(known.inquiries[0].url.empty());
    CHECK(asked.empty());
  }
}

TEST_CASE("a file in which there is not what it was named for is refused, a missing one too") {
  const Bench bench;
  const auto code = [](const TrustSources& sources) {
    try {
      const TrustStore store(sources);
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::internal;
  };
  const auto authorities = [&](std::string_view bytes) {
    return code({.authorities = {bench.put("nommé", bytes)}});
  };
  const auto crls = [&](std::string_view bytes) {
    return code({.crls = {bench.put("nommé", bytes)}});
  };
  const std::string crl = bench.issuer.crl({}, day(2026, 1, 1), day(2026, 2, 1));

  for (const std::string& nothing : {std::string("bonjour"), std::string()}) {
    CHECK(authorities(nothing) == ErrorCode::config_invalid);
    CHECK(crls(nothing) == ErrorCode::config_invalid);
  }
  CHECK(authorities(pem(*bench.leaf)) == ErrorCode::config_invalid);
  CHECK(authorities(crl) == ErrorCode::config_invalid);
  CHECK(crls(bench.issuer.pem_text()) == ErrorCode::config_invalid);
  CHECK(code({.authorities = {bench.scratch.path() / "absent.pem"}}) == ErrorCode::file_unknown);
  CHECK(code({.crls = {bench.scratch.path() / "absent.crl"}}) == ErrorCode::file_unknown);
}

TEST_SUITE_END();
