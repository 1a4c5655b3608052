#include "crypto/distinguished_name.hpp"
#include "crypto/openssl_errors.hpp"
#include "crypto/openssl_handles.hpp"
#include "support/encoding.hpp"
#include "support/text.hpp"

#include <openssl/asn1.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pes::crypto {

namespace {

/// Type in lower case, one spelling each; value in lower case, blanks joined.
using Part = std::pair<std::string, std::string>;

constexpr auto spellings = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"2.5.4.3", "cn"},
    {"2.5.4.4", "surname"},
    {"2.5.4.5", "serialnumber"},
    {"2.5.4.6", "c"},
    {"2.5.4.7", "l"},
    {"2.5.4.8", "st"},
    {"2.5.4.9", "street"},
    {"2.5.4.10", "o"},
    {"2.5.4.11", "ou"},
    {"2.5.4.12", "title"},
    {"2.5.4.42", "givenname"},
    {"2.5.4.97", "organizationidentifier"},
    {"0.9.2342.19200300.100.1.1", "uid"},
    {"0.9.2342.19200300.100.1.25", "dc"},
    {"1.2.840.113549.1.9.1", "emailaddress"},
    {"e", "emailaddress"},
    {"email", "emailaddress"},
    {"gn", "givenname"},
    {"s", "st"},
    {"sn", "surname"},
    {"t", "title"},
});

std::string type_of(std::string_view written) {
  std::string lowered = lowered_ascii(trimmed(written));
  if (lowered.starts_with("oid.")) lowered.erase(0, 4);
  for (const auto& [spelling, type] : spellings) {
    if (lowered == spelling) return std::string(type);
  }
  return lowered;
}

std::optional<unsigned> hex_pair(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  unsigned value = 0;
  for (const char c : text.substr(0, 2)) {
    const std::size_t digit = std::string_view("0123456789abcdef").find(lowered_ascii({&c, 1}));
    if (digit == std::string_view::npos) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(digit);
  }
  return value;
}

/// The text of `#` hex, when the DER in it is a string.
std::optional<std::string> decoded_der(std::string_view digits) {
  std::vector<unsigned char> der;
  for (; !digits.empty(); digits.remove_prefix(2)) {
    const std::optional<unsigned> byte = hex_pair(digits);
    if (!byte) return std::nullopt;
    der.push_back(static_cast<unsigned char>(*byte));
  }
  const unsigned char* cursor = der.data();
  const Asn1Value any(d2i_ASN1_TYPE(nullptr, &cursor, static_cast<long>(der.size())));
  unsigned char* bytes = nullptr;
  const bool is_string =
      any && any->type != V_ASN1_BOOLEAN && any->type != V_ASN1_NULL && any->type != V_ASN1_OBJECT;
  const int length = is_string ? ASN1_STRING_to_UTF8(&bytes, any->value.asn1_string) : -1;
  if (length < 0) {
    drain_errors();
    return std::nullopt;
  }
  const Memory owner(bytes);
  return std::string(as_text(std::as_bytes(std::span(bytes, static_cast<std::size_t>(length)))));
}

std::string normalised(std::string_view value) {
  std::string result;
  for (const char c : trimmed(value)) {
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (blank && result.ends_with(' ')) continue;
    result += blank ? ' ' : c;
  }
  return lowered_ascii(result);
}

/// Reads one value up to an unescaped separator and removes both from `rest`.
std::optional<std::string> take_value(std::string_view& rest) {
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  const bool is_der = rest.starts_with('#');
  bool quoted = false;
  std::string value;
  while (!rest.empty()) {
    const char c = rest.front();
    rest.remove_prefix(1);
    if (c == '"') {
      quoted = !quoted;
    } else if (c == '\\' && !rest.empty()) {
      const std::optional<unsigned> byte = hex_pair(rest);
      value += byte ? static_cast<char>(*byte) : rest.front();
      rest.remove_prefix(byte ? 2 : 1);
    } else if (!quoted && (c == ',' || c == ';' || c == '+')) {
      break;
    } else {
      value += c;
    }
  }
  return is_der ? decoded_der(trimmed(std::string_view(value).substr(1))) : std::optional(value);
}

std::optional<std::vector<Part>> parts_of(std::string_view rest) {
  std::vector<Part> parts;
  while (!trimmed(rest).empty()) {
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string type = type_of(rest.substr(0, equals));
    rest.remove_prefix(equals + 1);
    const std::optional<std::string> value = take_value(rest);
    if (!value) return std::nullopt;
    parts.emplace_back(type, normalised(*value));
  }
  return parts;
}

}  // namespace

bool same_distinguished_name(std::string_view left, std::string_view right) {
  std::optional<std::vector<Part>> ours = parts_of(left);
  const std::optional<std::vector<Part>> theirs = parts_of(right);
  if (!ours || !theirs) return false;
  if (*ours == *theirs) return true;
  std::reverse(ours->begin(), ours->end());
  return *ours == *theirs;
}

}  // namespace pes::crypto
