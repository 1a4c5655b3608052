#include "pes/error.hpp"
#include "pes/signature.hpp"
#include "pes/token.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace pes {

namespace {

bool may_sign(const Certificate& certificate, Instant now) {
  try {
    require_may_sign(certificate, now, false);
    return true;
  } catch (const Error&) {
    return false;  // for whatever reason: it is not one to be chosen without being named
  }
}

Error several(const std::vector<const TokenKey*>& keys) {
  std::vector<std::string> uris;
  uris.reserve(keys.size());
  // Between quotes: a shell would end the command at the first semicolon.
  for (const TokenKey* key : keys) uris.push_back("'" + key->uri + "'");
  return {ErrorCode::answer_needed,
          say("{1} certificates can sign, and none was chosen", {std::to_string(keys.size())}),
          say("name one with --key, or for good as sign.key: {1}", {join(uris, " ")})};
}

Error none(const TokenPlace& place) {
  const bool any_would_do = place.uri == "pkcs11:";
  return {ErrorCode::key_missing,
          any_would_do ? std::string("Aucun certificat de signature détecté")
                       : say("no certificate on a token fits {1}", {place.uri}),
          tr("insert the card or token, and see what is found on it: pes keys list")};
}

}  // namespace

const TokenKey& preselected(const std::vector<TokenKey>& keys, const TokenPlace& place,
                            Instant now) {
  if (keys.empty()) throw none(place);
  std::vector<const TokenKey*> able;
  for (const TokenKey& key : keys) {
    if (may_sign(key.certificate, now)) able.push_back(&key);
  }
  if (able.size() == 1) return *able.front();
  if (able.size() > 1) throw several(able);
  return keys.front();
}

}  // namespace pes
