#include "metrics_outlet.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

namespace pes::cmd {

namespace {

struct Address {
  std::string host, port;
};

/// Nothing for what is a file.
std::optional<Address> address_in(const std::string& where) {
  const std::size_t colon = where.rfind(':');
  if (colon == std::string::npos || where.find('/') != std::string::npos) return std::nullopt;
  std::string host = where.substr(0, colon);
  std::string port = where.substr(colon + 1);
  const bool is_number = !port.empty() && port.size() <= 5 &&
                         port.find_first_not_of("0123456789") == std::string::npos;
  if (!is_number) return std::nullopt;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return Address{host.empty() ? "127.0.0.1" : host, port};
}

[[noreturn]] void cannot_listen(const std::string& where, const std::string& reason) {
  throw Error(ErrorCode::io_failed, say("nobody can be answered at {1}: {2}", {where, reason}),
              say("write an address of this machine and a free port: {1}", {"127.0.0.1:9464"}));
}

int listening_at(const std::string& where, const Address& address) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const int failure = ::getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found);
  if (failure != 0) cannot_listen(where, ::gai_strerror(failure));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(found, &::freeaddrinfo);
  const int listener =
      ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, found->ai_protocol);
  const int yes = 1;
  constexpr int queue = 16;
  if (listener >= 0) ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (listener < 0 || ::bind(listener, found->ai_addr, found->ai_addrlen) != 0 ||
      ::listen(listener, queue) != 0) {
    const std::string reason = std::generic_category().message(errno);
    if (listener >= 0) ::close(listener);
    cannot_listen(where, reason);
  }
  return listener;
}

/// The head of the request, as far as it comes at once: who is slow is not waited for.
std::string request_from(int client) {
  constexpr int patience = 500;  // milliseconds
  constexpr std::size_t longest = 8192;
  std::string head;
  std::array<char, 1024> buffer{};
  pollfd wanted{.fd = client, .events = POLLIN, .revents = 0};
  while (head.find("\r\n\r\n") == std::string::npos && head.size() < longest) {
    if (::poll(&wanted, 1, patience) <= 0) break;
    const ssize_t count = ::recv(client, buffer.data(), buffer.size(), 0);
    if (count <= 0) break;
    head.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return head;
}

std::string response(std::string_view status, std::string_view body) {
  return "HTTP/1.1 " + std::string(status) +
         "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + std::string(body);
}

void send_all(int client, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

[[noreturn]] void cannot_write(const std::string& file) {
  throw Error(ErrorCode::io_failed,
              say("{1} cannot be written: {2}", {file, std::generic_category().message(errno)}));
}

/// Its reader sees the old figures or the new ones. They may go with a power cut: they are not
/// synced.
void replace(const std::string& file, const std::string& text) {
  const std::string temporary = file + ".part";
  constexpr mode_t for_all_to_read = 0644;
  const int descriptor =
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, for_all_to_read);
  if (descriptor < 0) cannot_write(file);
  const ssize_t written = ::write(descriptor, text.data(), text.size());
  const bool is_whole = written == static_cast<ssize_t>(text.size());
  if (::close(descriptor) != 0 || !is_whole || ::rename(temporary.c_str(), file.c_str()) != 0) {
    const int reason = errno;
    ::unlink(temporary.c_str());
    errno = reason;
    cannot_write(file);
  }
}

}  // namespace

MetricsOutlet::MetricsOutlet(const std::string& where, Text text) : text_(std::move(text)) {
  if (const auto address = address_in(where)) {
    listener_ = listening_at(where, *address);
  } else {
    file_ = where;
    write();
  }
}

MetricsOutlet::~MetricsOutlet() {
  if (listener_ >= 0) ::close(listener_);
}

void MetricsOutlet::serve() {
  constexpr std::chrono::seconds period{15};
  if (!file_.empty()) {
    const auto now = std::chrono::steady_clock::now();
    if (!written_ || now - *written_ >= period) write();
    return;
  }
  while (true) {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    answer(client);
    ::close(client);
  }
}

void MetricsOutlet::finish() {
  if (!file_.empty()) write();
}

void MetricsOutlet::write() {
  written_ = std::chrono::steady_clock::now();
  replace(file_, text_());
}

void MetricsOutlet::answer(int client) const {
  const timeval patience{.tv_sec = 1, .tv_usec = 0};
  ::setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const std::string request = request_from(client);
  const std::string line = request.substr(0, request.find("\r\n"));
  if (line.starts_with("GET /metrics ") || line.starts_with("GET /metrics?")) {
    send_all(client, response("200 OK", text_()));
  } else if (line.starts_with("GET ")) {
    send_all(client, response("404 Not Found", "/metrics\n"));
  } else {
    send_all(client, response("405 Method Not Allowed", "GET /metrics\n"));
  }
}

}  // namespace pes::cmd
