#include "crypto/openssl_errors.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include <array>

namespace pes::crypto {

namespace {

/// Decoders say "unsupported" of any bytes they cannot read, so only the layers that look
/// algorithms up are believed.
bool names_an_algorithm(unsigned long error) {
  const int reason = ERR_GET_REASON(error);
  switch (ERR_GET_LIB(error)) {
    case ERR_LIB_EVP:
      return reason == ERR_R_UNSUPPORTED || reason == ERR_R_FETCH_FAILED ||
             reason == EVP_R_UNSUPPORTED_ALGORITHM || reason == EVP_R_UNKNOWN_PBE_ALGORITHM ||
             reason == EVP_R_UNSUPPORTED_CIPHER || reason == EVP_R_UNKNOWN_CIPHER ||
             reason == EVP_R_UNKNOWN_DIGEST || reason == EVP_R_UNSUPPORTED_PRF ||
             reason == EVP_R_UNSUPPORTED_KEY_DERIVATION_FUNCTION;
    case ERR_LIB_PEM:
      return reason == PEM_R_UNSUPPORTED_ENCRYPTION;
    default:
      return false;
  }
}

bool blames_password(unsigned long error) {
  const int reason = ERR_GET_REASON(error);
  switch (ERR_GET_LIB(error)) {
    case ERR_LIB_PKCS12:
      return reason == PKCS12_R_MAC_VERIFY_FAILURE || reason == PKCS12_R_PKCS12_CIPHERFINAL_ERROR;
    case ERR_LIB_PEM:
      return reason == PEM_R_BAD_DECRYPT;
    case ERR_LIB_EVP:
      return reason == EVP_R_BAD_DECRYPT;
    default:
      return false;
  }
}

}  // namespace

OpenSslErrors drain_errors() {
  OpenSslErrors errors;
  while (const unsigned long error = ERR_get_error()) {
    std::array<char, 256> line{};
    ERR_error_string_n(error, line.data(), line.size());
    if (!errors.text.empty()) errors.text += "; ";
    errors.text += line.data();
    errors.unsupported_algorithm = errors.unsupported_algorithm || names_an_algorithm(error);
    errors.wrong_password = errors.wrong_password || blames_password(error);
  }
  return errors;
}

}  // namespace pes::crypto
