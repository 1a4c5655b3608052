#include "support/https_server.hpp"

#include <stdexcept>
#include <utility>

namespace pes::test {

HttpsServer::HttpsServer(const TestIdentity& identity, const std::filesystem::path& client_ca)
    : server_(identity.certificate.c_str(), identity.key.c_str(),
              client_ca.empty() ? nullptr : client_ca.c_str()),
      port_(server_.bind_to_any_port("127.0.0.1")) {
  if (port_ <= 0) throw std::runtime_error("no port");
  const auto serve_any = [this](const auto& request, auto& response) { serve(request, response); };
  server_.Get(".*", serve_any);
  server_.Post(".*", serve_any);
  answer(404, "text/plain", "nothing was prepared");
  thread_ = std::thread([this] { server_.listen_after_bind(); });
  while (!server_.is_running()) std::this_thread::yield();
}

HttpsServer::~HttpsServer() {
  server_.stop();
  thread_.join();
}

std::string HttpsServer::url() const { return "https://127.0.0.1:" + std::to_string(port_); }

void HttpsServer::on_request(httplib::Server::Handler handler) {
  const std::lock_guard lock(mutex_);
  handler_ = std::move(handler);
}

void HttpsServer::answer(int status, const std::string& content_type, const std::string& body) {
  on_request([=](const httplib::Request&, httplib::Response& response) {
    response.status = status;
    response.set_content(body, content_type);
  });
}

void HttpsServer::redirect(const std::string& location, int status) {
  on_request([=](const httplib::Request&, httplib::Response& response) {
    response.set_redirect(location, status);
  });
}

std::vector<httplib::Request> HttpsServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void HttpsServer::serve(const httplib::Request& request, httplib::Response& response) {
  const std::lock_guard lock(mutex_);
  requests_.push_back(request);
  handler_(request, response);
}

}  // namespace pes::test
