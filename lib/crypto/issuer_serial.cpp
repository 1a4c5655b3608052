#include "crypto/issuer_serial.hpp"

#include "crypto/distinguished_name.hpp"
#include "crypto/openssl_errors.hpp"
#include "crypto/openssl_handles.hpp"
#include "crypto/openssl_octets.hpp"

#include <openssl/x509v3.h>

namespace pes::crypto {

namespace {

inline void free_values(ASN1_SEQUENCE_ANY* values) noexcept {
  sk_ASN1_TYPE_pop_free(values, ASN1_TYPE_free);
}

using Sequence = Owned<ASN1_SEQUENCE_ANY, free_values>;
using Names = Owned<GENERAL_NAMES, GENERAL_NAMES_free>;

Names names_in(const ASN1_TYPE& value) {
  if (value.type != V_ASN1_SEQUENCE) return nullptr;
  const unsigned char* cursor = value.value.sequence->data;
  return Names(d2i_GENERAL_NAMES(nullptr, &cursor, value.value.sequence->length));
}

std::string decimal(const ASN1_INTEGER& integer) {
  const BigNumber number(ASN1_INTEGER_to_BN(&integer, nullptr));
  const Text digits(number ? BN_bn2dec(number.get()) : nullptr);
  return digits ? digits.get() : "";
}

std::optional<IssuerSerial> read(std::span<const std::byte> der) {
  const unsigned char* cursor = octets(der);
  const Sequence parts(d2i_ASN1_SEQUENCE_ANY(nullptr, &cursor, static_cast<long>(der.size())));
  if (!parts || sk_ASN1_TYPE_num(parts.get()) < 2) return std::nullopt;
  const Names names = names_in(*sk_ASN1_TYPE_value(parts.get(), 0));
  const ASN1_TYPE& serial = *sk_ASN1_TYPE_value(parts.get(), 1);
  if (!names || sk_GENERAL_NAME_num(names.get()) != 1 || serial.type != V_ASN1_INTEGER) {
    return std::nullopt;
  }
  const GENERAL_NAME* const name = sk_GENERAL_NAME_value(names.get(), 0);
  if (name->type != GEN_DIRNAME) return std::nullopt;
  return IssuerSerial{java_rfc2253(*name->d.directoryName), decimal(*serial.value.integer)};
}

}  // namespace

std::optional<IssuerSerial> read_issuer_serial(std::span<const std::byte> der) {
  std::optional<IssuerSerial> found = read(der);
  drain_errors();
  return found;
}

}  // namespace pes::crypto
