#pragma once

#include "adapter/tdt/account.hpp"
#include "net/https_client.hpp"
#include "pes/port/tdt.hpp"

#include <string>
#include <vector>

namespace pes::tdt {

/// S²LOW's three scripts about PES Retours (tdt §9). They throw as the functions of the port.
class Retours {
 public:
  /// Both outlive the object.
  Retours(net::HttpsClient& client, const Account& account) : client_(client), account_(account) {}

  std::vector<port::TdtRetour> unread();
  port::TdtFile file(const std::string& id);
  void mark_read(const std::string& id);

 private:
  [[nodiscard]] Error refused(const std::string& what, const std::string& words) const;

  net::HttpsClient& client_;
  const Account& account_;
};

}  // namespace pes::tdt
