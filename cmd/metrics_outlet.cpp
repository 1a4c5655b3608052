#include "metrics_outlet.hpp"

#include "pes/error.hpp"
#include "ui/language.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <sys/socket.h>
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

Descriptor listening_at(const std::string& where, const Address& address) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const int failure = ::getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found);
  if (failure != 0) cannot_listen(where, ::gai_strerror(failure));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(found, &::freeaddrinfo);
  Descriptor listener(
      ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, found->ai_protocol));
  const int yes = 1;
  constexpr int queue = 16;
  if (!listener.is_open() ||
      ::setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
      ::bind(listener.get(), found->ai_addr, found->ai_addrlen) != 0 ||
      ::listen(listener.get(), queue) != 0) {
    cannot_listen(where, std::generic_category().message(errno));
  }
  return listener;
}

/// Takes what came of a request; false when the other side has gone, or says too much.
bool hear(const Descriptor& line, std::string& request) {
  constexpr std::size_t longest = 8192;
  std::array<char, 1024> buffer{};
  while (true) {
    if (request.size() > longest) return false;
    const ssize_t count = ::recv(line.get(), buffer.data(), buffer.size(), 0);
    if (count <= 0) return count < 0 && (errno == EAGAIN || errno == EINTR);
    request.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

/// Gives what the line takes now; false when the other side has gone.
bool tell(const Descriptor& line, std::string& answer) {
  const ssize_t count = ::send(line.get(), answer.data(), answer.size(), MSG_NOSIGNAL);
  if (count < 0) return errno == EAGAIN || errno == EINTR;
  answer.erase(0, static_cast<std::size_t>(count));
  return true;
}

std::string response(std::string_view status, std::string_view body) {
  return "HTTP/1.1 " + std::string(status) +
         "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + std::string(body);
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
  const Descriptor output(
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, for_all_to_read));
  if (!output.is_open()) cannot_write(file);
  const ssize_t written = ::write(output.get(), text.data(), text.size());
  const bool is_whole = written == static_cast<ssize_t>(text.size());
  if (!is_whole || ::rename(temporary.c_str(), file.c_str()) != 0) {
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

void MetricsOutlet::serve() {
  constexpr std::chrono::seconds period{15};
  if (!file_.empty()) {
    const auto now = std::chrono::steady_clock::now();
    if (!written_ || now - *written_ >= period) write();
    return;
  }
  welcome();
  std::erase_if(clients_, [this](Client& client) { return is_over(client); });
}

void MetricsOutlet::finish() {
  if (!file_.empty()) write();
}

void MetricsOutlet::write() {
  written_ = std::chrono::steady_clock::now();
  replace(file_, text_());
}

/// The others wait at the door.
void MetricsOutlet::welcome() {
  constexpr std::size_t at_once = 16;
  constexpr std::chrono::seconds patience{2};
  while (clients_.size() < at_once) {
    Descriptor line(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!line.is_open()) return;
    clients_.push_back({.line = std::move(line),
                        .until = std::chrono::steady_clock::now() + patience,
                        .request = {},
                        .answer = {}});
  }
}

/// Goes as far as it can with a client; true when nothing more is to be said.
bool MetricsOutlet::is_over(Client& client) const {
  if (client.answer.empty()) {
    const bool is_there = hear(client.line, client.request);
    if (client.request.find("\r\n\r\n") != std::string::npos) {
      client.answer = answer_to(client.request);
    } else if (!is_there) {
      return true;
    }
  }
  if (!client.answer.empty() && (!tell(client.line, client.answer) || client.answer.empty())) {
    return true;
  }
  return std::chrono::steady_clock::now() >= client.until;
}

std::string MetricsOutlet::answer_to(const std::string& request) const {
  const std::string line = request.substr(0, request.find("\r\n"));
  if (line.starts_with("GET /metrics ") || line.starts_with("GET /metrics?")) {
    return response("200 OK", text_());
  }
  if (line.starts_with("GET ")) return response("404 Not Found", "/metrics\n");
  return response("405 Method Not Allowed", "GET /metrics\n");
}

}  // namespace pes::cmd
