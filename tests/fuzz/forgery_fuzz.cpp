// A signed flow whose elements are moved, copied, renamed and changed: whatever of it is still
// called valid, by the rules of some profile and with their authority trusted, is what was signed.

#include "fuzz/element_edits.hpp"
#include "fuzz/memory_file.hpp"
#include "fuzz/property.hpp"
#include "fuzz/signed_contents.hpp"

#include <array>

namespace {

using namespace pes;
using namespace pes::fuzz;

}  // namespace

/// @param data which flow is taken and by whose rules it is judged, then the edits
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const SignedContents contents(PES_FUZZ_FOLDER);
  static const MemoryFile file;
  constexpr std::array profiles{Profile::helios, Profile::s2low, Profile::etsi};
  if (size == 0) return 0;
  const std::size_t flows = contents.flows().size();
  const std::string document = edited(contents.flows()[data[0] % flows], {data + 1, size - 1});
  const Profile profile = profiles.at(data[0] / flows % profiles.size());
  file.hold(document);
  refusal_of([&] {
    const VerifyReport report = verify_pes_aller(file.path(), contents.rules(profile));
    contents.require_known(document, report, profile);
  });
  return 0;
}
