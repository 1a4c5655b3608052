#include "sandbox/tdt/login.hpp"

#include "sandbox/credentials.hpp"
#include "sandbox/routes.hpp"
#include "sandbox/tdt/nonces.hpp"
#include "sandbox/tdt/shapes.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <string_view>
#include <variant>

namespace pes::sandbox::tdt {
namespace {

/// Why no account was chosen.
enum class Refusal {
  unknown_certificate,
  no_credentials,  // and several accounts
  bad_credentials,
  empty_login,
  empty_password,
  no_password,  // the platform knows none for this login
};

/// Both of the older generations (tdt §2.3).
struct Words {
  std::string_view message;
  std::string_view page;
};

Words words_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::no_credentials:
      return {"La connexion n'a pas pu être établie", "/login.php"};
    case Refusal::no_password:
      return {"Aucun mot de passe pour ce compte (TEST, bac à sable de pes)", "/login.php"};
    case Refusal::unknown_certificate:
    case Refusal::bad_credentials:
    case Refusal::empty_login:
    case Refusal::empty_password:
      break;
  }
  return {"Le certificat n'est pas valide : aucun compte trouvé", "/connexion-status"};
}

void refuse(const Context& context, RefusalForm form, Refusal refusal,
            httplib::Response& response) {
  const Words words = words_of(refusal);
  if (form == RefusalForm::redirection) {
    redirect(response, context.base_url + std::string(words.page));
  } else {
    response.set_content(login_refusal(words.message), "text/html");
  }
}

std::string_view symfony_code(Refusal refusal) {
  switch (refusal) {
    case Refusal::no_credentials:
      return "multiple_accounts";
    case Refusal::empty_login:
      return "empty_login";
    case Refusal::empty_password:
      return "empty_password";
    case Refusal::unknown_certificate:
    case Refusal::bad_credentials:
    case Refusal::no_password:
      break;
  }
  return "bad_credentials";
}

/// The newest firewall tells scripts by their address when a login is wrong, by `api=1` when
/// there is none, and an unknown certificate to nobody.
void refuse_v5_sym(const Context& context, const httplib::Request& request, RefusalForm form,
                   Refusal refusal, httplib::Response& response) {
  if (refusal == Refusal::unknown_certificate) {
    return redirect(response, context.base_url + "/connexion-status");
  }
  const bool wants_text = refusal == Refusal::no_credentials
                              ? form == RefusalForm::text
                              : request.path.find("/api") != std::string::npos;
  if (wants_text) {
    return response.set_content(connection_refusal_v5_sym, "text/html; charset=UTF-8");
  }
  redirect(response, context.base_url + "/login.php?error=" + std::string(symfony_code(refusal)));
}

/// As the platform reads them: bytes, unless it was told that they are ISO-8859-1.
Credentials as_stored(Credentials given, const Platform& platform) {
  if (!platform.converts_logins) return given;
  return {utf8_from_latin1(given.login), utf8_from_latin1(given.password)};
}

std::variant<Account, Refusal> account_with(const std::vector<Account>& known,
                                            const Credentials& credentials) {
  if (credentials.login.empty()) return Refusal::empty_login;
  if (credentials.password.empty()) return Refusal::empty_password;
  const auto found = std::find_if(known.begin(), known.end(), [&](const Account& account) {
    return account.login == credentials.login;
  });
  if (found == known.end()) return Refusal::bad_credentials;
  if (found->password.empty()) return Refusal::no_password;
  if (found->password != credentials.password) return Refusal::bad_credentials;
  return *found;
}

std::variant<Account, Refusal> choose(const Context& context, const Platform& platform,
                                      const httplib::Request& request) {
  const std::vector<Account> known = accounts_of(context, platform, request);
  if (known.empty()) return Refusal::unknown_certificate;
  if (std::optional<Account> account = account_by_nonce(context.layout, known, request)) {
    return *std::move(account);
  }
  if (const std::optional<Credentials> credentials = basic_credentials(request)) {
    return account_with(known, as_stored(*credentials, platform));
  }
  if (known.size() != 1) return Refusal::no_credentials;
  return known.front();
}

}  // namespace

RefusalForm refusal_form(const httplib::Request& request) {
  return request.get_param_value("api") == "1" ? RefusalForm::text : RefusalForm::redirection;
}

std::vector<Account> accounts_of(const Context& context, const Platform& platform,
                                 const httplib::Request& request) {
  return accounts(context.layout, platform, client_fingerprint(request));
}

std::optional<Account> log_in(const Context& context, const Platform& platform,
                              const httplib::Request& request, RefusalForm form,
                              httplib::Response& response) {
  std::variant<Account, Refusal> chosen = choose(context, platform, request);
  if (Account* account = std::get_if<Account>(&chosen)) return std::move(*account);
  const Refusal refusal = std::get<Refusal>(chosen);
  if (platform.generation == Generation::v5_sym) {
    refuse_v5_sym(context, request, form, refusal, response);
  } else {
    refuse(context, form, refusal, response);
  }
  return std::nullopt;
}

}  // namespace pes::sandbox::tdt
