#include "pkcs11/find_token_keys.hpp"

#include "pkcs11/key_uri.hpp"

#include <algorithm>
#include <iterator>

namespace pes {

namespace pkcs11 {

std::filesystem::path module_of(const TokenPlace& place, const Uri& uri) {
  const std::filesystem::path named = module_path(uri);
  return named.empty() ? place.module : named;
}

std::vector<Token> tokens_at(const TokenPlace& place, const Uri& uri) {
  const std::filesystem::path module = module_of(place, uri);
  return find_tokens(module.empty() ? Modules::configured() : Modules::at(module), uri);
}

std::vector<Candidate> candidates_at(const TokenPlace& place) {
  const Uri uri = parse_uri(place.uri);
  const std::filesystem::path module = module_of(place, uri);
  std::vector<Candidate> candidates;
  for (const Token& token : tokens_at(place, uri)) {
    const std::shared_ptr<Session> session = token.open();
    for (StoredCertificate& stored : find_certificates(*session, uri)) {
      TokenKey key{format_uri(token.info, stored.id, stored.label, module), token.label(),
                   stored.certificate};
      candidates.push_back({token, std::move(stored), std::move(key)});
    }
  }
  // Tokens keep their objects in any order, and some in another one each time.
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& one, const Candidate& other) {
    return one.key.uri < other.key.uri;
  });
  return candidates;
}

}  // namespace pkcs11

std::vector<TokenKey> find_token_keys(const TokenPlace& place) {
  std::vector<TokenKey> keys;
  for (pkcs11::Candidate& candidate : pkcs11::candidates_at(place)) {
    keys.push_back(std::move(candidate.key));
  }
  return keys;
}

}  // namespace pes
