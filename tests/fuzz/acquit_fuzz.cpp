// Whatever the bytes, reading them as an acquit gives an answer or a refusal, and no refusal of
// Hélios is ever taken for an acceptance. The referee is libxml2's tree: we read with pugixml.

#include "fuzz/property.hpp"
#include "pes/pes_acquit.hpp"
#include "support/text.hpp"
#include "unit/xml/reference_canonical.hpp"

#include <algorithm>
#include <vector>

namespace {

using namespace pes;
using namespace pes::fuzz;

/// The value of each EtatAck, wherever it stands.
std::vector<std::string> states_in(std::string_view document) {
  const test::ReferenceDocument tree = test::reference_document(document);
  std::vector<std::string> states;
  for (const xmlNode* element : test::reference_elements(tree)) {
    if (test::reference_name(element) != "EtatAck") continue;
    states.push_back(test::reference_attribute(element, "V").value_or(""));
  }
  return states;
}

bool is_acceptance(const std::string& state) { return state == "1" || state == "true"; }

void require_sound(const PesAcquit& acquit, std::string_view document) {
  const std::vector<std::string> states = states_in(document);
  const std::string told = join(states, " ");
  if (acquit.outcome == PesAcquit::Outcome::accepted) {
    require(!acquit.elements.empty(), "an acquit without element accepts nothing");
    require(states.size() >= acquit.elements.size(), "each element has a state", told);
    require(std::all_of(states.begin(), states.end(), is_acceptance),
            "one state that refuses, and the acquit does not accept", told);
    require(!acquit.technical, "a technical refusal accepts nothing");
  }
  if (etat_ack(acquit) == "1") {
    require(acquit.outcome == PesAcquit::Outcome::accepted, "OK is said of what accepts", told);
    require(std::all_of(acquit.elements.begin(), acquit.elements.end(),
                        [](const AcquitElement& element) { return element.etat == "1"; }),
            "OK is said when every EtatAck that is read is exactly 1", told);
  }
  for (const AcquitElement& element : acquit.elements) {
    require(!domaine_label(element.domaine).empty() || element.domaine.empty(),
            "each domain has a label", element.domaine);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view document = as_text(data, size);
  refusal_of([&] { require_sound(read_pes_acquit(document), document); });
  return 0;
}
