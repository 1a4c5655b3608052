// Whatever the bytes, verifying them as a flow gives a report or a refusal; nothing is
// TOTAL-PASSED, since nobody is trusted; and a signature that is called valid is one of those of
// the seeds, over the content that it was made for.

#include "fuzz/memory_file.hpp"
#include "fuzz/place_in.hpp"
#include "fuzz/property.hpp"
#include "fuzz/signed_contents.hpp"

#include <array>

namespace {

using namespace pes;
using namespace pes::fuzz;

/// @param choice '0', '1' or '2' for the three profiles, '3' to '5' for the same in strict mode,
///        and from '6' on with a store that trusts nobody
VerifyOptions rules_of(std::uint8_t choice, const SignedContents& contents) {
  static const TrustStore nobody({});
  constexpr std::array profiles{Profile::helios, Profile::s2low, Profile::etsi};
  VerifyOptions rules = contents.rules(profiles.at(choice % 3U));
  rules.strict = choice / 3U % 2U == 1;
  rules.trust = choice / 6U % 2U == 1 ? &nobody : nullptr;
  return rules;
}

void require_sound(const VerifyReport& report, std::string_view document) {
  require(report.verdict.indication() != Indication::total_passed, "nobody is trusted");
  for (const SignatureReport& signature : report.signatures) {
    require(signature.verdict.indication() != Indication::total_passed, "nobody is trusted");
    require(signature.line > 0 && is_place_in(document, signature.line, signature.column),
            "a signature has a place in the file", std::to_string(signature.line));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const SignedContents contents(PES_FUZZ_FOLDER);
  static const MemoryFile file;
  if (size == 0) return 0;
  const std::string_view document = as_text(data + 1, size - 1);
  file.hold(document);
  const VerifyOptions rules = rules_of(data[0], contents);
  refusal_of([&] {
    const VerifyReport report = verify_pes_aller(file.path(), rules);
    require_sound(report, document);
    contents.require_known(document, report, rules.profile);
  });
  return 0;
}
