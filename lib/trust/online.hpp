#pragma once

#include "pes/trust.hpp"
#include "trust/crl.hpp"
#include "trust/once.hpp"
#include "trust/trust_handles.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace pes::trust {

/// Asks over the network about revocations, each thing once for all signatures of a run: what
/// came, or that nothing came, serves the others. Several threads may ask at once.
class Online {
 public:
  /// @param cache folder where lists that told something are kept; empty: nowhere
  Online(FetchRevocation fetch, std::filesystem::path cache);

  /// OCSP first, then lists, until one tells.
  Revocation ask(X509& certificate, X509& issuer, Instant at);

 private:
  struct List {
    std::vector<X509Crl> crls;
    std::string bytes;
    std::string failure;  // of the download
  };

  Revocation ask_responders_once(X509& certificate, X509& issuer, Instant at);
  void look_up_lists(X509& certificate, X509& issuer, Instant at, Revocation& known);
  void keep(const std::string& address, const List& list);

  FetchRevocation fetch_;
  std::filesystem::path cache_;
  Once<Revocation> responders_;              // by fingerprint of the certificate
  Once<std::shared_ptr<const List>> lists_;  // by address
  Once<bool> kept_;                          // by address
};

}  // namespace pes::trust
