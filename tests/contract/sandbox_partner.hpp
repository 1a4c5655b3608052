#pragma once

#include "contract/trouble.hpp"
#include "pes/adapters.hpp"
#include "pes/sandbox.hpp"
#include "support/scratch.hpp"

#include <memory>
#include <string>

namespace pes::test {

/// The sandbox in this process, in a folder of its own, where nothing moves but by ticks.
/// Faults come from its `faults.json`.
class SandboxPartner {
 public:
  enum class Account { agent, archivist, depositor };

  SandboxPartner();

  [[nodiscard]] const std::filesystem::path& folder() const { return options_.folder; }
  [[nodiscard]] const sandbox::Server& server() const { return *server_; }

  HttpsAccess access(const std::string& url, Account account) const;
  /// The same with another login, whose password is in a file of the sandbox's identities.
  HttpsAccess access(const std::string& url, const std::string& login,
                     const std::string& password_file) const;

  /// The nth exchange from now suffers this, and no other.
  void trouble_exchange(int nth, Trouble trouble);
  /// By one step. False when nothing was left to move.
  bool advance();

 private:
  Scratch scratch_;
  sandbox::Options options_;
  sandbox::Identities identities_;
  std::unique_ptr<sandbox::Server> server_;
  int troubles_ = 0;
};

/// An access whose password is none that any account has.
HttpsAccess with_wrong_password(HttpsAccess access);
/// To a port where nobody listens.
HttpsAccess to_nobody(HttpsAccess access);

}  // namespace pes::test
