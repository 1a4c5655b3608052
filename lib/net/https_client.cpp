#include "net/https_client.hpp"

#include "net/setting_key.hpp"
#include "net/unusable_answer.hpp"
#include "support/text.hpp"

#include <utility>

namespace pes::net {

namespace {

std::string summary(const HttpAnswer& answer) {
  return say("HTTP {1} {2}, {3} bytes", {std::to_string(answer.status), answer.content_type,
                                         std::to_string(answer.body.size())});
}

std::string summary(const Error& error) {
  return error.cause().empty() ? error.message()
                               : fill("{1} ({2})", {error.message(), error.cause()});
}

/// As a service does that keeps its TLS sessions badly, when one is taken up.
bool is_refused_at_once(const std::variant<HttpAnswer, Breakdown>& outcome) {
  const auto* const breakdown = std::get_if<Breakdown>(&outcome);
  return breakdown != nullptr && breakdown->tls_alert && !breakdown->request_began;
}

}  // namespace

HttpsClient::HttpsClient(HttpsAccess access, std::string settings)
    : access_(std::move(access)),
      settings_(std::move(settings)),
      address_(access_.url, setting_key(settings_, "url")) {}

HttpAnswer HttpsClient::get(const std::string& path, const std::string& accept,
                            std::uint64_t limit) {
  auto outcome = send({.path = path, .accept = accept, .answer_limit = limit});
  if (const auto* const breakdown = std::get_if<Breakdown>(&outcome)) {
    throw explain(*breakdown, peer());
  }
  return std::get<HttpAnswer>(std::move(outcome));
}

Posted HttpsClient::post(const std::string& path, const Form& form, const std::string& accept) {
  return post(
      {.path = path, .accept = accept, .answer_limit = ordinary_answer_limit, .form = &form});
}

Posted HttpsClient::post(const std::string& path, const Document& document,
                         const std::string& accept) {
  return post({.path = path,
               .accept = accept,
               .answer_limit = ordinary_answer_limit,
               .document = &document});
}

Posted HttpsClient::post(const Request& request) {
  auto outcome = send(request);
  if (const auto* const breakdown = std::get_if<Breakdown>(&outcome)) {
    if (!may_have_been_treated(*breakdown)) throw explain(*breakdown, peer());
    return Unanswered{explain(*breakdown, peer())};
  }
  return std::get<HttpAnswer>(std::move(outcome));
}

Error HttpsClient::unusable(const HttpAnswer& answer) const {
  return net::unusable(answer, peer());
}

std::variant<HttpAnswer, Breakdown> HttpsClient::send(const Request& request) {
  if (!is_ready_) {
    library_.emplace();
    sessions_.emplace();
    identity_ = load_client_identity(access_, settings_);
    is_ready_ = true;
  }
  auto outcome = exchange(peer(), request);
  if (sessions_ && is_refused_at_once(outcome)) {
    sessions_.reset();
    outcome = exchange(peer(), request);
  }
  if (const auto* const answer = std::get_if<HttpAnswer>(&outcome)) {
    trace(request, summary(*answer));
  } else {
    trace(request, summary(explain(std::get<Breakdown>(outcome), peer())));
  }
  return outcome;
}

void HttpsClient::trace(const Request& request, std::string_view outcome) const {
  if (!access_.trace) return;
  const bool is_get = request.form == nullptr && request.document == nullptr;
  const char* const method = is_get ? "GET" : "POST";
  access_.trace(fill("{1} {2}{3}: {4}", {method, url(), request.path, outcome}));
}

}  // namespace pes::net
