#pragma once

#include "net/http_answer.hpp"

#include <string>

namespace pes::tdt {

/// Who asks a platform, for the sentences that say that it was turned away.
struct Account {
  std::string platform;  // its name, as people are shown it
  bool has_login = false;
  bool is_archivist = false;  // whose login has settings of its own
};

/// The redirections that S²LOW makes; a permanent one comes from another address than ours.
bool is_redirection(const net::HttpAnswer& answer);

/// True for a redirection that follows a refused login, whatever was asked (tdt §2.3).
bool leads_to_login(const net::HttpAnswer& answer);

/// Throws identity_refused for the answers of tdt §2.3, which no script precedes: whatever was
/// asked has not been done.
void require_account(const net::HttpAnswer& answer, const Account& account);

}  // namespace pes::tdt
