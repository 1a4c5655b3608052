#pragma once

#include "pes/flow.hpp"
#include "pes/signature.hpp"
#include "pes/token.hpp"
#include "session.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

namespace pes::cmd {

/// What the command line says of the key, instead of the configuration.
struct SigningKeyOptions {
  std::string key, certificate, module, pin_from;
};
void add_signing_key_options(Command& command, SigningKeyOptions& options);
/// Before the settings are first asked for.
void apply(const SigningKeyOptions& options, Session& session);

/// A key in files or on a token.
using KeyPlace = std::variant<KeyFiles, TokenPlace>;

/// What tells a key from another.
std::string name_of(const KeyPlace& place);

/// Where the key of an entity is; any token when none is named.
KeyPlace signing_key_place(const Settings& settings, const std::string& id_e);

/// The certificate that would sign, as far as it can be read without PIN. Throws as
/// `peek_certificate`, `find_token_keys` and `preselected`.
std::optional<Certificate> certificate_at(const KeyPlace& place, Instant now);

/// The keys of a batch: each opened once, so that its PIN is asked once, and never again
/// when it was wrong. For several threads.
class SigningKeys {
 public:
  /// @param any_usage as for `require_may_sign`
  SigningKeys(Session& session, bool any_usage) : session_(session), any_usage_(any_usage) {}

  /// Throws what `open_signer` and `open_token_signer` throw, again and without a second try
  /// for the same key. A token is one signer's at a time: the next one waits until that is gone.
  std::unique_ptr<port::Signer> signer_for(const std::string& id_e);

 private:
  struct Opened {
    std::shared_ptr<port::Signer> signer;
    std::optional<Error> failure;
    std::shared_ptr<std::mutex> turn;  // of those who use a token; null for files
  };

  const Opened& opened_at(const KeyPlace& place, const std::string& id_e);
  Opened open(const KeyPlace& place, const std::string& id_e);
  std::unique_ptr<port::Signer> open_files(const KeyFiles& files, const std::string& id_e);

  Session& session_;
  bool any_usage_;
  std::mutex mutex_;
  std::map<std::string, Opened> opened_;
};

}  // namespace pes::cmd
