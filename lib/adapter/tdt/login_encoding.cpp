#include "adapter/tdt/login_encoding.hpp"

#include "pes/error.hpp"
#include "support/latin1.hpp"
#include "support/text.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace pes::tdt {

namespace {

std::string in_latin1(const std::string& text, std::string_view setting) {
  if (auto encoded = latin1_from_utf8(text)) return *std::move(encoded);
  throw Error(ErrorCode::config_invalid,
              say("{1} holds a character that ISO-8859-1 does not have", {setting}),
              tr("set tdt.login_encoding to utf-8, or change it at the TdT"));
}

std::function<Secret()> in_latin1(std::function<Secret()> password, const char* setting) {
  if (!password) return password;
  return [password = std::move(password), setting] {
    return Secret(in_latin1(password().reveal(), setting));
  };
}

}  // namespace

S2lowAccess encoded(S2lowAccess access) {
  if (access.login_encoding == LoginEncoding::utf8) return access;
  access.https.login = in_latin1(access.https.login, "tdt.login");
  access.https.password = in_latin1(std::move(access.https.password), "tdt.password");
  if (access.archivist) {
    access.archivist->name = in_latin1(access.archivist->name, "tdt.archivist_login");
    access.archivist->password =
        in_latin1(std::move(access.archivist->password), "tdt.archivist_password");
  }
  return access;
}

}  // namespace pes::tdt
