#pragma once

#include "sandbox/context.hpp"

#include <httplib.h>

#include <functional>
#include <string>

namespace pes::sandbox {

/// Gives the server its endpoints, each one subject to the faults of `faults.json`.
class Routes {
 public:
  Routes(httplib::Server& server, const Context& context) : server_(server), context_(context) {}

  using Handler = httplib::Server::Handler;
  using UploadHandler = httplib::Server::HandlerWithContentReader;

  /// @param pattern regular expression that the whole path matches
  void get(const std::string& pattern, Handler handler);
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
