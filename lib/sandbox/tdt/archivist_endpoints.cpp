#include "pes/time.hpp"
#include "sandbox/lock.hpp"
#include "sandbox/now.hpp"
#include "sandbox/tdt/endpoints.hpp"
#include "sandbox/tdt/login.hpp"
#include "sandbox/tdt/state.hpp"
#include "sandbox/tdt/workers.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

/// What an external archiver asks of the TdT (tdt §10); not of the oldest generation.
namespace pes::sandbox::tdt {
namespace {

constexpr int standard_limit = 100;

/// A parameter of the query string or of a form of either encoding, as PHP mixes them.
std::string value_in(const httplib::Request& request, const char* name) {
  if (request.has_file(name)) return request.get_file_value(name).content;
  return request.get_param_value(name);
}

int number_in(const httplib::Request& request, const char* name, int standard) {
  const std::string text = value_in(request, name);
  int number = standard;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// Days as `YYYY-MM-DD`; an empty bound is none.
struct Period {
  std::string first, last;
  [[nodiscard]] bool contains(Instant instant) const {
    const std::string day = iso8601(instant).substr(0, 10);
    return (first.empty() || day >= first) && (last.empty() || day <= last);
  }
};

std::vector<std::string> newest_first(const Context& context, int authority, int status,
                                      const Period& entered) {
  std::vector<std::string> ids = all_ids(context.layout);
  std::reverse(ids.begin(), ids.end());
  std::erase_if(ids, [&](const std::string& id) {
    const std::optional<State> state = find(context.layout, id);
    return !state || state->authority != authority || state->status() != status ||
           !entered.contains(state->workflow.back().date);
  });
  return ids;
}

void list_flows(const Context& context, const httplib::Request& request,
                httplib::Response& response) {
  const Platform set_up = platform(context.layout);
  if (set_up.generation == Generation::v4) return answer_html(response, 404, "Not Found");
  const std::optional<Account> account =
      log_in(context, set_up, request, refusal_form(request), response);
  if (!account) return;
  if (account->role != Role::archivist) {
    response.status = 400;
    return response.set_content(R"({"error":"L'utilisateur n'est pas archiviste"})",
                                "application/json");
  }
  if (context.automatic_ticks) {
    for (const std::string& id : pending_ids(context.layout)) advance(context.layout, id);
  }
  const int status = number_in(request, "status_id", status::information_available);
  const int offset = std::max(0, number_in(request, "offset", 0));
  const int limit = std::max(0, number_in(request, "limit", standard_limit));
  nlohmann::ordered_json listed = nlohmann::ordered_json::array();
  int rank = 0;
  for (const std::string& id :
       newest_first(context, account->authority, status,
                    {request.get_param_value("min_date"), request.get_param_value("max_date")})) {
    if (rank >= offset && rank < offset + limit) listed.push_back({{"id", std::stoll(id)}});
    ++rank;
  }
  const nlohmann::ordered_json answer{{"status_id", status},
                                      {"authority_id", account->authority},
                                      {"offset", offset},
                                      {"limit", limit},
                                      {"transactions", std::move(listed)}};
  response.set_content(answer.dump(), "application/json");
}

bool may_change(int from, int to, const Account& account) {
  constexpr std::array<std::pair<int, int>, 7> allowed{
      {{status::information_available, status::waiting_for_sae},
       {status::waiting_for_sae, status::sae_error},
       {status::waiting_for_sae, status::accepted_by_sae},
       {status::sent_to_sae, status::sae_error},
       {status::sent_to_sae, status::accepted_by_sae},
       {status::sae_error, status::waiting_for_sae},
       {status::sae_error, status::accepted_by_sae}}};
  if (from == status::information_available && account.role != Role::archivist) return false;
  return std::find(allowed.begin(), allowed.end(), std::pair(from, to)) != allowed.end();
}

/// @return what stands in the way; empty once the status is changed
std::string change(const Context& context, const Account& account,
                   const httplib::Request& request) {
  if (!account.is_active || account.role == Role::user) return std::string(access_refused);
  const std::string id = parse_id(value_in(request, "transaction_id"));
  if (id.empty()) return "transaction_id incorrect";
  const std::optional<State> known = find(context.layout, id);
  if (!known) return "Cette transaction n'existe pas";
  if (known->authority != account.authority) return std::string(access_refused);
  const Lock lock(folder_of(context.layout, id));
  std::optional<State> state = find(context.layout, id);
  const int asked = number_in(request, "status_id", status::cancelled);
  if (!may_change(state->status(), asked, account)) {
    return "Impossible de changer le status de la transaction";
  }
  state->workflow.push_back({asked, "Modification manuelle de l'état", now_in(context.layout)});
  save(context.layout, *state);
  return {};
}

void change_status(const Context& context, const httplib::Request& request,
                   httplib::Response& response) {
  const Platform set_up = platform(context.layout);
  if (set_up.generation == Generation::v4) return answer_html(response, 404, "Not Found");
  const RefusalForm form =
      value_in(request, "api") == "1" ? RefusalForm::text : RefusalForm::redirection;
  const std::optional<Account> account = log_in(context, set_up, request, form, response);
  if (!account) return;
  const std::string fault = change(context, *account, request);
  if (form == RefusalForm::redirection) {
    return redirect(response, context.base_url + "/modules/helios/index.php");
  }
  nlohmann::ordered_json answer;
  if (fault.empty()) {
    answer = {{"status", "ok"}, {"message", "Le status de la transaction a été modifiée"}};
  } else {
    answer = {{"status", "error"}, {"error-message", fault}};
  }
  response.set_content(answer.dump(-1, ' ', true), "text/plain");
}

}  // namespace

void add_archivist_endpoints(Routes& routes, const Context& context) {
  routes.get("/modules/helios/api/list_pes_aller\\.php",
             [&](const auto& request, auto& response) { list_flows(context, request, response); });
  routes.post(
      "/modules/helios/helios_transac_change_status_sae\\.php",
      [&](const auto& request, auto& response) { change_status(context, request, response); });
}

}  // namespace pes::sandbox::tdt
