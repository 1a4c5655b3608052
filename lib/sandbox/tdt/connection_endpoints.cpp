#include "sandbox/credentials.hpp"
#include "sandbox/tdt/endpoints.hpp"
#include "sandbox/tdt/login.hpp"
#include "sandbox/tdt/nonces.hpp"
#include "sandbox/tdt/shapes.hpp"

#include <nlohmann/json.hpp>

namespace pes::sandbox::tdt {
namespace {

/// tdt §2.6; acts as if `api=1` were there.
void test_connection(const Context& context, const httplib::Request& request,
                     httplib::Response& response) {
  const std::optional<Account> account =
      log_in(context, platform(context.layout), request, RefusalForm::text, response);
  if (!account) return;
  if (!account->is_active) return redirect(response, context.base_url + "/connexion-status");
  response.set_content("OK", "text/html; charset=UTF-8");
}

/// tdt §2.7
void list_logins(const Context& context, const httplib::Request& request,
                 httplib::Response& response) {
  const Platform set_up = platform(context.layout);
  std::string logins;
  for (const Account& account : accounts_of(context, set_up, request)) {
    logins += account.login + "\n";
  }
  response.set_content(encoded(set_up.generation, logins), "text/html; charset=UTF-8");
}

/// tdt §2.4
void get_nonce(const Context& context, const httplib::Request& request,
               httplib::Response& response) {
  if (!basic_credentials(request)) {
    response.status = 401;
    response.set_header("WWW-Authenticate", "Basic realm=\"API S2low\"");
    response.set_content("La fonction n'est utilisable qu'avec un login+mot de passe HTTP",
                         "text/html; charset=UTF-8");
    return;
  }
  if (!log_in(context, platform(context.layout), request, refusal_form(request), response)) return;
  const nlohmann::json answer{{"nounce", make_nonce(context.layout)}};
  response.set_content(answer.dump(), "application/json");
}

}  // namespace

void add_connection_endpoints(Routes& routes, const Context& context) {
  routes.get("/api/test-connexion\\.php", [&](const auto& request, auto& response) {
    test_connection(context, request, response);
  });
  routes.get("/admin/users/api-list-login\\.php",
             [&](const auto& request, auto& response) { list_logins(context, request, response); });
  routes.get("/api/get-nounce\\.php",
             [&](const auto& request, auto& response) { get_nonce(context, request, response); });
  routes.get("/|/connexion-status|/login\\.php|/modules/helios/index\\.php",
             [](const auto&, auto& response) { answer_html(response, 200, "S²LOW (TEST)"); });
}

}  // namespace pes::sandbox::tdt
