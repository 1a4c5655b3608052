#include "sandbox/tdt/nonces.hpp"

#include "crypto/digest.hpp"
#include "sandbox/pki.hpp"
#include "support/file.hpp"

#include <algorithm>
#include <chrono>
#include <system_error>

namespace pes::sandbox::tdt {
namespace {

constexpr auto lifetime = std::chrono::minutes(5);

bool is_alive(const std::filesystem::path& nonce) {
  std::error_code absent;
  const auto made = std::filesystem::last_write_time(nonce, absent);
  return !absent && std::filesystem::file_time_type::clock::now() - made < lifetime;
}

bool is_hex(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

std::string make_nonce(const Layout& layout) {
  std::error_code gone;  // another process may remove the same one
  for (const auto& old : std::filesystem::directory_iterator(layout.tdt("nonces"))) {
    if (!is_alive(old.path())) std::filesystem::remove(old.path(), gone);
  }
  std::string nonce = random_secret();
  replace_file(layout.tdt("nonces") / nonce, "");
  return nonce;
}

std::optional<Account> account_by_nonce(const Layout& layout, const std::vector<Account>& known,
                                        const httplib::Request& request) {
  const std::string nonce = request.get_param_value("nounce");
  if (!is_hex(nonce) || !is_alive(layout.tdt("nonces") / nonce)) return std::nullopt;
  const std::string login = request.get_param_value("login");
  const std::string hash = request.get_param_value("hash");
  const auto found = std::find_if(known.begin(), known.end(), [&](const Account& account) {
    return account.login == login && crypto::sha256_hex(account.password + ":" + nonce) == hash;
  });
  if (found == known.end()) return std::nullopt;
  return *found;
}

}  // namespace pes::sandbox::tdt
