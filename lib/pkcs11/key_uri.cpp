#include "pkcs11/key_uri.hpp"

#include "pes/error.hpp"
#include "pes/token.hpp"
#include "support/text.hpp"

#include <new>

namespace pes {

namespace pkcs11 {

namespace {

Uri new_uri() {
  Uri uri(p11::uri_new());
  if (!uri) throw std::bad_alloc();
  return uri;
}

/// The query after `?`: only there can a PIN be.
bool names_a_pin(const P11KitUri& uri) {
  return p11::uri_get_pin_value(&uri) != nullptr || p11::uri_get_pin_source(&uri) != nullptr;
}

void set_attribute(const Uri& uri, CK_ATTRIBUTE_TYPE type, std::string_view value) {
  if (value.empty()) return;
  std::string copy(value);
  CK_ATTRIBUTE attribute{type, copy.data(), copy.size()};
  p11::uri_set_attribute(uri.get(), &attribute);
}

}  // namespace

Uri parse_uri(std::string_view text) {
  Uri uri = new_uri();
  const int result = p11::uri_parse(std::string(text).c_str(), P11_KIT_URI_FOR_ANY, uri.get());
  // Not even in an error is the text of a URI with a PIN repeated.
  if (result == P11_KIT_URI_OK && names_a_pin(*uri)) {
    throw Error(ErrorCode::config_invalid, tr("a PIN is not written in the URI of a key"),
                tr("take pin-value and pin-source out, and say where the PIN is: --pin-from, or "
                   "sign.pin"));
  }
  if (result != P11_KIT_URI_OK) {
    const char* const words = p11::uri_message(result);
    throw Error(ErrorCode::config_invalid, tr("this is not the URI of a key on a token"),
                tr("copy it from pes keys list: pkcs11:token=…;id=…"),
                words == nullptr ? "" : words);
  }
  if (p11::uri_any_unrecognized(uri.get()) != 0) {
    throw Error(ErrorCode::config_invalid,
                tr("the URI of the key has an attribute that is not known"),
                tr("copy it from pes keys list: pkcs11:token=…;id=…"));
  }
  return uri;
}

std::filesystem::path module_path(const Uri& uri) {
  const char* const path = p11::uri_get_module_path(uri.get());
  return path == nullptr ? std::filesystem::path() : std::filesystem::path(path);
}

std::string format_uri(const CK_TOKEN_INFO& token, std::string_view id, std::string_view label,
                       const std::filesystem::path& module) {
  const Uri uri = new_uri();
  *p11::uri_get_token_info(uri.get()) = token;
  set_attribute(uri, CKA_ID, id);
  set_attribute(uri, CKA_LABEL, label);
  if (!module.empty()) p11::uri_set_module_path(uri.get(), module.c_str());
  char* text = nullptr;
  const int result =
      p11::uri_format(uri.get(),
                      static_cast<P11KitUriType>(P11_KIT_URI_FOR_OBJECT_ON_TOKEN |
                                                 P11_KIT_URI_FOR_MODULE_WITH_VERSION),
                      &text);
  const Text owner(text);
  if (result != P11_KIT_URI_OK) throw std::bad_alloc();
  return text;
}

}  // namespace pkcs11

bool is_token_uri(std::string_view text) { return text.starts_with("pkcs11:"); }

void require_token_uri(std::string_view uri) { (void)pkcs11::parse_uri(uri); }

}  // namespace pes
