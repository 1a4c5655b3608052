#include "sandbox/tdt/login.hpp"

#include "sandbox/credentials.hpp"
#include "sandbox/identities.hpp"
#include "sandbox/pki.hpp"
#include "sandbox/routes.hpp"
#include "sandbox/tdt/nonces.hpp"
#include "sandbox/tdt/shapes.hpp"

#include <algorithm>

namespace pes::sandbox::tdt {
namespace {

void refuse(const Context& context, RefusalForm form, std::string_view message,
            std::string_view page, httplib::Response& response) {
  if (form == RefusalForm::redirection) {
    redirect(response, context.base_url + std::string(page));
  } else {
    response.set_content(login_refusal(message), "text/html");
  }
}

bool is_registered(const Context& context, const httplib::Request& request) {
  const X509Certificate registered =
      certificate_from_pem(read_identity(context.layout, "client.pem"));
  return client_fingerprint(request) == fingerprint(*registered);
}

std::optional<Account> account_with(const std::vector<Account>& known,
                                    const Credentials& credentials) {
  const auto found = std::find_if(known.begin(), known.end(), [&](const Account& account) {
    return account.login == credentials.login && account.password == credentials.password;
  });
  if (found == known.end()) return std::nullopt;
  return *found;
}

}  // namespace

RefusalForm refusal_form(const httplib::Request& request) {
  return request.get_param_value("api") == "1" ? RefusalForm::text : RefusalForm::redirection;
}

std::optional<Account> log_in(const Context& context, const httplib::Request& request,
                              RefusalForm form, httplib::Response& response) {
  constexpr std::string_view no_account = "Le certificat n'est pas valide : aucun compte trouvé";
  constexpr std::string_view not_connected = "La connexion n'a pas pu être établie";
  if (!is_registered(context, request)) {
    refuse(context, form, no_account, "/connexion-status", response);
    return std::nullopt;
  }
  const std::vector<Account> known = accounts(context.layout);
  if (std::optional<Account> account = account_by_nonce(context.layout, known, request)) {
    return account;
  }
  if (const std::optional<Credentials> credentials = basic_credentials(request)) {
    std::optional<Account> account = account_with(known, *credentials);
    if (!account) refuse(context, form, no_account, "/connexion-status", response);
    return account;
  }
  if (known.size() != 1) {
    refuse(context, form, not_connected, "/login.php", response);
    return std::nullopt;
  }
  return known.front();
}

}  // namespace pes::sandbox::tdt
