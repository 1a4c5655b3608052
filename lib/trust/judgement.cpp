#include "trust/judgement.hpp"

#include "crypto/certificate.hpp"
#include "trust/chain.hpp"
#include "trust/crl.hpp"
#include "trust/store.hpp"

#include <algorithm>

namespace pes::trust {

namespace {

Judgement::Outcome outcome_of(Chain::Outcome outcome) {
  switch (outcome) {
    case Chain::Outcome::found:
      return Judgement::Outcome::trusted;
    case Chain::Outcome::unknown_issuer:
      return Judgement::Outcome::unknown_issuer;
    case Chain::Outcome::broken:
      return Judgement::Outcome::broken;
  }
  return Judgement::Outcome::broken;
}

std::vector<X509Certificate> opened(const std::vector<Certificate>& certificates) {
  std::vector<X509Certificate> open;
  open.reserve(certificates.size());
  for (const Certificate& one : certificates) open.push_back(crypto::x509_from(one.der));
  return open;
}

/// True when it is trusted by itself, or by a list that granted it at that time.
bool is_granted(const TrustStore::Impl& store, const Certificate& authority, Instant at) {
  const auto listed = store.listed.find(authority.sha256);
  if (listed == store.listed.end()) return true;
  return std::any_of(listed->second.begin(), listed->second.end(),
                     [&](const ListedService& service) { return service.is_granted(at); });
}

/// What is at hand first: nothing is asked when it tells.
Revocation revocation_of(const TrustStore::Impl& store, X509& certificate, X509& issuer,
                         Instant at) {
  Revocation known = look_up(store.crls, certificate, issuer, at).revocation;
  if (known.status != Revocation::Status::unknown || !store.online) return known;
  return store.online->ask(certificate, issuer, at);
}

}  // namespace

Judgement judge(const TrustStore& store, const Certificate& signer,
                const std::vector<Certificate>& others, Instant at) {
  const TrustStore::Impl& impl = store.impl();
  const X509Certificate certificate = crypto::x509_from(signer.der);
  Chain chain = find_chain(impl, *certificate, opened(others), at);

  Judgement judgement{outcome_of(chain.outcome), std::move(chain.why), {}, {}};
  if (judgement.outcome != Judgement::Outcome::trusted) return judgement;
  for (std::size_t i = 1; i < chain.path.size(); ++i) {
    judgement.authorities.push_back(crypto::describe(*chain.path[i]));
    judgement.revocations.push_back(revocation_of(impl, *chain.path[i - 1], *chain.path[i], at));
  }
  const Certificate& last = judgement.authorities.empty() ? signer : judgement.authorities.back();
  if (!is_granted(impl, last, at)) judgement.outcome = Judgement::Outcome::not_granted;
  return judgement;
}

}  // namespace pes::trust
