#pragma once

#include "sandbox/context.hpp"
#include "sandbox/faults.hpp"

#include <httplib.h>

#include <functional>
#include <optional>
#include <string>

namespace pes::sandbox {

/// Tells the client, and whoever reads the log, that what comes is a fault that was asked for.
inline constexpr const char* fault_header = "X-Sandbox-Fault";

/// Gives the server its endpoints, each one subject to the faults asked for or drawn.
class Routes {
 public:
  Routes(httplib::Server& server, const Context& context) : server_(server), context_(context) {}

  using Handler = httplib::Server::Handler;
  using UploadHandler = httplib::Server::HandlerWithContentReader;
  /// One that does its work in another way under some faults.
  using FaultedHandler =
      std::function<void(const httplib::Request&, httplib::Response&, const std::optional<Fault>&)>;

  /// @param pattern regular expression that the whole path matches
  void get(const std::string& pattern, Handler handler);
  void get(const std::string& pattern, FaultedHandler handler);
  void post(const std::string& pattern, Handler handler);
  /// The handler reads the body itself, as it comes.
  void upload(const std::string& pattern, UploadHandler handler);

 private:
  httplib::Server& server_;
  const Context& context_;
};

/// Reads what is left of a body and forgets it. An answer sent before the client has sent
/// all may never reach it.
void drain(const httplib::Request& request, const httplib::ContentReader& reader);

/// A page for people, as the services answer when they do not speak their protocol.
void answer_html(httplib::Response& response, int status, const std::string& title);
void redirect(httplib::Response& response, const std::string& url);

}  // namespace pes::sandbox
