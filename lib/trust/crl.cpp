#include "trust/crl.hpp"

#include "crypto/asn1_time.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>

namespace pes::trust {

namespace {

std::optional<Instant> instant(const ASN1_TIME* time) {
  return time == nullptr ? std::nullopt : crypto::instant_of(*time);
}

bool is_signed_by(X509_CRL& crl, X509& issuer) {
  const bool may_sign = (X509_get_key_usage(&issuer) & KU_CRL_SIGN) != 0;
  EVP_PKEY* const key = X509_get0_pubkey(&issuer);
  return may_sign && key != nullptr && X509_CRL_verify(&crl, key) == 1;
}

/// Its scope takes in this certificate, for all reasons (RFC 5280 §5.2.4, §5.2.5).
bool is_about(X509_CRL& crl, X509& certificate) {
  if (X509_CRL_get_ext_by_NID(&crl, NID_delta_crl, -1) >= 0) return false;
  if (X509_CRL_get_ext_by_NID(&crl, NID_issuing_distribution_point, -1) < 0) return true;
  const IssuingPoint point(static_cast<ISSUING_DIST_POINT*>(
      X509_CRL_get_ext_d2i(&crl, NID_issuing_distribution_point, nullptr, nullptr)));
  if (!point || point->onlysomereasons != nullptr || point->indirectCRL > 0 ||
      point->onlyattr > 0) {
    return false;
  }
  const bool is_authority = X509_check_ca(&certificate) != 0;
  return is_authority ? point->onlyuser <= 0 : point->onlyCA <= 0;
}

/// Empty for a list that may tell of this certificate.
std::string why_unusable(X509_CRL& crl, X509& certificate, X509& issuer) {
  if (X509_NAME_cmp(X509_CRL_get_issuer(&crl), X509_get_issuer_name(&certificate)) != 0) {
    return tr("it is the list of another issuer");
  }
  if (!is_about(crl, certificate)) return tr("it leaves reasons or certificates out");
  if (!is_signed_by(crl, issuer)) return tr("it is not signed by the issuer");
  return {};
}

/// It was current at that time, or came later while the certificate still had to be on it.
bool tells_of(const X509_CRL& crl, X509& certificate, Instant at) {
  const auto published = instant(X509_CRL_get0_lastUpdate(&crl));
  const auto next = instant(X509_CRL_get0_nextUpdate(&crl));
  const auto end = instant(X509_get0_notAfter(&certificate));
  if (!published || !end) return false;
  return *published <= at ? next && at <= *next : *published <= *end;
}

Revocation read_list(X509_CRL& crl, X509& certificate, Instant at) {
  X509_REVOKED* entry = nullptr;
  constexpr int is_listed = 1;
  if (X509_CRL_get0_by_cert(&crl, &entry, &certificate) != is_listed) {
    return tells_of(crl, certificate, at)
               ? Revocation{Revocation::Status::good, std::nullopt, "CRL", {}}
               : Revocation{};
  }
  const auto since = instant(X509_REVOKED_get0_revocationDate(entry));
  const bool later = since && *since > at;
  return {
      later ? Revocation::Status::revoked_later : Revocation::Status::revoked, since, "CRL", {}};
}

/// Being listed anywhere outweighs being absent from another list.
bool outweighs(Revocation::Status left, Revocation::Status right) {
  using Status = Revocation::Status;
  constexpr std::array order{Status::unknown, Status::good, Status::revoked_later, Status::revoked};
  return std::find(order.begin(), order.end(), left) > std::find(order.begin(), order.end(), right);
}

void add_addresses(const GENERAL_NAMES* names, std::vector<std::string>& addresses) {
  for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
    int type = 0;
    const auto* const value = static_cast<const ASN1_STRING*>(
        GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &type));
    if (type != GEN_URI) continue;
    const std::string address(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                              static_cast<std::size_t>(ASN1_STRING_length(value)));
    if (address.starts_with("http")) addresses.push_back(address);
  }
}

}  // namespace

LookUp look_up(const std::vector<X509Crl>& crls, X509& certificate, X509& issuer, Instant at) {
  LookUp known{{}, tr("it is no list of revoked certificates")};
  for (const X509Crl& crl : crls) {
    known.trouble = why_unusable(*crl, certificate, issuer);
    if (!known.trouble.empty()) continue;
    Revocation found = read_list(*crl, certificate, at);
    if (outweighs(found.status, known.revocation.status)) known.revocation = std::move(found);
    known.trouble = tr("it was not current at the time judged");
  }
  if (known.revocation.status != Revocation::Status::unknown) known.trouble.clear();
  return known;
}

std::vector<std::string> crl_addresses(X509& certificate) {
  std::vector<std::string> addresses;
  const DistributionPoints points(static_cast<STACK_OF(DIST_POINT)*>(
      X509_get_ext_d2i(&certificate, NID_crl_distribution_points, nullptr, nullptr)));
  for (int i = 0; points && i < sk_DIST_POINT_num(points.get()); ++i) {
    const DIST_POINT* const point = sk_DIST_POINT_value(points.get(), i);
    constexpr int full_name = 0;
    const bool is_whole = point->reasons == nullptr && point->CRLissuer == nullptr;
    if (is_whole && point->distpoint != nullptr && point->distpoint->type == full_name) {
      add_addresses(point->distpoint->name.fullname, addresses);
    }
  }
  return addresses;
}

}  // namespace pes::trust
