#include "trust/online.hpp"

#include "crypto/certificate.hpp"
#include "crypto/digest.hpp"
#include "support/file.hpp"
#include "support/text.hpp"
#include "trust/certificate_files.hpp"
#include "trust/ocsp.hpp"

#include <utility>

namespace pes::trust {

Online::Online(FetchRevocation fetch, std::filesystem::path cache)
    : fetch_(std::move(fetch)), cache_(std::move(cache)) {}

Revocation Online::ask(X509& certificate, X509& issuer, Instant at) {
  Revocation known = ask_responders_once(certificate, issuer, at);
  if (known.status == Revocation::Status::unknown) look_up_lists(certificate, issuer, at, known);
  if (known.inquiries.empty()) {
    known.inquiries.push_back({{}, {}, tr("it names no address where to ask")});
  }
  return known;
}

Revocation Online::ask_responders_once(X509& certificate, X509& issuer, Instant at) {
  const std::string sha256 = crypto::describe(certificate).sha256;
  Revocation said =
      responders_.get(sha256, [&] { return ask_responders(fetch_, certificate, issuer); });
  const bool later = said.status == Revocation::Status::revoked && said.since && *said.since > at;
  if (later) said.status = Revocation::Status::revoked_later;
  return said;
}

/// Only a list that its issuer signed is kept.
void Online::look_up_lists(X509& certificate, X509& issuer, Instant at, Revocation& known) {
  for (const std::string& address : crl_addresses(certificate)) {
    const std::shared_ptr<const List> list = lists_.get(address, [&] {
      RevocationAnswer answer = fetch_({address, {}});
      List downloaded{{}, answer.content.value_or(""), std::move(answer.failure)};
      if (answer.content) downloaded.crls = certificates_in(downloaded.bytes).crls;
      return std::make_shared<const List>(std::move(downloaded));
    });
    const LookUp found = look_up(list->crls, certificate, issuer, at);
    const bool came = list->failure.empty();
    known.inquiries.push_back({"CRL", address, came ? found.trouble : list->failure});
    if (found.revocation.status == Revocation::Status::unknown) continue;
    known.status = found.revocation.status;
    known.since = found.revocation.since;
    known.source = found.revocation.source;
    keep(address, *list);
    return;
  }
}

/// Under a name of its address, so that a newer list takes the place of the older.
void Online::keep(const std::string& address, const List& list) {
  if (cache_.empty()) return;
  kept_.get(address, [&] {
    make_directories(cache_);
    replace_file(cache_ / (crypto::sha256_hex(address) + ".crl"), list.bytes);
    return true;
  });
}

}  // namespace pes::trust
