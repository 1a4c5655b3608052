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
  explicit LentSigner(std::shared_ptr<port::Signer> signer) : signer_(std::move(signer)) {}
  [[nodiscard]] const Certificate& certificate() const override { return signer_->certificate(); }
  std::vector<std::byte> sign(port::DigestAlgorithm algorithm,
                              std::span<const std::byte> digest) override {
    return signer_->sign(algorithm, digest);
  }

 private:
  std::shared_ptr<port::Signer> signer_;
};

/// Names the key, its holder and its expiry, as far as they can be read without the PIN.
std::string question_for(const KeyFiles& files) {
  const auto certificate = peek_certificate(files);
  if (!certificate) return say("PIN or password of {1}:", {files.key.filename().native()});
  return say(
      "PIN or password of {1} ({2}, expires on {3}):",
      {files.key.filename().native(), certificate->subject_cn, local_date(certificate->not_after)});
}

}  // namespace

void add_signing_key_options(CLI::App& command, SigningKeyOptions& options) {
  command.add_option("--key", options.key, tr("key that signs (PKCS#12 or PEM)"))
      ->type_name("<file>");
  command
      .add_option("--certificate", options.certificate,
                  tr("its certificate, when it is in another file (PEM)"))
      ->type_name("<file>");
  command
      .add_option("--pin-from", options.pin_from,
                  tr("where its PIN is: env:NAME, file:path, fd:3, stdin or prompt"))
      ->type_name("<reference>");
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
  if (!options.pin_from.empty()) session.override_setting("sign.pin", options.pin_from);
}

KeyFiles signing_key_files(const Settings& settings, const std::string& id_e) {
  KeyFiles files{.key = settings.path("sign.key", id_e),
                 .certificate = settings.path("sign.certificate", id_e)};
  if (files.key.empty()) {
    throw Error(ErrorCode::key_missing, "Aucun certificat de signature détecté",
                tr("name the key: --key <file>, or sign.key in pes.toml"));
  }
  return files;
}

std::unique_ptr<port::Signer> SigningKeys::signer_for(const std::string& id_e) {
  const KeyFiles files = signing_key_files(session_.settings(), id_e);
  const std::string name = files.key.native() + '\n' + files.certificate.native();
  auto found = opened_.find(name);
  if (found == opened_.end()) found = opened_.emplace(name, open(files, id_e)).first;
  if (found->second.failure) throw *found->second.failure;
  return std::make_unique<LentSigner>(found->second.signer);
}

SigningKeys::Opened SigningKeys::open(const KeyFiles& files, const std::string& id_e) {
  Opened opened;
  try {
    // A key that may not sign is refused before its PIN is asked.
    if (const auto certificate = peek_certificate(files)) {
      require_may_sign(*certificate, session_.clock().now(), any_usage_);
    }
    opened.signer = open_signer(files, [&] {
      return session_.secret(session_.settings().text("sign.pin", id_e),
                             {.text = question_for(files), .option = "--pin-from"});
    });
  } catch (const Error& error) {
    opened.failure = error;
  }
  return opened;
}

}  // namespace pes::cmd
