#include "sandbox/tdt/endpoints.hpp"
#include "sandbox/tdt/login.hpp"
#include "sandbox/tdt/shapes.hpp"
#include "sandbox/tdt/state.hpp"
#include "sandbox/tdt/workers.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <filesystem>
#include <limits>

namespace pes::sandbox::tdt {
namespace {

/// 8 is seen only when the acquit can be downloaded; the message is left as it is (tdt §5.3).
int shown_status(const Layout& layout, const State& state) {
  const bool has_acquit = std::filesystem::exists(acquit_of(layout, state.id));
  if (state.status() == status::information_available && !has_acquit) return status::transmitted;
  return state.status();
}

/// tdt §5
void answer_status(const Context& context, const httplib::Request& request,
                   httplib::Response& response) {
  const std::string asked = request.get_param_value("transaction");
  const std::string id = parse_id(asked);
  const auto refuse = [&](std::string_view message) {
    send_xml(response, status_answer(asked, "KO", message, ""));
  };
  if (id.empty()) return refuse("Pas de numéro de transaction.");
  const std::optional<Account> account = log_in(context, request, refusal_form(request), response);
  if (!account) return;
  if (!account->is_active) return refuse(login_failed);
  if (account->role == Role::administrator || account->permission != Permission::read_write) {
    return refuse(access_refused);
  }
  if (context.automatic_ticks) advance(context.layout, id);
  const std::optional<State> state = find(context.layout, id);
  if (!state) return refuse("Numéro de transaction invalide");
  if (state->status() == status::cancelled) {
    return send_xml(response, status_answer(id, "KO", "Erreur consultation statut", "0"));
  }
  send_xml(response, status_answer(id, "OK", state->workflow.back().message,
                                   std::to_string(shown_status(context.layout, *state))));
}

/// tdt §8.1
void send_acquit(const Context& context, const httplib::Request& request,
                 httplib::Response& response) {
  const std::optional<Account> account = log_in(context, request, refusal_form(request), response);
  if (!account) return;
  const std::string id = parse_id(request.get_param_value("id"));
  const std::optional<State> state = find(context.layout, id);
  if (!state || !account->is_active || account->permission == Permission::none) {
    return redirect(response, context.base_url + "/modules/helios/index.php");
  }
  const std::filesystem::path file = acquit_of(context.layout, id);
  if (!std::filesystem::exists(file)) {
    return response.set_content(
        fill("<br>helios Tansaction_class: sendAcquit Le fichier '{1}' n'est pas/plus disponible.",
             {state->acquit_name}),
        "text/html; charset=UTF-8");
  }
  send_file(response, read_file(file, std::numeric_limits<std::size_t>::max()), state->acquit_name);
}

}  // namespace

void add_follow_endpoints(Routes& routes, const Context& context) {
  routes.get(
      "/modules/helios/api/helios_transac_get_status\\.php",
      [&](const auto& request, auto& response) { answer_status(context, request, response); });
  routes.get("/modules/helios/helios_download_acquit\\.php",
             [&](const auto& request, auto& response) { send_acquit(context, request, response); });
}

}  // namespace pes::sandbox::tdt
