#include "sandbox/sae/endpoints.hpp"

#include "crypto/digest.hpp"
#include "sandbox/credentials.hpp"
#include "sandbox/identities.hpp"

namespace pes::sandbox::sae {

void add_endpoints(Routes& routes, const Context& context) {
  const std::string base = base_path;
  routes.get(base + "/ping", [](const auto&, auto& response) {
    response.set_content(R"("webservices as@lae accessibles")", "application/json");
  });
  routes.get(base + "/versions", [&](const auto& request, auto& response) {
    if (!is_logged_in(context, request, response)) return;
    response.set_content(
        R"json({"application":"as@lae","denomination":"bac à sable de pes (TEST)","version":"V1.6.3"})json",
        "application/json");
  });
  add_deposit_endpoints(routes, context);
  add_message_endpoint(routes, context);
}

bool is_logged_in(const Context& context, const httplib::Request& request,
                  httplib::Response& response) {
  const std::optional<Credentials> credentials = basic_credentials(request);
  const std::string expected = crypto::sha256_hex(read_identity(context.layout, "sae.password"));
  if (credentials && credentials->login == sae_login && credentials->password == expected) {
    return true;
  }
  answer_text(response, 401, "Authentification refusée (TEST, bac à sable de pes)");
  response.set_header("WWW-Authenticate", "Basic realm=\"as@lae\"");
  return false;
}

void answer_text(httplib::Response& response, int status, const std::string& text) {
  response.status = status;
  response.set_content(text, "text/plain; charset=UTF-8");
}

}  // namespace pes::sandbox::sae
