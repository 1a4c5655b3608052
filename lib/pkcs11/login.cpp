#include "pkcs11/login.hpp"

#include "pes/error.hpp"
#include "pkcs11/failure.hpp"
#include "pkcs11/token.hpp"
#include "support/text.hpp"

namespace pes::pkcs11 {

namespace {

Error blocked(const std::string& token, std::string_view message) {
  return {ErrorCode::pin_blocked, message,
          say("have {1} unblocked with its own software and its PUK, or by whoever issued it",
              {token})};
}

Error wrong_pin(const std::string& token, PinQuestion::Tries tries) {
  const std::string message = say("this is not the PIN of the token {1}", {token});
  switch (tries) {
    case PinQuestion::Tries::last:
      return {ErrorCode::pin_wrong, message,
              tr("one try is left before the token blocks: do not guess")};
    case PinQuestion::Tries::few:
      return {ErrorCode::pin_wrong, message,
              tr("few tries are left before the token blocks: be sure of the PIN first")};
    case PinQuestion::Tries::unknown:
      break;
  }
  return {ErrorCode::pin_wrong, message,
          tr("it was tried once; the token does not tell how many tries remain, and blocks after "
             "a few")};
}

bool blames_pin(CK_RV answer) {
  return answer == CKR_PIN_INCORRECT || answer == CKR_PIN_INVALID || answer == CKR_PIN_LEN_RANGE;
}

/// The token is asked what is left after the refusal.
Error refused_pin(const Session& session) {
  const CK_TOKEN_INFO info = token_info(session);
  if ((info.flags & CKF_USER_PIN_LOCKED) != 0) {
    return blocked(
        session.token(),
        say("this was not the PIN of the token {1}, which is now blocked", {session.token()}));
  }
  return wrong_pin(session.token(), tries_left(info, session.token()));
}

CK_RV attempt(const Session& session, CK_USER_TYPE user, const Secret* pin) {
  CK_FUNCTION_LIST& functions = session.functions();
  if (pin == nullptr) return functions.C_Login(session.handle(), user, nullptr, 0);
  // PKCS#11 takes a pointer to bytes that it does not change.
  auto* const bytes = reinterpret_cast<CK_UTF8CHAR*>(const_cast<char*>(pin->reveal().data()));
  return functions.C_Login(session.handle(), user, bytes, pin->reveal().size());
}

}  // namespace

bool has_keypad(const CK_TOKEN_INFO& info) {
  return (info.flags & CKF_PROTECTED_AUTHENTICATION_PATH) != 0;
}

PinQuestion::Tries tries_left(const CK_TOKEN_INFO& info, const std::string& token) {
  if ((info.flags & CKF_USER_PIN_LOCKED) != 0) {
    throw blocked(token, say("the PIN of the token {1} is blocked", {token}));
  }
  if ((info.flags & CKF_USER_PIN_INITIALIZED) == 0 && !has_keypad(info)) {
    throw Error(ErrorCode::key_unsupported, say("the token {1} has no PIN yet", {token}),
                tr("set one with the token's own software"));
  }
  if ((info.flags & CKF_USER_PIN_FINAL_TRY) != 0) return PinQuestion::Tries::last;
  if ((info.flags & CKF_USER_PIN_COUNT_LOW) != 0) return PinQuestion::Tries::few;
  return PinQuestion::Tries::unknown;
}

void log_in(const Session& session, CK_USER_TYPE user, const Secret* pin) {
  const CK_RV answer = attempt(session, user, pin);
  // Another session of this process is logged in already: so is this one.
  if (answer == CKR_OK || answer == CKR_USER_ALREADY_LOGGED_IN) return;
  if (answer == CKR_PIN_LOCKED) {
    throw blocked(session.token(), say("the PIN of the token {1} is blocked", {session.token()}));
  }
  if (blames_pin(answer)) throw refused_pin(session);
  throw failure(answer, session.token());
}

}  // namespace pes::pkcs11
