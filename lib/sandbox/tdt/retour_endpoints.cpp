#include "sandbox/now.hpp"
#include "sandbox/tdt/endpoints.hpp"
#include "sandbox/tdt/login.hpp"
#include "sandbox/tdt/retours.hpp"
#include "support/file.hpp"

#include <array>
#include <ctime>
#include <filesystem>
#include <limits>

namespace pes::sandbox::tdt {
namespace {

/// A clock of twelve hours that does not say which half of the day it is: S²LOW's own.
std::string date_demande(const Layout& layout) {
  const std::time_t time = std::chrono::system_clock::to_time_t(now_in(layout));
  std::tm parts{};
  ::gmtime_r(&time, &parts);
  std::array<char, 32> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d %I:%M:%S", &parts);
  return {text.data(), size};
}

/// tdt §9.1
void list_retours(const Context& context, const httplib::Request& request,
                  httplib::Response& response) {
  const Platform set_up = platform(context.layout);
  const auto refuse = [&](std::string_view message) {
    send_xml(response, retour_list_refused(message));
  };
  if (!set_up.has_module) return refuse(no_module);
  const std::optional<Account> account =
      log_in(context, set_up, request, refusal_form(request), response);
  if (!account) return;
  if (!account->is_active) return refuse(login_failed);
  if (!account->may_read()) return refuse(access_refused);
  send_xml(response, retour_list(account->authority, date_demande(context.layout),
                                 unread_retours(context.layout, set_up, account->authority)));
}

/// The older servers looked at nobody's authority.
bool may_see(const Retour& retour, const Account& account, const Platform& set_up) {
  return set_up.generation == Generation::v4 || retour.authority == account.authority;
}

/// tdt §9.2
void get_retour(const Context& context, const httplib::Request& request,
                httplib::Response& response) {
  const Platform set_up = platform(context.layout);
  const std::string id = request.get_param_value("id");
  const auto refuse = [&](std::string_view message) {
    send_file(response, retour_refused(id, message), "retour.xml");
  };
  if (!set_up.has_module) return refuse(no_module);
  const std::optional<Account> account =
      log_in(context, set_up, request, refusal_form(request), response);
  if (!account) return;
  if (!account->is_active) return refuse(login_failed);
  if (!account->may_read()) return refuse(access_refused);
  const std::optional<Retour> retour = find_retour(context.layout, id);
  if (!retour) return refuse("retour id n'est pas correcte");
  if (!may_see(*retour, *account, set_up)) return refuse(access_refused);
  if (!std::filesystem::exists(retour->file)) {
    return send_file(response, retour_lost(id, retour->file.native()), "retour.xml");
  }
  send_file(response, read_file(retour->file, std::numeric_limits<std::size_t>::max()),
            retour->file.filename());
}

/// tdt §9.3; a refused account makes the script crash.
void mark_retour(const Context& context, const httplib::Request& request,
                 httplib::Response& response) {
  const std::optional<Account> account =
      log_in(context, platform(context.layout), request, refusal_form(request), response);
  if (!account) return;
  if (!account->is_active || !account->may_follow()) {
    return answer_html(response, 500, "Internal Server Error");
  }
  const std::string id = request.get_param_value("id");
  if (id.empty()) {
    return send_file(response, retour_marked("", "KO", "retour id est vide ou incorrecte."),
                     "status.xml");
  }
  mark_as_read(context.layout, id);
  send_file(response, retour_marked(id, "OK", "reussi de changer status"), "status.xml");
}

}  // namespace

void add_retour_endpoints(Routes& routes, const Context& context) {
  const std::string api = "/modules/helios/api/";
  routes.get(api + "helios_get_list\\.php", [&](const auto& request, auto& response) {
    list_retours(context, request, response);
  });
  routes.get(api + "helios_get_retour\\.php",
             [&](const auto& request, auto& response) { get_retour(context, request, response); });
  routes.get(api + "helios_change_status\\.php",
             [&](const auto& request, auto& response) { mark_retour(context, request, response); });
}

}  // namespace pes::sandbox::tdt
