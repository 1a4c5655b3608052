#include "xades/dematerialisation.hpp"

#include <algorithm>
#include <iterator>

namespace pes::xades {

std::vector<helios::DematValue> other_demat_values(const helios::Reading& reading, Domain domain) {
  std::vector<helios::DematValue> others;
  std::copy_if(reading.demat.begin(), reading.demat.end(), std::back_inserter(others),
               [&](const helios::DematValue& demat) {
                 // The schema's type is a boolean, of which "true" is another spelling.
                 return demat.domain == domain && demat.value != "1" && demat.value != "true";
               });
  return others;
}

bool is_dematerialised(const helios::Reading& reading, Domain domain) {
  const bool is_there =
      std::any_of(reading.demat.begin(), reading.demat.end(),
                  [&](const helios::DematValue& demat) { return demat.domain == domain; });
  return is_there && other_demat_values(reading, domain).empty();
}

const char* header_name(Domain domain) {
  return domain == Domain::depense ? "EnTeteDepense" : "EnTeteRecette";
}

}  // namespace pes::xades
