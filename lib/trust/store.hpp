#pragma once

#include "pes/trust.hpp"
#include "trust/online.hpp"
#include "trust/trust_handles.hpp"
#include "trust/trusted_list.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace pes {

struct TrustStore::Impl {
  /// Where a path may end: roots, authorities whose own issuer is not there, listed services.
  trust::X509Store anchors;
  /// What may stand between.
  std::vector<trust::X509Certificate> intermediates;
  std::vector<trust::X509Crl> crls;
  /// By SHA-256 of the certificate: authorities that only a list makes trusted, when it does.
  /// An authority may be listed for several services: one that is granted is enough.
  std::map<std::string, std::vector<trust::ListedService>> listed;
  std::size_t authorities = 0;
  /// Null: nothing leaves the machine.
  std::unique_ptr<trust::Online> online;
};

}  // namespace pes
