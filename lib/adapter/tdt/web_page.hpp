#pragma once

#include "adapter/tdt/account.hpp"
#include "net/https_client.hpp"
#include "pes/adapters.hpp"
#include "pes/signature.hpp"

#include <string>

namespace pes::tdt {

/// S²LOW's own pages, opened for a person by a nonce (tdt §2.4): whoever has the address enters
/// as the account during five minutes, with the certificate in the browser.
class WebPage {
 public:
  /// The client and the account outlive the object.
  WebPage(net::HttpsClient& client, const Account& account, Login login);

  /// Throws as the function of the port. @param transaction_id empty: the list of flows
  Secret address(const std::string& transaction_id);

 private:
  std::string fetch_nonce();

  net::HttpsClient& client_;
  const Account& account_;
  Login login_;
};

}  // namespace pes::tdt
