#pragma once

#include "support/file.hpp"
#include "support/owned.hpp"
#include "support/test_pki.hpp"

#include <openssl/ssl.h>

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

namespace pes::test {

/// The server's end of one TLS connection, for answers that no HTTP library would give.
class TlsConnection {
 public:
  explicit TlsConnection(SSL* ssl) : ssl_(ssl) {}

  /// What came until the end of the request's head, and maybe more.
  std::string read_head();
  /// Reads to the end of a request whose body has a Content-Length.
  void read_request();
  /// Up to 64 KiB; empty when the client closed.
  std::string read_some();
  void write(std::string_view bytes);
  /// Waits until the client closes.
  void wait_for_the_end();

 private:
  SSL* ssl_;
};

struct TlsOptions {
  int version = 0;                  // the only one spoken, as TLS1_2_VERSION; 0: any
  std::filesystem::path client_ca;  // whose certificates clients must show; empty: none
};

/// A TCP server on loopback whose behaviour is a function of each connection. The connection
/// is closed when the function returns.
class RawServer {
 public:
  using TcpBehaviour = std::function<void(int socket)>;
  using TlsBehaviour = std::function<void(TlsConnection&)>;

  explicit RawServer(TcpBehaviour behaviour);
  RawServer(const TestIdentity& identity, const TlsOptions& options, TlsBehaviour behaviour);
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;
  ~RawServer();

  [[nodiscard]] std::string url() const;
  /// How many connections came so far as to the behaviour.
  [[nodiscard]] int served() const { return served_; }

 private:
  using Context = Owned<SSL_CTX, SSL_CTX_free>;

  void accept_all();
  void serve_tls(int socket, const TlsBehaviour& behaviour);

  Context context_;
  TcpBehaviour behaviour_;
  std::atomic<int> served_{0};
  int port_ = 0;
  FileDescriptor listener_;
  std::thread thread_;
};

}  // namespace pes::test
