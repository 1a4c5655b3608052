#include "config/setting_kind.hpp"

#include "pes/error.hpp"
#include "pes/time.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <vector>

namespace pes::config {

namespace {

using Kind = SettingKey::Kind;

std::optional<long long> bytes_in(std::string_view unit) {
  if (unit.empty()) return 1;
  if (unit == "KiB") return 1LL << 10U;
  if (unit == "MiB") return 1LL << 20U;
  if (unit == "GiB") return 1LL << 30U;
  return std::nullopt;
}

[[noreturn]] void refuse(const SettingKey& key, const std::string& problem,
                         const std::string& hint) {
  throw Error(ErrorCode::config_invalid, fill("{1}: {2}", {key.name, problem}), hint);
}

void require_choice(const SettingKey& key, std::string_view value) {
  const std::vector<std::string> choices = split(key.choices, '|');
  if (std::find(choices.begin(), choices.end(), value) != choices.end()) return;
  refuse(key, say("{1} is not a choice", {value}), say("choose one of {1}", {join(choices, ", ")}));
}

/// TLS cannot be turned off, so neither can `https`; a login belongs to its own key.
void require_url(const SettingKey& key, std::string_view value) {
  constexpr std::string_view scheme = "https://";
  if (value == "sandbox:") return;
  if (!value.starts_with(scheme)) {
    refuse(key, tr("it is no address that can be used"),
           tr("write https://… or, for the local test partners, sandbox:"));
  }
  const std::string_view authority =
      value.substr(scheme.size(), value.find('/', scheme.size()) - scheme.size());
  if (authority.empty()) refuse(key, tr("the address names no server"), tr("write https://…"));
  if (authority.find('@') != std::string_view::npos) {
    refuse(key, tr("the address holds a login or a password"),
           tr("use the keys login and password of the same table"));
  }
  if (value.find_first_of(" \t?#") != std::string_view::npos) {
    refuse(key, tr("the address has a space, a query or a fragment"),
           tr("give the address that the service's documentation calls its base"));
  }
}

/// libpq takes a password in an address, where all who look at the configuration would read it.
bool holds_password(std::string_view value) {
  constexpr std::string_view mark = "://";
  const std::string_view rest = value.substr(value.find(mark) + mark.size());
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
  const std::size_t at = authority.rfind('@');
  if (at != std::string_view::npos && authority.substr(0, at).find(':') != std::string_view::npos) {
    return true;
  }
  const std::size_t query = value.find('?');
  if (query == std::string_view::npos) return false;
  const std::vector<std::string> parameters = split(value.substr(query + 1), '&');
  return std::any_of(parameters.begin(), parameters.end(), [](const std::string& parameter) {
    const std::string name = lowered_ascii(parameter.substr(0, parameter.find('=')));
    // An escape could spell it.
    return name == "password" || name == "sslpassword" || name.find('%') != std::string::npos;
  });
}

void require_database(const SettingKey& key, std::string_view value) {
  if (!value.starts_with("postgresql://") && !value.starts_with("postgres://")) {
    refuse(key, tr("it is no address of a database"), tr("write postgresql://server/database"));
  }
  if (holds_password(value)) {
    refuse(key, tr("the address holds a password"),
           tr("say where the password is with store_password, or in the file of PGPASSFILE"));
  }
}

void require_secret_reference(const SettingKey& key, std::string_view value) {
  try {
    parse_secret_reference(value);
  } catch (const Error& error) {
    refuse(key, error.message(), error.hint());
  }
}

/// The module that reads keys says what else is wrong; a PIN must not even stand in a file.
void require_no_pin(const SettingKey& key, std::string_view value) {
  if (!value.starts_with("pkcs11:") || value.find("pin-value=") == std::string_view::npos) return;
  refuse(key, tr("a PIN is not written in the URI of a key"),
         tr("say where it is with sign.pin: prompt, file:path, env:NAME or fd:3"));
}

}  // namespace

std::optional<long long> parse_integer(std::string_view text) {
  long long value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, value);
  if (failure != std::errc() || rest != end) return std::nullopt;
  return value;
}

std::optional<long long> parse_size(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto count = parse_integer(text.substr(0, digits));
  const auto unit = bytes_in(text.substr(digits));
  if (!count || !unit || *count > std::numeric_limits<long long>::max() / *unit) {
    return std::nullopt;
  }
  return *count * *unit;
}

std::optional<bool> parse_boolean(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

void require_kind(const SettingKey& key, std::string_view value) {
  switch (key.kind) {
    case Kind::text:
    case Kind::path:
      return;
    case Kind::key:
      require_no_pin(key, value);
      return;
    case Kind::url:
      if (!value.empty()) require_url(key, value);
      return;
    case Kind::database:
      if (!value.empty()) require_database(key, value);
      return;
    case Kind::secret_reference:
      if (!value.empty()) require_secret_reference(key, value);
      return;
    case Kind::choice:
      require_choice(key, value);
      return;
    case Kind::integer:
      if (parse_integer(value)) return;
      refuse(key, say("{1} is not a number", {value}), tr("write digits alone"));
    case Kind::size:
      if (parse_size(value)) return;
      refuse(key, say("{1} is not a size", {value}),
             tr("write bytes, or a number followed by KiB, MiB or GiB"));
    case Kind::duration:
      if (parse_duration(value)) return;
      refuse(key, say("{1} is not a duration", {value}),
             tr("write seconds, or a number followed by s, m, h or d"));
    case Kind::boolean:
      if (parse_boolean(value)) return;
      refuse(key, say("{1} is neither true nor false", {value}), tr("write true or false"));
  }
}

}  // namespace pes::config
