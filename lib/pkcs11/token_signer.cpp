#include "crypto/certificate.hpp"
#include "crypto/key_reading.hpp"
#include "crypto/pem_file.hpp"
#include "pes/error.hpp"
#include "pes/token.hpp"
#include "pkcs11/digest_info.hpp"
#include "pkcs11/find_token_keys.hpp"
#include "pkcs11/key_uri.hpp"
#include "pkcs11/login.hpp"
#include "pkcs11/private_key.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace pes {

namespace pkcs11 {

namespace {

class TokenSigner final : public port::Signer {
 public:
  TokenSigner(Token token, Certificate certificate, std::string id, PinEntry entry)
      : token_(std::move(token)),
        certificate_(std::move(certificate)),
        id_(std::move(id)),
        entry_(std::move(entry)),
        session_(token_.open()) {}

  [[nodiscard]] const Certificate& certificate() const override { return certificate_; }

  void expect(std::size_t signatures) override {
    rank_ = 0;
    total_ = signatures;
  }

  std::vector<std::byte> sign(port::DigestAlgorithm algorithm,
                              std::span<const std::byte> digest) override {
    // NOLINTNEXTLINE(misc-throw-by-value-catch-by-reference): it is copied.
    if (refusal_) throw *refusal_;
    ++rank_;
    if (!key_) open_key();
    return signature_of(digest_info(algorithm, digest));
  }

 private:
  /// The PIN that opens the session is kept for the first signature of a key that wants it
  /// each time, and no longer.
  void open_key() {
    std::optional<Secret> pin = enter(CKU_USER, 0);
    key_ = find_private_key(*session_, certificate_, id_);
    if (key_->always_authenticate) fresh_pin_ = std::move(pin);
  }

  /// Asks for the PIN and tries it once; nothing when it was typed on the reader.
  std::optional<Secret> enter(CK_USER_TYPE user, std::size_t rank) {
    const CK_TOKEN_INFO info = token_info(*session_);
    const PinQuestion question{session_->token(),
                               certificate_.subject_cn,
                               certificate_.not_after,
                               tries_or_refuse(info),
                               rank,
                               rank == 0 ? 0 : total_};
    std::optional<Secret> pin;
    if (has_keypad(info)) {
      entry_.announce(question);
    } else {
      pin = entry_.ask(question);
    }
    log_in_once(user, pin);
    return pin;
  }

  PinQuestion::Tries tries_or_refuse(const CK_TOKEN_INFO& info) {
    try {
      return tries_left(info, session_->token());
    } catch (const Error& error) {
      refusal_ = error;
      throw;
    }
  }

  void log_in_once(CK_USER_TYPE user, const std::optional<Secret>& pin) {
    try {
      log_in(*session_, user, pin ? &*pin : nullptr);
    } catch (const Error& error) {
      refusal_ = error;
      throw;
    }
  }

  std::vector<std::byte> signature_of(Bytes info) {
    CK_MECHANISM mechanism{CKM_RSA_PKCS, nullptr, 0};
    CK_FUNCTION_LIST& functions = session_->functions();
    session_->require_ok(functions.C_SignInit(session_->handle(), &mechanism, key_->object));
    if (key_->always_authenticate) authenticate_signature();
    std::vector<std::byte> value(largest_signature);
    CK_ULONG length = value.size();
    session_->require_ok(functions.C_Sign(session_->handle(),
                                          reinterpret_cast<CK_BYTE_PTR>(info.data()), info.size(),
                                          reinterpret_cast<CK_BYTE_PTR>(value.data()), &length));
    value.resize(length);
    return value;
  }

  void authenticate_signature() {
    if (!fresh_pin_) {
      enter(CKU_CONTEXT_SPECIFIC, rank_);
      return;
    }
    const std::optional<Secret> pin = std::exchange(fresh_pin_, std::nullopt);
    log_in_once(CKU_CONTEXT_SPECIFIC, pin);
  }

  static constexpr std::size_t largest_signature = 2048;  // bytes: RSA of 16384 bits

  Token token_;
  Certificate certificate_;
  std::string id_;  // CKA_ID; empty: the key is known by its modulus alone
  PinEntry entry_;
  std::shared_ptr<Session> session_;
  std::optional<PrivateKey> key_;
  std::optional<Secret> fresh_pin_;
  std::optional<Error> refusal_;
  std::size_t rank_ = 0;
  std::size_t total_ = 0;
};

Certificate certificate_in_file(const std::filesystem::path& file) {
  std::vector<Certificate> certificates = crypto::certificates_in_pem(crypto::read_key_file(file));
  if (certificates.empty()) {
    throw Error(ErrorCode::key_missing, say("there is no certificate in {1}", {file.native()}),
                tr("give the PEM file of the certificate as well"));
  }
  return std::move(certificates.front());
}

/// The only token that the URI fits: without certificate, nothing else tells them apart.
Token only_token(const TokenPlace& place) {
  std::vector<Token> tokens = tokens_at(place, parse_uri(place.uri));
  if (tokens.size() == 1) return std::move(tokens.front());
  if (tokens.empty()) {
    throw Error(ErrorCode::key_missing, say("no token fits {1}", {place.uri}),
                tr("insert the card or token, and see what is found on it: pes keys list"));
  }
  throw Error(ErrorCode::answer_needed, say("several tokens fit {1}", {place.uri}),
              tr("name one: pkcs11:token=…"));
}

}  // namespace

}  // namespace pkcs11

std::unique_ptr<port::Signer> open_token_signer(const TokenPlace& place, Instant now,
                                                PinEntry entry) {
  using namespace pkcs11;
  if (!place.certificate.empty()) {
    return std::make_unique<TokenSigner>(only_token(place), certificate_in_file(place.certificate),
                                         std::string(), std::move(entry));
  }
  const std::vector<Candidate> candidates = candidates_at(place);
  std::vector<TokenKey> keys;
  keys.reserve(candidates.size());
  for (const Candidate& candidate : candidates) keys.push_back(candidate.key);
  const TokenKey& chosen = preselected(keys, place, now);
  const Candidate& candidate = candidates[static_cast<std::size_t>(&chosen - keys.data())];
  return std::make_unique<TokenSigner>(candidate.token, candidate.stored.certificate,
                                       candidate.stored.id, std::move(entry));
}

}  // namespace pes
