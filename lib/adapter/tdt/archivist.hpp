#pragma once

#include "adapter/tdt/account.hpp"
#include "net/https_client.hpp"
#include "pes/adapters.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pes::tdt {

/// S²LOW as an account of role archivist sees it: the only one that may list transactions, and
/// say of one that it goes to the SAE (tdt §10).
class Archivist {
 public:
  /// @param platform its name, as people are shown it
  /// @param https how another account of the same certificate reaches the same platform
  Archivist(std::string platform, HttpsAccess https, const Login& login);

  struct Page {
    std::vector<std::string> ids;
    bool is_last = false;
  };
  /// The numbers of the transactions that entered this status on a day or later; newest first, one
  /// page of them. Nothing from a platform that has no such list, which came with S²LOW 5.0.47.
  /// Throws as the TdT's functions; identity_refused for an account that is no archivist.
  /// @param first_day as `2026-01-05`
  std::optional<Page> transactions(int status, const std::string& first_day, std::size_t offset);

  /// Moves a transaction to a status of archiving. Throws service_refused, in the platform's
  /// words, from a status that does not lead there.
  void move(const std::string& transaction_id, int status);

 private:
  Account account_;
  net::HttpsClient client_;
};

}  // namespace pes::tdt
