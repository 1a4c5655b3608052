#pragma once

#include "pes/adapters.hpp"
#include "pes/sandbox.hpp"
#include "pes/time_stamp.hpp"
#include "support/scratch.hpp"

#include <memory>
#include <string>

namespace pes::test {

// SHA-256 of "abc" (FIPS 180-4, first example) and of nothing.
inline const std::string sha256_of_abc =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
inline const std::string sha256_of_nothing =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// The sandbox's time-stamping authority, as a real server.
class SandboxAuthority {
 public:
  SandboxAuthority()
      : identities_(sandbox::prepare(folder())), server_(sandbox::start({.folder = folder()})) {}

  [[nodiscard]] std::unique_ptr<port::Tsa> tsa() const {
    return make_rfc3161({.https = {.url = server_->tsa_url(),
                                   .ca = identities_.ca,
                                   .certificate = identities_.client_certificate,
                                   .key = identities_.client_key},
                         .is_sandbox = true});
  }
  [[nodiscard]] TimeStampAuthorities authorities() const {
    return TimeStampAuthorities(identities_.ca);
  }

 private:
  /// One for all tests of the process: its keys cost a second.
  static std::filesystem::path folder() {
    static const Scratch scratch;
    return scratch.path() / "sandbox";
  }

  sandbox::Identities identities_;
  std::unique_ptr<sandbox::Server> server_;
};

}  // namespace pes::test
