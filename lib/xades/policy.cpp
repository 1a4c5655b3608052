#include "xades/policy.hpp"

#include <algorithm>
#include <array>

namespace pes::xades {

namespace {

constexpr PolicyReference policy_of_2011{
    oid_of_2011, "pYtFgzn09kQWZywqdIGVd1fFI07tjKmEAyQHr0l/YAk=",
    "https://portail.dgfip.finances.gouv.fr/documents/PS_Helios_DGFiP.pdf"};
constexpr PolicyReference policy_of_2018{
    oid_of_2018, "roF9+cfRHNPtVJolhdqfIqGMVuUXX8aR4rpiquf0u5E=",
    "https://www.collectivites-locales.gouv.fr/files/files/finances_locales/dematerialisation/"
    "ps_helios_dgfip.pdf"};

struct KnownPolicy {
  std::string_view oid;
  port::DigestAlgorithm algorithm;
  std::string_view digest;  // base64
};

constexpr std::array known_policies{
    KnownPolicy{policy_of_2018.oid, port::DigestAlgorithm::sha256, policy_of_2018.sha256},
    KnownPolicy{policy_of_2011.oid, port::DigestAlgorithm::sha1, "Jkdb+aba0Hz6+ZPKmKNhPByzQ+Q="},
    KnownPolicy{policy_of_2011.oid, port::DigestAlgorithm::sha256, policy_of_2011.sha256},
};

}  // namespace

PolicyReference reference_to(SignaturePolicy policy) {
  return policy == SignaturePolicy::of_2011 ? policy_of_2011 : policy_of_2018;
}

bool is_known_policy(std::string_view oid) {
  return std::any_of(known_policies.begin(), known_policies.end(),
                     [&](const KnownPolicy& known) { return known.oid == oid; });
}

bool is_known_policy_digest(std::string_view oid, port::DigestAlgorithm algorithm,
                            const Bytes& digest) {
  return std::any_of(known_policies.begin(), known_policies.end(), [&](const KnownPolicy& known) {
    return known.oid == oid && known.algorithm == algorithm && from_base64(known.digest) == digest;
  });
}

}  // namespace pes::xades
