#include "adapter/tdt/account.hpp"

#include "adapter/tdt/s2low_answer.hpp"
#include "net/excerpt.hpp"
#include "pes/error.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace pes::tdt {

namespace {

constexpr std::string_view several_accounts = "multiple_accounts";

/// Marks a string for the catalogue; it is translated where it is shown.
constexpr const char* translatable(const char* english) { return english; }

/// What the newest servers put behind `error=` in the address of their login page.
struct LoginFault {
  std::string_view code;
  const char* meaning;
};
constexpr std::array login_faults{
    LoginFault{"bad_credentials", translatable("wrong login or password")},
    LoginFault{"empty_login", translatable("no login was given")},
    LoginFault{"empty_password", translatable("no password was given")},
    LoginFault{several_accounts, translatable("several accounts share this certificate")},
};

/// `bad_credentials` in `https://…/login.php?error=bad_credentials`; empty when there is none.
std::string_view fault_in(std::string_view location) {
  constexpr std::string_view key = "error=";
  const std::size_t place = location.find(key);
  if (place == std::string_view::npos) return {};
  const std::string_view rest = location.substr(place + key.size());
  return rest.substr(0, rest.find('&'));
}

std::string to_login_page(const Account& account, std::string_view location) {
  const std::string_view code = fault_in(location);
  const auto* const known = std::find_if(login_faults.begin(), login_faults.end(),
                                         [&](const auto& fault) { return fault.code == code; });
  if (known == login_faults.end()) {
    return say("{1} sends us to its login page", {account.platform});
  }
  return say("{1} sends us to its login page: {2}", {account.platform, tr(known->meaning)});
}

/// Without a login, only accounts that share the certificate stand in the way of one that is
/// known: S²LOW then says that the connection could not be made.
std::string advice(const Account& account, bool is_about_choice) {
  if (account.is_archivist) {
    return tr("check tdt.certificate, tdt.archivist_login and tdt.archivist_password");
  }
  if (account.has_login || !is_about_choice) {
    return tr("check tdt.certificate, tdt.login and tdt.password");
  }
  return tr(
      "several accounts share the certificate of tdt.certificate: choose one with tdt.login "
      "and tdt.password (see them: pes tdt logins)");
}

}  // namespace

bool is_redirection(const net::HttpAnswer& answer) {
  return answer.status == 302 || answer.status == 303 || answer.status == 307;
}

bool leads_to_login(const net::HttpAnswer& answer) {
  return is_redirection(answer) && (answer.location.find("/login.php") != std::string::npos ||
                                    answer.location.find("/connexion-status") != std::string::npos);
}

void require_account(const net::HttpAnswer& answer, const Account& account) {
  if (const auto words = account_refusal(answer.body)) {
    throw Error(ErrorCode::identity_refused,
                say("{1} does not accept this account: {2}", {account.platform, *words}),
                advice(account, contains_ignoring_case(*words, "la connexion n'a pas pu")));
  }
  if (is_redirection(answer)) {
    throw Error(ErrorCode::identity_refused, to_login_page(account, answer.location),
                advice(account, fault_in(answer.location) == several_accounts),
                net::one_line(answer.location, 300));
  }
}

}  // namespace pes::tdt
