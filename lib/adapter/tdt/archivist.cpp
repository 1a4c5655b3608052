#include "adapter/tdt/archivist.hpp"

#include "adapter/tdt/s2low_answer.hpp"
#include "pes/error.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <utility>

namespace pes::tdt {

namespace {

HttpsAccess as(const Login& login, HttpsAccess access) {
  access.login = login.name;
  access.password = login.password;
  return access;
}

/// The platform counts days in its own time zone, so one more is asked for.
std::string day_before(Instant instant) {
  return iso8601(instant - std::chrono::hours(24)).substr(0, 10);
}

/// nullopt for what is no list of transactions.
std::optional<std::vector<std::string>> read_list(std::string_view body) {
  const auto document = nlohmann::json::parse(body, nullptr, false);
  if (!document.is_object() || !document.contains("transactions")) return std::nullopt;
  std::vector<std::string> ids;
  for (const auto& transaction : document["transactions"]) {
    if (!transaction.is_object() || !transaction.contains("id")) return std::nullopt;
    const auto& id = transaction["id"];
    if (!id.is_number_integer()) return std::nullopt;
    ids.push_back(std::to_string(id.get<std::int64_t>()));
  }
  return ids;
}

}  // namespace

Archivist::Archivist(HttpsAccess https, const Login& login)
    : client_(as(login, std::move(https)), "tdt") {}

std::vector<std::string> Archivist::transactions(int status, Instant since, std::size_t offset) {
  const net::HttpAnswer answer = client_.get(
      fill("/modules/helios/api/list_pes_aller.php?api=1&status_id={1}&offset={2}&limit={3}"
           "&min_date={4}",
           {std::to_string(status), std::to_string(offset), std::to_string(page_size),
            day_before(since)}));
  const auto refusal = account_refusal(answer.body);
  if (refusal || answer.status == 400) {
    throw Error(ErrorCode::identity_refused,
                say("{1} does not let this account list transactions", {client_.url()}),
                tr("check tdt.archivist_login and tdt.archivist_password: the account must be an "
                   "archivist's"),
                refusal ? *refusal : answer.body.substr(0, 300));
  }
  const auto ids = answer.status == 200 ? read_list(answer.body) : std::nullopt;
  if (!ids) throw client_.unusable(answer);
  return *ids;
}

}  // namespace pes::tdt
