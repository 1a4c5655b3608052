#include "crypto/distinguished_name.hpp"

#include "crypto/openssl_errors.hpp"
#include "crypto/openssl_handles.hpp"
#include "support/encoding.hpp"

#include <openssl/objects.h>

#include <array>
#include <optional>

namespace pes::crypto {

namespace {

const char* keyword(int nid) {
  switch (nid) {
    case NID_commonName:
      return "CN";
    case NID_countryName:
      return "C";
    case NID_organizationName:
      return "O";
    case NID_organizationalUnitName:
      return "OU";
    case NID_localityName:
      return "L";
    case NID_stateOrProvinceName:
      return "ST";
    case NID_streetAddress:
      return "STREET";
    case NID_domainComponent:
      return "DC";
    case NID_userId:
      return "UID";
    default:
      return nullptr;
  }
}

/// The text of the string types that Java prints as text.
std::optional<std::string> utf8(const ASN1_STRING& value) {
  switch (ASN1_STRING_type(&value)) {
    case V_ASN1_PRINTABLESTRING:
    case V_ASN1_T61STRING:
    case V_ASN1_IA5STRING:
    case V_ASN1_BMPSTRING:
    case V_ASN1_UTF8STRING:
      break;
    default:
      return std::nullopt;
  }
  unsigned char* bytes = nullptr;
  const int length = ASN1_STRING_to_UTF8(&bytes, &value);
  if (length < 0) {
    drain_errors();
    return std::nullopt;
  }
  const Memory owner(bytes);
  return std::string(as_text(std::as_bytes(std::span(bytes, static_cast<std::size_t>(length)))));
}

std::string der_hex(const ASN1_STRING& value) {
  const Asn1Value any(ASN1_TYPE_new());
  ASN1_TYPE_set1(any.get(), ASN1_STRING_type(&value), &value);
  unsigned char* bytes = nullptr;
  const int length = i2d_ASN1_TYPE(any.get(), &bytes);
  if (length < 0) return {};
  const Memory owner(bytes);
  return hex(std::as_bytes(std::span(bytes, static_cast<std::size_t>(length))));
}

bool is_blank(char c) { return c == ' ' || c == '\r'; }

std::string escaped(std::string_view text) {
  constexpr std::string_view special = ",=+<>#;\"\\";
  std::string result;
  for (const char c : text) {
    if (c == '\0') {
      result += "\\00";
      continue;
    }
    if (special.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  std::size_t lead = 0;
  while (lead < result.size() && is_blank(result[lead])) ++lead;
  std::size_t trail = result.size();
  while (trail > lead && is_blank(result[trail - 1])) --trail;
  std::string blanks_escaped;
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (i < lead || i >= trail) blanks_escaped += '\\';
    blanks_escaped += result[i];
  }
  return blanks_escaped;
}

std::string part(const X509_NAME_ENTRY& entry) {
  const ASN1_OBJECT* const type = X509_NAME_ENTRY_get_object(&entry);
  const ASN1_STRING* const value = X509_NAME_ENTRY_get_data(&entry);
  const char* const known = keyword(OBJ_obj2nid(type));
  const std::string name = known == nullptr ? dotted(*type) : known;
  const std::optional<std::string> text = known == nullptr ? std::nullopt : utf8(*value);
  return name + "=" + (text ? escaped(*text) : "#" + der_hex(*value));
}

/// nullopt when there is none, or none that is text.
std::optional<std::string> most_specific(const X509_NAME& name, int nid) {
  int last = -1;
  while (true) {
    const int next = X509_NAME_get_index_by_NID(&name, nid, last);
    if (next < 0) break;
    last = next;
  }
  if (last < 0) return std::nullopt;
  return utf8(*X509_NAME_ENTRY_get_data(X509_NAME_get_entry(&name, last)));
}

}  // namespace

std::string dotted(const ASN1_OBJECT& type) {
  std::array<char, 128> buffer{};
  OBJ_obj2txt(buffer.data(), static_cast<int>(buffer.size()), &type, 1);
  return buffer.data();
}

std::string java_rfc2253(const X509_NAME& name) {
  std::string result;
  // Entries of one group are the values of a multi-valued part, whose order is kept.
  int end = X509_NAME_entry_count(&name);
  while (end > 0) {
    int begin = end - 1;
    const int group = X509_NAME_ENTRY_set(X509_NAME_get_entry(&name, begin));
    while (begin > 0 && X509_NAME_ENTRY_set(X509_NAME_get_entry(&name, begin - 1)) == group) {
      --begin;
    }
    if (!result.empty()) result += ',';
    for (int i = begin; i < end; ++i) {
      if (i != begin) result += '+';
      result += part(*X509_NAME_get_entry(&name, i));
    }
    end = begin;
  }
  return result;
}

std::string common_name(const X509_NAME& name) {
  const std::optional<std::string> text = most_specific(name, NID_commonName);
  return text ? *text : java_rfc2253(name);
}

std::string organization(const X509_NAME& name) {
  return most_specific(name, NID_organizationName).value_or("");
}

}  // namespace pes::crypto
