#pragma once

#include "support/test_pki.hpp"

#include <httplib.h>

#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace pes::test {

/// A real HTTPS server on loopback that gives every request the answer of one handler and
/// remembers what it was asked.
class HttpsServer {
 public:
  /// @param client_ca whose certificates clients must show; empty: none is asked for
  explicit HttpsServer(const TestIdentity& identity, const std::filesystem::path& client_ca = {});
  HttpsServer(const HttpsServer&) = delete;
  HttpsServer& operator=(const HttpsServer&) = delete;
  ~HttpsServer();

  [[nodiscard]] std::string url() const;
  void on_request(httplib::Server::Handler handler);
  void answer(int status, const std::string& content_type, const std::string& body);
  void redirect(const std::string& location, int status = 302);
  [[nodiscard]] std::vector<httplib::Request> requests() const;

 private:
  void serve(const httplib::Request& request, httplib::Response& response);

  mutable std::mutex mutex_;
  httplib::Server::Handler handler_;
  std::vector<httplib::Request> requests_;
  httplib::SSLServer server_;
  int port_;
  std::thread thread_;
};

}  // namespace pes::test
