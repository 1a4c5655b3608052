#include "sandbox/routes.hpp"

#include <openssl/ssl.h>
#include <sys/socket.h>

#include <thread>
#include <utility>

namespace pes::sandbox {
namespace {

void cut_connection(int socket) { ::shutdown(socket, SHUT_RDWR); }

/// Announces the whole body, sends half of it and cuts.
void send_half(httplib::Response& response, int socket) {
  std::string body = std::exchange(response.body, {});
  const std::string type = response.get_header_value("Content-Type");
  response.headers.erase("Content-Type");
  const std::size_t announced = body.size();
  body.resize(announced / 2);
  response.set_content_provider(
      announced, type,
      [half = std::move(body), socket](std::size_t, std::size_t, httplib::DataSink& sink) {
        sink.write(half.data(), half.size());
        cut_connection(socket);
        return false;
      });
}

void answer_instead(const Fault& fault, const Context& context, int socket,
                    httplib::Response& response) {
  switch (fault.kind) {
    case Fault::Kind::cut_inside_request:
    case Fault::Kind::cut_before_work:
      return cut_connection(socket);
    case Fault::Kind::status:
      answer_html(response, fault.status, "Erreur " + std::to_string(fault.status));
      if (fault.status == 429 || fault.status == 503) response.set_header("Retry-After", "1");
      return;
    case Fault::Kind::html:
      return answer_html(response, 200, "Maintenance");
    case Fault::Kind::redirect:
      return redirect(response, context.base_url + "/connexion-status");
    case Fault::Kind::ko:
      return response.set_content("KO\nLa connexion n&#039;a pas pu ?tre ?tablie\n", "text/html");
    case Fault::Kind::answer:
      response.status = fault.status;
      return response.set_content(fault.body, fault.type);
    case Fault::Kind::cut_before_answer:
    case Fault::Kind::cut_inside_answer:
    case Fault::Kind::half_answer:
    case Fault::Kind::acquit_hidden:
    case Fault::Kind::late:
      return;
  }
}

void spoil_answer(const Fault& fault, int socket, httplib::Response& response) {
  if (fault.kind == Fault::Kind::cut_before_answer) cut_connection(socket);
  if (fault.kind == Fault::Kind::cut_inside_answer) send_half(response, socket);
  if (fault.kind == Fault::Kind::half_answer) response.body.resize(response.body.size() / 2);
}

/// Handles a request, or lets it suffer a fault.
void serve(const Context& context, const httplib::Request& request, httplib::Response& response,
           const std::function<void(const std::optional<Fault>&)>& work,
           const std::function<void()>& read_body) {
  const std::optional<Fault> fault =
      next_fault(context.layout, context.random_faults, request.path);
  if (!fault) return work(fault);
  response.set_header(fault_header, fault->name);
  const int socket = SSL_get_fd(request.ssl);
  std::this_thread::sleep_for(fault->delay);
  if (fault->replaces_work()) {
    if (fault->kind != Fault::Kind::cut_inside_request) read_body();
    answer_instead(*fault, context, socket, response);
  } else {
    work(fault);
    spoil_answer(*fault, socket, response);
  }
}

void nothing_to_read() {}

}  // namespace

void Routes::get(const std::string& pattern, Handler handler) {
  get(pattern,
      [handler = std::move(handler)](const httplib::Request& request, httplib::Response& response,
                                     const std::optional<Fault>&) { handler(request, response); });
}

void Routes::get(const std::string& pattern, FaultedHandler handler) {
  server_.Get(pattern, [&context = context_, handler = std::move(handler)](
                           const httplib::Request& request, httplib::Response& response) {
    serve(
        context, request, response,
        [&](const std::optional<Fault>& fault) { handler(request, response, fault); },
        nothing_to_read);
  });
}

void Routes::post(const std::string& pattern, Handler handler) {
  server_.Post(pattern, [&context = context_, handler = std::move(handler)](
                            const httplib::Request& request, httplib::Response& response) {
    serve(
        context, request, response,
        [&](const std::optional<Fault>&) { handler(request, response); }, nothing_to_read);
  });
}

void Routes::upload(const std::string& pattern, UploadHandler handler) {
  server_.Post(pattern, [&context = context_, handler = std::move(handler)](
                            const httplib::Request& request, httplib::Response& response,
                            const httplib::ContentReader& reader) {
    serve(
        context, request, response,
        [&](const std::optional<Fault>&) { handler(request, response, reader); },
        [&] { drain(request, reader); });
  });
}

void drain(const httplib::Request& request, const httplib::ContentReader& reader) {
  const auto forget = [](const char*, std::size_t) { return true; };
  if (request.is_multipart_form_data()) {
    reader([](const httplib::MultipartFormData&) { return true; }, forget);
  } else {
    reader(forget);
  }
}

void answer_html(httplib::Response& response, int status, const std::string& title) {
  response.status = status;
  response.set_content("<!DOCTYPE html>\n<html lang=\"fr\"><head><title>" + title +
                           "</title></head><body><h1>" + title +
                           "</h1><p>Bac à sable de pes : ceci est un test.</p></body></html>\n",
                       "text/html; charset=utf-8");
}

void redirect(httplib::Response& response, const std::string& url) {
  response.status = 302;
  response.set_header("Location", url);
  response.set_content("", "text/html; charset=utf-8");
}

}  // namespace pes::sandbox
