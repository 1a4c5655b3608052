#include "signing_key.hpp"

#include "pes/error.hpp"
#include "ui/dates.hpp"
#include "ui/language.hpp"

#include <utility>

namespace pes::cmd {

namespace {

/// Lends a signer that stays open for the next dossier.
class LentSigner final : public port::Signer {
 public:
  /// @param turn of a token, held as long as this lives; may be null
  LentSigner(std::shared_ptr<port::Signer> signer, std::shared_ptr<std::mutex> turn)
      : signer_(std::move(signer)), turn_(std::move(turn)) {
    if (turn_) alone_ = std::unique_lock(*turn_);
  }
  [[nodiscard]] const Certificate& certificate() const override { return signer_->certificate(); }
  void expect(std::size_t signatures) override { signer_->expect(signatures); }
  std::vector<std::byte> sign(port::DigestAlgorithm algorithm,
                              std::span<const std::byte> digest) override {
    return signer_->sign(algorithm, digest);
  }

 private:
  std::shared_ptr<port::Signer> signer_;
  std::shared_ptr<std::mutex> turn_;
  std::unique_lock<std::mutex> alone_;  // after what it locks
};

/// Names the key, its holder and its expiry, as far as they can be read without the PIN.
std::string question_for(const KeyFiles& files) {
  const auto certificate = peek_certificate(files);
  if (!certificate) return say("PIN or password of {1}:", {files.key.filename().native()});
  return say(
      "PIN or password of {1} ({2}, expires on {3}):",
      {files.key.filename().native(), certificate->subject_cn, local_date(certificate->not_after)});
}

std::string question_for(const PinQuestion& pin) {
  if (pin.rank > 0) {
    return say("PIN of the token {1} ({2}), for signature {3} of {4}:",
               {pin.token, pin.holder, std::to_string(pin.rank), std::to_string(pin.total)});
  }
  return say("PIN of the token {1} ({2}, expires on {3}):",
             {pin.token, pin.holder, local_date(pin.expiry)});
}

void warn_of_tries(ui::Console& console, const PinQuestion& pin) {
  if (pin.tries == PinQuestion::Tries::few) {
    console.warning(say("a wrong PIN was given: few tries are left on {1}", {pin.token}));
  }
  if (pin.tries == PinQuestion::Tries::last) {
    console.warning(say("one more wrong PIN blocks {1}", {pin.token}));
  }
}

/// How the PIN of a token is entered, from where the settings of the entity say it is.
PinEntry pin_entry(Session& session, const std::string& id_e) {
  return {.ask =
              [&session, id_e](const PinQuestion& pin) {
                warn_of_tries(session.console(), pin);
                return session.fresh_secret(session.settings().text("sign.pin", id_e),
                                            {.text = question_for(pin), .option = "--pin-from"});
              },
          .announce =
              [&session](const PinQuestion& pin) {
                warn_of_tries(session.console(), pin);
                session.console().note(say("type the PIN of {1} on its reader", {pin.token}));
              }};
}

/// The setting that the option goes into is none of the person's concern.
void require_reference(const std::string& pin_from) {
  try {
    (void)parse_secret_reference(pin_from);
  } catch (const Error& error) {
    throw Error(ErrorCode::usage, fill("--pin-from: {1}", {error.message()}), error.hint());
  }
}

}  // namespace

void add_signing_key_options(Command& command, SigningKeyOptions& options) {
  command
      .add_option("--key", options.key,
                  tr("key that signs: PKCS#12, PEM, or URI of a token (pkcs11:…)"))
      .type_name("<file-or-uri>");
  command
      .add_option("--certificate", options.certificate,
                  tr("its certificate, when it is in another file (PEM)"))
      .type_name("<file>");
  command
      .add_option("--module", options.module,
                  tr("PKCS#11 module of the token; otherwise those of p11-kit"))
      .type_name("<file>");
  command
      .add_option("--pin-from", options.pin_from,
                  tr("where its PIN is: env:NAME, file:path, fd:3, stdin or prompt"))
      .type_name("<reference>");
}

void apply(const SigningKeyOptions& options, Session& session) {
  if (!options.key.empty()) {
    session.override_setting("sign.key", options.key);
    // What the configuration says of another key does not apply to this one.
    session.override_setting("sign.certificate", options.certificate);
    if (!session.environment().get("PES_SIGN_PIN")) session.override_setting("sign.pin", "prompt");
  } else if (!options.certificate.empty()) {
    session.override_setting("sign.certificate", options.certificate);
  }
  if (!options.module.empty()) session.override_setting("sign.module", options.module);
  if (!options.pin_from.empty()) {
    require_reference(options.pin_from);
    session.override_setting("sign.pin", options.pin_from);
  }
}

std::string name_of(const KeyPlace& place) {
  if (const auto* files = std::get_if<KeyFiles>(&place)) {
    return fill("{1}\n{2}", {files->key.native(), files->certificate.native()});
  }
  const auto& token = std::get<TokenPlace>(place);
  return fill("{1}\n{2}\n{3}", {token.uri, token.module.native(), token.certificate.native()});
}

KeyPlace signing_key_place(const Settings& settings, const std::string& id_e) {
  const std::string key = settings.text("sign.key", id_e);
  if (!key.empty() && !is_token_uri(key)) {
    return KeyFiles{.key = settings.path("sign.key", id_e),
                    .certificate = settings.path("sign.certificate", id_e)};
  }
  return TokenPlace{.uri = key.empty() ? "pkcs11:" : key,
                    .module = settings.path("sign.module", id_e),
                    .certificate = settings.path("sign.certificate", id_e)};
}

std::optional<Certificate> certificate_at(const KeyPlace& place, Instant now) {
  if (const auto* files = std::get_if<KeyFiles>(&place)) return peek_certificate(*files);
  const auto& token = std::get<TokenPlace>(place);
  if (!token.certificate.empty())
    return peek_certificate({.key = {}, .certificate = token.certificate});
  return preselected(find_token_keys(token), token, now).certificate;
}

std::unique_ptr<port::Signer> SigningKeys::signer_for(const std::string& id_e) {
  const Opened& opened = opened_at(signing_key_place(session_.settings(), id_e), id_e);
  // NOLINTNEXTLINE(misc-throw-by-value-catch-by-reference): it is copied.
  if (opened.failure) throw *opened.failure;
  return std::make_unique<LentSigner>(opened.signer, opened.turn);
}

const SigningKeys::Opened& SigningKeys::opened_at(const KeyPlace& place, const std::string& id_e) {
  const std::lock_guard alone(mutex_);
  const std::string name = name_of(place);
  auto found = opened_.find(name);
  if (found == opened_.end()) found = opened_.emplace(name, open(place, id_e)).first;
  return found->second;
}

SigningKeys::Opened SigningKeys::open(const KeyPlace& place, const std::string& id_e) {
  const Instant now = session_.clock().now();
  Opened opened;
  try {
    if (const auto* token = std::get_if<TokenPlace>(&place)) {
      opened.signer = open_token_signer(*token, now, pin_entry(session_, id_e));
      opened.turn = std::make_shared<std::mutex>();
    } else {
      opened.signer = open_files(std::get<KeyFiles>(place), id_e);
    }
    require_may_sign(opened.signer->certificate(), now, any_usage_);
  } catch (const Error& error) {
    opened.failure = error;
  }
  return opened;
}

std::unique_ptr<port::Signer> SigningKeys::open_files(const KeyFiles& files,
                                                      const std::string& id_e) {
  // A key that may not sign is refused before its password is asked.
  if (const auto certificate = peek_certificate(files)) {
    require_may_sign(*certificate, session_.clock().now(), any_usage_);
  }
  const std::string reference = session_.settings().text("sign.pin", id_e);
  try {
    return open_signer(files, [&] {
      return session_.secret(reference, {.text = question_for(files), .option = "--pin-from"});
    });
  } catch (const Error& error) {
    if (error.code() != ErrorCode::pin_wrong) throw;
    throw Error(error.code(), error.message(),
                ui::hint_after_wrong_secret(parse_secret_reference(reference)), error.cause());
  }
}

}  // namespace pes::cmd
