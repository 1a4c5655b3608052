#include "pkcs11/failure.hpp"

#include "pkcs11/p11_kit.hpp"
#include "support/text.hpp"

namespace pes::pkcs11 {

namespace {

bool is_gone(CK_RV answer) {
  switch (answer) {
    case CKR_DEVICE_REMOVED:
    case CKR_TOKEN_NOT_PRESENT:
    case CKR_SESSION_HANDLE_INVALID:
    case CKR_SESSION_CLOSED:
    case CKR_OBJECT_HANDLE_INVALID:
    case CKR_KEY_HANDLE_INVALID:
      return true;
    default:
      return false;
  }
}

}  // namespace

Error failure(CK_RV answer, std::string_view token) {
  const char* const words = p11::strerror(answer);
  const std::string_view cause = words == nullptr ? "" : words;
  if (is_gone(answer)) {
    return {ErrorCode::key_missing, say("the token {1} is no longer there", {token}),
            tr("put it back, then run the command again: nothing was signed by halves"), cause};
  }
  if (answer == CKR_FUNCTION_CANCELED || answer == CKR_CANCEL) {
    return {ErrorCode::cancelled,
            say("the entry on the reader of {1} was cancelled", {token}),
            {},
            cause};
  }
  if (answer == CKR_MECHANISM_INVALID || answer == CKR_KEY_TYPE_INCONSISTENT ||
      answer == CKR_KEY_FUNCTION_NOT_PERMITTED) {
    return {ErrorCode::key_unsupported,
            say("the key on the token {1} does not sign in the way a PES wants (RSA, PKCS#1 v1.5)",
                {token}),
            tr("choose another key: pes keys list"), cause};
  }
  return {ErrorCode::key_unsupported, say("the token {1} refuses: {2}", {token, cause}),
          tr("see whether its own software still reads it, then try again"), cause};
}

void require_ok(CK_RV answer, std::string_view token) {
  if (answer != CKR_OK) throw failure(answer, token);
}

}  // namespace pes::pkcs11
