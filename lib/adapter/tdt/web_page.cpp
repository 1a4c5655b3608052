#include "adapter/tdt/web_page.hpp"

#include "crypto/digest.hpp"
#include "net/form_url.hpp"
#include "pes/error.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace pes::tdt {

namespace {

/// Any path with `/api` gives refusals as text in the newest servers too (tdt §2.3).
constexpr const char* nonce_path = "/api/get-nounce.php?api=1";

std::string page_of(const std::string& transaction_id) {
  if (transaction_id.empty()) return "/modules/helios/index.php?";
  return "/modules/helios/helios_transac_show.php?id=" + net::form_url_encoded(transaction_id) +
         "&";
}

}  // namespace

WebPage::WebPage(net::HttpsClient& client, const Account& account, Login login)
    : client_(client), account_(account), login_(std::move(login)) {}

Secret WebPage::address(const std::string& transaction_id) {
  if (login_.name.empty()) {
    throw Error(ErrorCode::config_missing,
                say("no login is configured for {1}, and its pages open to a login alone",
                    {account_.platform}),
                tr("give tdt.login and tdt.password, or open the page with the certificate and log "
                   "in there"));
  }
  const std::string nonce = fetch_nonce();
  const Secret password = login_.password ? login_.password() : Secret();
  const Secret hashed(password.reveal() + ":" + nonce);
  return Secret(client_.url() + page_of(transaction_id) + "nounce=" + net::form_url_encoded(nonce) +
                "&login=" + net::form_url_encoded(login_.name) +
                "&hash=" + crypto::sha256_hex(hashed.reveal()));
}

std::string WebPage::fetch_nonce() {
  const net::HttpAnswer answer = client_.get(nonce_path);
  require_account(answer, account_);
  const auto told = nlohmann::json::parse(answer.body, nullptr, false);
  const bool is_nonce = answer.status == 200 && told.is_object() && told.contains("nounce") &&
                        told["nounce"].is_string();
  if (!is_nonce) throw client_.unusable(answer);
  return told["nounce"].get<std::string>();
}

}  // namespace pes::tdt
