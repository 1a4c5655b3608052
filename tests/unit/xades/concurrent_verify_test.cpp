#include "pes/trust.hpp"
#include "support/shared.hpp"
#include "support/text.hpp"
#include "unit/trust/pki.hpp"
#include "unit/xades/bench.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

using namespace pes;
using namespace pes::test;

namespace {

std::string told(const Verdict& verdict) {
  return fill("{1} {2}\n", {id(verdict.indication()), id(verdict.reason())});
}

std::string told(const std::vector<Check>& checks) {
  std::string text;
  for (const Check& check : checks) {
    text += fill("{1} {2} {3} {4} {5}\n",
                 {std::to_string(check.number), check.code,
                  std::to_string(static_cast<int>(check.result)), id(check.reason), check.message});
  }
  return text;
}

std::string told(const SignatureReport& signature) {
  std::string text = fill("{1} {2} {3} {4} {5} {6} {7}\n",
                          {signature.signature_id, signature.signed_element, signature.signed_id,
                           std::to_string(signature.line), std::to_string(signature.column),
                           signature.signing_time, signature.role});
  text += fill("{1} {2} {3} {4}\n",
               {signature.city, signature.policy, signature.signature_algorithm, signature.xades});
  if (signature.signer) text += signature.signer->sha256 + "\n";
  for (const Certificate& authority : signature.authorities) text += authority.sha256 + "\n";
  if (signature.judged_at) text += iso8601(*signature.judged_at) + "\n";
  return text + told(signature.verdict) + told(signature.checks) + (signature.valid ? "v" : "-");
}

/// All of a report that a person or a script may see.
std::string told(const VerifyReport& report) {
  std::string text = told(report.verdict) + told(report.checks) + (report.valid ? "v\n" : "-\n");
  text += fill("{1} {2} {3} {4}\n",
               {std::to_string(report.coverage.covered), std::to_string(report.coverage.bordereaux),
                report.flow.nom_fic, std::to_string(report.flow.size)});
  for (const SignatureReport& signature : report.signatures) text += told(signature) + "\n";
  return text;
}

/// Flows that come to every kind of end, and one store for all.
class Pile {
 public:
  Pile()
      : root_("AC racine"),
        leaf_(root_.issue(shared_key())),
        revoked_(root_.issue(shared_key(), {.serial = "7"})),
        store_(sources()) {
    const auto good = signer_of(*leaf_, shared_key());
    const auto bad = signer_of(*revoked_, shared_key());
    const std::string text = signed_flow({.depenses = {"B1", "B2"}, .recettes = {"B3"}}, *good);
    add(text);
    add(replaced(text, "V='832'", "V='833'"));
    add(replaced(text, "Ordonnateur", "Maire"));
    add(signed_flow({}, *bad));
    add(signed_flow());
    add(signed_over_bordereaux());
    add(flow());
  }

  [[nodiscard]] std::vector<std::string> reports(std::size_t begin) const {
    VerifyOptions options = usual_rules();
    options.trust = &store_;
    if (std::filesystem::is_directory(shared() / "schemas"))
      options.schemas = shared() / "schemas/pes";
    std::vector<std::string> all(files_.size());
    for (std::size_t i = 0; i < files_.size(); ++i) {
      const std::size_t rank = (begin + i) % files_.size();
      all[rank] = told(verify_pes_aller(files_[rank], options));
    }
    return all;
  }

 private:
  TrustSources sources() {
    write_file(scratch_.path() / "ac.pem", root_.pem_text());
    write_file(scratch_.path() / "ac.crl",
               root_.crl({{revoked_.get(), day(2025, 12, 1)}}, day(2025, 12, 1), day(2026, 12, 1)));
    TrustSources sources;
    sources.authorities = {scratch_.path() / "ac.pem"};
    sources.crls = {scratch_.path() / "ac.crl"};
    return sources;
  }
  void add(const std::string& text) {
    files_.push_back(scratch_.path() / (std::to_string(files_.size()) + ".xml"));
    write_file(files_.back(), text);
  }

  Scratch scratch_;
  Authority root_;
  crypto::X509Certificate leaf_;
  crypto::X509Certificate revoked_;
  TrustStore store_;
  std::vector<std::filesystem::path> files_;
};

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("threads that verify the same files and others with one store report as one thread") {
  constexpr std::size_t thread_count = 4;
  constexpr std::size_t rounds = 5;
  const Pile pile;
  std::vector<std::vector<std::string>> found(thread_count * rounds);
  {
    std::vector<std::jthread> threads;
    for (std::size_t thread = 0; thread < thread_count; ++thread) {
      threads.emplace_back([&, thread] {
        for (std::size_t round = 0; round < rounds; ++round) {
          // In step on even rounds, on the same file; spread over them on odd ones.
          found[thread * rounds + round] = pile.reports(round % 2 == 0 ? 0 : thread);
        }
      });
    }
  }

  const std::vector<std::string> alone = pile.reports(0);
  CHECK(std::count_if(alone.begin(), alone.end(), [](const std::string& text) {
          return text.starts_with("TOTAL-PASSED");
        }) == 1);
  CHECK(alone[3].starts_with("TOTAL-FAILED REVOKED"));
  for (const std::vector<std::string>& reports : found) CHECK(reports == alone);
}

TEST_SUITE_END();
