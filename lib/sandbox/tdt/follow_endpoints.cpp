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

/// Whether the file of an acquit that came can be found.
enum class AcquitFile { at_hand, lost };

AcquitFile acquit_file(const Layout& layout, const std::string& id,
                       const std::optional<Fault>& fault) {
  const bool is_hidden = fault && fault->kind == Fault::Kind::acquit_hidden;
  const bool is_at_hand = !is_hidden && std::filesystem::exists(acquit_of(layout, id));
  return is_at_hand ? AcquitFile::at_hand : AcquitFile::lost;
}

/// 8 is seen only when the acquit can be downloaded; the message is left as it is (tdt §5.3).
int shown_status(const State& state, AcquitFile acquit) {
  const bool needs_file = state.status() == status::information_available;
  if (needs_file && acquit == AcquitFile::lost) return status::transmitted;
  return state.status();
}

/// The script's own list of statuses is late on the database's (tdt §5.3).
bool is_unknown_to_script(int status) {
  return status == status::to_be_destroyed || status == status::unavailable_for_sae;
}

/// tdt §5
void answer_status(const Context& context, const httplib::Request& request,
                   httplib::Response& response, const std::optional<Fault>& fault) {
  const std::string asked = request.get_param_value("transaction");
  const std::string id = parse_id(asked);
  const Platform set_up = platform(context.layout);
  const auto refuse = [&](std::string_view message) {
    send_xml(response, status_answer(set_up.generation, asked, "KO", message, ""));
  };
  if (id.empty()) return refuse("Pas de numéro de transaction.");
  if (!set_up.has_module) return refuse(no_module);
  const std::optional<Account> account =
      log_in(context, set_up, request, refusal_form(request), response);
  if (!account) return;
  if (!account->is_active) return refuse(login_failed);
  if (!account->may_follow()) return refuse(access_refused);
  if (context.automatic_ticks) advance(context.layout, id);
  const std::optional<State> state = find(context.layout, id);
  if (!state) return refuse("Numéro de transaction invalide");
  if (state->authority != account->authority) return refuse(access_refused);
  if (state->status() == status::cancelled) {
    return send_xml(response,
                    status_answer(set_up.generation, id, "KO", "Erreur consultation statut", "0"));
  }
  if (is_unknown_to_script(state->status())) {
    return answer_html(response, 500, "Internal Server Error");
  }
  const int shown = shown_status(*state, acquit_file(context.layout, id, fault));
  send_xml(response, status_answer(set_up.generation, id, "OK", state->workflow.back().message,
                                   std::to_string(shown)));
}

/// tdt §8.1
void send_acquit(const Context& context, const httplib::Request& request,
                 httplib::Response& response, const std::optional<Fault>& fault) {
  const std::optional<Account> account =
      log_in(context, platform(context.layout), request, refusal_form(request), response);
  if (!account) return;
  const std::string id = parse_id(request.get_param_value("id"));
  const std::optional<State> state = find(context.layout, id);
  const bool may_see = account->is_active && account->may_read();
  if (!state || !may_see || state->authority != account->authority) {
    return redirect(response, context.base_url + "/modules/helios/index.php");
  }
  if (acquit_file(context.layout, id, fault) == AcquitFile::lost) {
    return response.set_content(
        fill("<br>helios Tansaction_class: sendAcquit Le fichier '{1}' n'est pas/plus disponible.",
             {state->acquit_name}),
        "text/html; charset=UTF-8");
  }
  send_file(response,
            read_file(acquit_of(context.layout, id), std::numeric_limits<std::size_t>::max()),
            state->acquit_name);
}

}  // namespace

void add_follow_endpoints(Routes& routes, const Context& context) {
  routes.get("/modules/helios/api/helios_transac_get_status\\.php",
             [&](const auto& request, auto& response, const auto& fault) {
               answer_status(context, request, response, fault);
             });
  routes.get("/modules/helios/helios_download_acquit\\.php",
             [&](const auto& request, auto& response, const auto& fault) {
               send_acquit(context, request, response, fault);
             });
}

}  // namespace pes::sandbox::tdt
