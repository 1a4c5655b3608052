#include "sandbox/sae/endpoints.hpp"
#include "sandbox/sae/state.hpp"
#include "sandbox/sae/worker.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <map>

namespace pes::sandbox::sae {
namespace {

constexpr std::size_t largest_message = 1U << 28U;

using Parameters = std::map<std::string, std::string, std::less<>>;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// `application/x-www-form-urlencoded`: `+` is a space, in the path too.
std::string form_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool has_code = text[i] == '%' && i + 2 < text.size();
    const int high = has_code ? hex_digit(text[i + 1]) : -1;
    const int low = has_code ? hex_digit(text[i + 2]) : -1;
    if (high >= 0 && low >= 0) {
      result += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      result += text[i] == '+' ? ' ' : text[i];
    }
  }
  return result;
}

/// CakePHP's named parameters, `/key:value/…`, and those of the query string; any order.
Parameters parameters_of(const httplib::Request& request) {
  Parameters parameters;
  const std::string_view target = request.target;
  for (const std::string& segment : split(target.substr(0, target.find('?')), '/')) {
    const std::string text = form_decoded(segment);
    const std::size_t colon = text.find(':');
    if (colon != std::string::npos) parameters[text.substr(0, colon)] = text.substr(colon + 1);
  }
  for (const auto& [name, value] : request.params) parameters[name] = value;
  return parameters;
}

/// The file that holds the message asked for; empty when no message is called so.
std::string_view file_for(std::string_view message) {
  if (message == "Acknowledgement") return "ar.xml";
  if (message == "ArchiveTransferReply") return "reply.xml";
  return {};
}

void answer_message(const Context& context, const httplib::Request& request,
                    httplib::Response& response) {
  if (!is_logged_in(context, request, response)) return;
  Parameters parameters = parameters_of(request);
  const std::string_view name = file_for(parameters["message"]);
  if (parameters["sequence"] != "ArchiveTransfer" || name.empty()) {
    return answer_text(response, 400, "Séquence ou message inconnu (TEST, bac à sable de pes)");
  }
  const std::string id = parameters["originMessageIdentifier"];
  const std::string key = key_of(parameters["originOrganizationIdentification"], id);
  const std::optional<State> state = find(context.layout, key);
  if (!state) {
    return answer_text(response, 500,
                       "Transfert d'archive à l'origine de la séquence non trouvé : " + id);
  }
  const std::filesystem::path file = file_of(context.layout, key, name);
  const bool waits_for_ticks = !context.automatic_ticks || state->scenario == Scenario::sae_later;
  if (!waits_for_ticks && !std::filesystem::exists(file)) {
    advance(context.layout, key, context.seda_schema);
  }
  if (!std::filesystem::exists(file)) {
    return answer_text(response, 500, "Transfert en cours de traitement");
  }
  response.set_content(read_file(file, largest_message), "application/xml; charset=UTF-8");
}

}  // namespace

void add_message_endpoint(Routes& routes, const Context& context) {
  routes.get(
      fill("{1}/sedaMessages(/.*)?", {base_path}),
      [&](const auto& request, auto& response) { answer_message(context, request, response); });
}

}  // namespace pes::sandbox::sae
