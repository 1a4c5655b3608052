#include "adapter/tdt/archivist.hpp"

#include "adapter/tdt/s2low_answer.hpp"
#include "net/excerpt.hpp"
#include "pes/error.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

namespace pes::tdt {

namespace {

HttpsAccess as(const Login& login, HttpsAccess access) {
  access.login = login.name;
  access.password = login.password;
  return access;
}

constexpr std::size_t wanted_on_a_page = 1000;

/// The last page has fewer than the limit, which may be the platform's own and not ours; where it
/// is not told, nothing at all.
bool is_last(const nlohmann::json& document, std::size_t count) {
  const auto limit = document.find("limit");
  if (limit == document.end() || !limit->is_number_unsigned()) return count == 0;
  return count < std::max<std::size_t>(limit->get<std::size_t>(), 1);
}

/// nullopt for what is no list of transactions.
std::optional<Archivist::Page> read_page(std::string_view body) {
  const auto document = nlohmann::json::parse(body, nullptr, false);
  if (!document.is_object() || !document.contains("transactions")) return std::nullopt;
  Archivist::Page page;
  for (const auto& transaction : document["transactions"]) {
    if (!transaction.is_object() || !transaction.contains("id")) return std::nullopt;
    const auto& id = transaction["id"];
    if (!id.is_number_integer()) return std::nullopt;
    page.ids.push_back(std::to_string(id.get<std::int64_t>()));
  }
  page.is_last = is_last(document, page.ids.size());
  return page;
}

Error not_an_archivist(const std::string& message, std::string_view words) {
  return {ErrorCode::identity_refused, message,
          tr("check tdt.archivist_login and tdt.archivist_password: the account must be an "
             "archivist's"),
          words};
}

}  // namespace

Archivist::Archivist(std::string platform, HttpsAccess https, const Login& login)
    : account_{.platform = std::move(platform), .has_login = true, .is_archivist = true},
      client_(as(login, std::move(https)), "tdt") {}

std::optional<Archivist::Page> Archivist::transactions(int status, const std::string& first_day,
                                                       std::size_t offset) {
  const net::HttpAnswer answer = client_.get(
      fill("/modules/helios/api/list_pes_aller.php?api=1&status_id={1}&offset={2}&limit={3}"
           "&min_date={4}",
           {std::to_string(status), std::to_string(offset), std::to_string(wanted_on_a_page),
            first_day}));
  require_account(answer, account_);
  if (answer.status == 400) {
    throw not_an_archivist(
        say("{1} does not let this account list transactions", {account_.platform}),
        net::excerpt(answer.body));
  }
  if (answer.status == 404) return std::nullopt;
  auto page = answer.status == 200 ? read_page(answer.body) : std::nullopt;
  if (!page) throw client_.unusable(answer);
  return page;
}

void Archivist::move(const std::string& transaction_id, int status) {
  const net::Form form{net::FormField{"transaction_id", transaction_id},
                       net::FormField{"status_id", std::to_string(status)},
                       net::FormField{"api", "1"}};
  const net::Posted posted =
      client_.post("/modules/helios/helios_transac_change_status_sae.php?api=1", form);
  // Told again, it changes nothing: no need to know whether the first one arrived.
  if (const auto* const unanswered = std::get_if<net::Unanswered>(&posted)) {
    throw unanswered->error;
  }
  const auto& answer = std::get<net::HttpAnswer>(posted);
  require_account(answer, account_);
  const std::string message = say("{1} does not note that transaction {2} is archived",
                                  {account_.platform, transaction_id});
  if (answer.status == 404) {
    throw Error(ErrorCode::service_unexpected, fill("{1} (HTTP 404)", {message}),
                tr("S²LOW takes it from 5.0.39 on: a person can do it on the TdT's page"));
  }
  const auto told = nlohmann::json::parse(answer.body, nullptr, false);
  if (answer.status != 200 || !told.is_object()) throw client_.unusable(answer);
  if (told.value("status", "") == "ok") return;
  const std::string words = net::one_line(told.value("error-message", ""));
  if (is_about_rights(words)) throw not_an_archivist(message, words);
  throw Error(ErrorCode::service_refused, fill("{1}: {2}", {message, words}),
              tr("see it on the TdT's page"));
}

}  // namespace pes::tdt
