#pragma once

#include "pes/sandbox.hpp"

#include <httplib.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

namespace pes::test {

std::string content_of(const std::filesystem::path& file);

/// An HTTPS client that knows nothing of `pes`: httplib's, with the test identities.
class Client {
 public:
  struct Login {
    std::string name;
    std::string password;
  };

  /// @param url as Server::tdt_url gives it
  Client(const std::string& url, const sandbox::Identities& identities);
  /// With another client certificate than the prepared one.
  Client(const std::string& url, const sandbox::Identities& identities,
         const std::filesystem::path& certificate, const std::filesystem::path& key);

  void log_in(const Login& login) { http_->set_basic_auth(login.name, login.password); }
  httplib::SSLClient& http() { return *http_; }

  /// The answer; the test fails where there is none.
  httplib::Response get(const std::string& target);
  httplib::Response post(const std::string& target, const httplib::MultipartFormDataItems& form);

 private:
  std::unique_ptr<httplib::SSLClient> http_;
};

Client::Login agent(const sandbox::Identities& identities);
Client::Login archivist(const sandbox::Identities& identities);
/// With the SHA-256 of the password, as as@lae wants it.
Client::Login depositor(const sandbox::Identities& identities);

/// A running sandbox in a folder and a client logged in as the agent.
struct Bench {
  explicit Bench(sandbox::Options options);

  /// Imports a flow; the body of the answer.
  std::string import(const std::string& bytes, const std::string& name = "flux.xml");
  /// Imports a flow that must be accepted; its number.
  std::string import_accepted(const std::string& bytes);
  /// `<status>` of the answer.
  std::string status(const std::string& id);
  std::string message(const std::string& id);

  sandbox::Identities identities;
  std::unique_ptr<sandbox::Server> server;
  Client client;
};

/// Options for a folder, where identities made once for all tests are put: RSA keys are slow
/// to make.
sandbox::Options options_in(const std::filesystem::path& folder);

/// The text between `<name>` and `</name>`; empty when there is none.
std::string element(const std::string& xml, const std::string& name);

}  // namespace pes::test
