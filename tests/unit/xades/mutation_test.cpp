#include "pes/error.hpp"
#include "pes/trust.hpp"
#include "support/shared.hpp"
#include "support/text.hpp"
#include "unit/trust/pki.hpp"
#include "unit/xades/bench.hpp"

#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <string_view>

// Any byte of a signed flow is changed, one at a time, ours and those that other programs signed.
// What is signed, and what the verdict rests on, must not pass; what is neither may change, and
// then all that the report tells of the signature must be as it was. What was not valid stays so.

using namespace pes;
using namespace pes::test;

namespace {

constexpr unsigned seed = 20260105;
// Each verification costs a parse and a public key operation.
constexpr int mutations_of_a_bordereau = 3000;
constexpr int mutations_of_a_root = 2000;

/// A sample of the shared data.
struct Sample {
  const char* path;
  bool has_authorities;  // among the shared certificates
  int mutations;         // ten thousand in all, fewer of the large ones
};
constexpr std::array samples{
    Sample{"bordereau/pastell-fichier_signe.xml", true, 2100},
    Sample{"bordereau/pastell-fichier_signe-older.xml", true, 2100},
    Sample{"bordereau/pastell-SHA256_bordereau.xml", true, 2100},
    Sample{"bordereau/pastell-PESALR2_171227_2045.xml", true, 60},
    Sample{"bordereau/stela-PESALR2_190328_001.xml", false, 640},
    Sample{"bordereau/stela-test-perime-04-04-2016.xml", true, 300},
    Sample{"root/s2low-HELIOS_SIMU_ALR2_1445334258_694103934.xml", false, 2400},
    Sample{"root/s2low-HELIOS_SIMU_ALR2_bad_signature.xml", false, 300},
};

struct SignedElement {
  std::string tag;   // as it is written
  std::string name;  // local
};

/// What a verdict may rest on, and what a person is told of who signed what.
std::string told(const SignatureReport& signature) {
  return join(
      {signature.signature_id, signature.signed_id, signature.signed_element,
       signature.signer ? signature.signer->sha256 : "", signature.signing_time, signature.role,
       signature.city, signature.postal_code, signature.country, signature.policy,
       signature.signature_algorithm, signature.digest_algorithm, signature.xades},
      "\n");
}

/// From its `<` to its end tag's.
struct Stretch {
  std::size_t begin;
  std::size_t end;
};

Stretch stretch_of(const std::string& text, const SignedElement& element) {
  const std::size_t begin = text.find("<" + element.tag);
  const std::size_t end = text.find("</" + element.tag, begin);
  REQUIRE(end != std::string::npos);
  return {begin, end};
}

/// In the signed element but not in its signature: what the content digest covers.
bool is_content(const std::string& text, std::size_t place, const SignedElement& element) {
  const auto [begin, end] = stretch_of(text, element);
  constexpr std::string_view end_of_signature = "</ds:Signature>";
  const std::size_t signature = text.find("<ds:Signature ");
  const std::size_t after = text.find(end_of_signature) + end_of_signature.size();
  const bool in_signature = place >= signature && place < after;
  return place >= begin && place < end && !in_signature;
}

/// Another comment, or another kind of quotes: libxml2 reads the same.
bool means_the_same(const std::string& one, const std::string& other,
                    const SignedElement& element) {
  try {
    return canonical(one, element.name) == canonical(other, element.name);
  } catch (const std::exception&) {
    return false;
  }
}

/// Nothing: it cannot be read at all.
std::optional<VerifyReport> verified_if_readable(const Bench& bench, const std::string& text,
                                                 const VerifyOptions& options) {
  bench.put(text);
  try {
    return verify_pes_aller(bench.input(), options);
  } catch (const Error& error) {
    CHECK(id(error.code()).starts_with("input."));
    return std::nullopt;
  }
}

void mutate(const std::string& text, const SignedElement& element, int count,
            const VerifyOptions& options) {
  std::mt19937 random(seed);
  // Every other one where it matters: an attachment may be all but the whole of a file.
  const auto [begin, end] = stretch_of(text, element);
  std::uniform_int_distribution<std::size_t> signed_places(begin, end - 1);
  std::uniform_int_distribution<std::size_t> all_places(0, text.size() - 1);
  std::uniform_int_distribution<int> changes(1, 255);
  const Bench bench(text);
  const VerifyReport original = verify_pes_aller(bench.input(), options);
  int passed = 0;
  for (int i = 0; i < count; ++i) {
    std::string mutated = text;
    const std::size_t place = i % 2 == 0 ? signed_places(random) : all_places(random);
    mutated[place] =
        static_cast<char>(static_cast<unsigned char>(mutated[place]) ^ changes(random));
    CAPTURE(seed);
    CAPTURE(i);
    CAPTURE(place);
    const auto report = verified_if_readable(bench, mutated, options);
    if (!report || !report->valid) continue;
    ++passed;
    CHECK(original.valid);
    CHECK(report->verdict == original.verdict);
    REQUIRE(report->signatures.size() == 1);
    CHECK(told(report->signatures.front()) == told(original.signatures.front()));
    if (is_content(text, place, element)) CHECK(means_the_same(text, mutated, element));
  }
  MESSAGE(passed, " of ", count, " changes made no difference to what is signed");
  CHECK(passed < count);
  CHECK((passed > 0) == original.valid);
}

struct Scene {
  explicit Scene(const FlowWish& wish)
      : root("AC racine"),
        leaf(root.issue(shared_key())),
        signer(signer_of(*leaf, shared_key())),
        text(signed_flow(wish, *signer)) {
    write_file(scratch.path() / "ac.pem", root.pem_text());
  }

  Authority root;
  crypto::X509Certificate leaf;
  std::unique_ptr<port::Signer> signer;
  std::string text;
  Scratch scratch;
};

void mutate(const Scene& scene, const SignedElement& element, int count) {
  const TrustStore store({.authorities = {scene.scratch.path() / "ac.pem"}});
  VerifyOptions options = usual_rules();
  options.trust = &store;
  REQUIRE(verified(scene.text, options).verdict == Verdict{});
  mutate(scene.text, element, count, options);
}

}  // namespace

TEST_SUITE_BEGIN("xades");

TEST_CASE("no byte of a signed Bordereau, nor of its signature, changes without being seen") {
  mutate(Scene(FlowWish{}), {"Bordereau", "Bordereau"}, mutations_of_a_bordereau);
}

TEST_CASE("no byte of a root that is signed changes without being seen") {
  mutate(Scene(FlowWish{.depenses = {""}}), {"n:PES_Aller", "PES_Aller"}, mutations_of_a_root);
}

TEST_CASE("no byte of what others signed changes without being seen") {
  if (!has_shared()) return;
  const std::filesystem::path folder = shared() / "samples/signed";
  const TrustStore store({.authorities = {folder / "certs"}});
  int all = 0;

  for (const Sample& sample : samples) {
    CAPTURE(std::string(sample.path));
    VerifyOptions options = usual_rules();
    // Of the others all can be judged but who issued the certificate.
    if (sample.has_authorities) options.trust = &store;
    const bool is_root = std::string_view(sample.path).starts_with("root/");
    const SignedElement element = is_root ? SignedElement{"n:PES_Aller", "PES_Aller"}
                                          : SignedElement{"Bordereau", "Bordereau"};
    mutate(read_bytes(folder / sample.path), element, sample.mutations, options);
    all += sample.mutations;
  }
  CHECK(all == 10'000);
}

TEST_SUITE_END();
