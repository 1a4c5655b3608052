#include "support/raw_server.hpp"

#include "support/text.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <csignal>
#include <stdexcept>
#include <utility>

namespace pes::test {

namespace {

void require(bool is_done, const char* what) {
  if (!is_done) throw std::runtime_error(what);
}

FileDescriptor listen_on_loopback(int& port) {
  FileDescriptor listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof place;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the sockets' own way.
  auto* const address = reinterpret_cast<sockaddr*>(&place);
  require(::bind(listener.get(), address, size) == 0 && ::listen(listener.get(), 16) == 0 &&
              ::getsockname(listener.get(), address, &size) == 0,
          "cannot listen");
  port = ntohs(place.sin_port);
  return listener;
}

std::size_t content_length(std::string_view head) {
  constexpr std::string_view key = "content-length:";
  const std::string lowered = lowered_ascii(head);
  const std::size_t place = lowered.find(key);
  return place == std::string::npos ? 0 : std::stoul(lowered.substr(place + key.size()));
}

}  // namespace

std::string TlsConnection::read_some() {
  std::string bytes(65'536, '\0');
  const int count = SSL_read(ssl_, bytes.data(), static_cast<int>(bytes.size()));
  bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return bytes;
}

std::string TlsConnection::read_head() {
  std::string head;
  while (head.find("\r\n\r\n") == std::string::npos) {
    const std::string more = read_some();
    if (more.empty()) break;
    head += more;
  }
  return head;
}

void TlsConnection::read_request() {
  std::string request = read_head();
  const std::size_t size = request.find("\r\n\r\n") + 4 + content_length(request);
  while (request.size() < size) {
    const std::string more = read_some();
    if (more.empty()) return;
    request += more;
  }
}

void TlsConnection::write(std::string_view bytes) {
  SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()));
}

void TlsConnection::wait_for_the_end() {
  while (!read_some().empty()) {
  }
}

RawServer::RawServer(TcpBehaviour behaviour)
    : behaviour_(std::move(behaviour)), listener_(listen_on_loopback(port_)) {
  std::signal(SIGPIPE, SIG_IGN);
  thread_ = std::thread([this] { accept_all(); });
}

RawServer::RawServer(const TestIdentity& identity, const TlsOptions& options,
                     TlsBehaviour behaviour)
    : context_(SSL_CTX_new(TLS_server_method())), listener_(listen_on_loopback(port_)) {
  std::signal(SIGPIPE, SIG_IGN);
  SSL_CTX* const context = context_.get();
  require(SSL_CTX_use_certificate_chain_file(context, identity.certificate.c_str()) == 1 &&
              SSL_CTX_use_PrivateKey_file(context, identity.key.c_str(), SSL_FILETYPE_PEM) == 1,
          "no server certificate");
  if (options.version != 0) {
    SSL_CTX_set_min_proto_version(context, options.version);
    SSL_CTX_set_max_proto_version(context, options.version);
    SSL_CTX_set_security_level(context, 0);  // old versions are made to be refused
  }
  if (!options.client_ca.empty()) {
    require(SSL_CTX_load_verify_file(context, options.client_ca.c_str()) == 1, "no client CA");
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  }
  behaviour_ = [this, behaviour = std::move(behaviour)](int socket) {
    serve_tls(socket, behaviour);
  };
  thread_ = std::thread([this] { accept_all(); });
}

RawServer::~RawServer() {
  ::shutdown(listener_.get(), SHUT_RDWR);
  thread_.join();
}

std::string RawServer::url() const { return "https://127.0.0.1:" + std::to_string(port_); }

void RawServer::accept_all() {
  while (true) {
    const FileDescriptor connection(::accept(listener_.get(), nullptr, nullptr));
    if (!connection.is_open()) return;
    if (!context_) ++served_;
    behaviour_(connection.get());
  }
}

void RawServer::serve_tls(int socket, const TlsBehaviour& behaviour) {
  const Owned<SSL, SSL_free> ssl(SSL_new(context_.get()));
  SSL_set_fd(ssl.get(), socket);
  if (SSL_accept(ssl.get()) != 1) return;
  ++served_;
  TlsConnection connection(ssl.get());
  behaviour(connection);
}

}  // namespace pes::test
