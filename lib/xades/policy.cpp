#include "xades/policy.hpp"

#include <algorithm>
#include <array>

namespace pes::xades {

namespace {

struct KnownPolicy {
  std::string_view oid;
  port::DigestAlgorithm algorithm;
  std::string_view digest;  // base64
};

constexpr std::string_view policy_of_2011 = "1.2.250.1.131.1.5.18.21.1.4";

constexpr std::array known_policies{
    KnownPolicy{policy_oid, port::DigestAlgorithm::sha256, policy_sha256},
    KnownPolicy{policy_of_2011, port::DigestAlgorithm::sha1, "Jkdb+aba0Hz6+ZPKmKNhPByzQ+Q="},
    KnownPolicy{policy_of_2011, port::DigestAlgorithm::sha256,
                "pYtFgzn09kQWZywqdIGVd1fFI07tjKmEAyQHr0l/YAk="},
};

}  // namespace

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
