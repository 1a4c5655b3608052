#include "adapter/tdt/retours.hpp"

#include "adapter/tdt/s2low_answer.hpp"
#include "net/excerpt.hpp"
#include "net/form_url.hpp"
#include "pes/error.hpp"
#include "support/text.hpp"

namespace pes::tdt {

namespace {

constexpr std::string_view list_path = "/modules/helios/api/helios_get_list.php?api=1";
constexpr std::string_view file_path = "/modules/helios/api/helios_get_retour.php?api=1&id=";
constexpr std::string_view mark_path = "/modules/helios/api/helios_change_status.php?api=1&id=";

std::string request(std::string_view path, const std::string& id) {
  return std::string(path) + net::form_url_encoded(id);
}

std::string not_at_hand(std::string_view refusal) {
  std::string ours = tr("its file is not at hand there");
  const auto told = read_s2low_answer(refusal, "get_retour");
  return told && !told->message.empty() ? fill("{1} ({2})", {ours, told->message}) : ours;
}

}  // namespace

/// A success has an empty `resultat` (tdt §9.1).
std::vector<port::TdtRetour> Retours::unread() {
  const net::HttpAnswer answer = client_.get(std::string(list_path), {}, net::download_limit);
  require_account(answer, account_);
  const auto list = answer.status == 200 ? read_retour_list(answer.body) : std::nullopt;
  if (!list) throw client_.unusable(answer);
  if (list->resultat == "KO") {
    throw refused(say("{1} does not list its PES Retours", {account_.platform}), list->message);
  }
  return list->retours;
}

/// Told apart by its root, since a refusal comes with the same status (tdt §9.2).
port::TdtFile Retours::file(const std::string& id) {
  const net::HttpAnswer answer = client_.get(request(file_path, id), {}, net::download_limit);
  require_account(answer, account_);
  if (answer.status != 200) throw client_.unusable(answer);
  if (is_pes_retour(answer.body)) return {.bytes = answer.body, .name = answer.file_name};
  const std::string what = say("{1} does not give PES Retour {2}", {account_.platform, id});
  if (const auto told = read_s2low_answer(answer.body, "get_retour")) {
    throw refused(what, told->message);
  }
  // Words that come before the refusal keep it from being XML: the file is not at hand there.
  if (const std::size_t refusal = answer.body.find("<get_retour>"); refusal != std::string::npos) {
    throw Error(ErrorCode::service_unexpected,
                fill("{1}: {2}", {what, not_at_hand(answer.body.substr(refusal))}),
                tr("try again later, then tell the TdT's support"),
                net::one_line(answer.body, 300));
  }
  throw client_.unusable(answer);
}

/// A refused account makes the script crash: 500, or 200 and nothing (tdt §9.3).
void Retours::mark_read(const std::string& id) {
  const net::HttpAnswer answer = client_.get(request(mark_path, id));
  require_account(answer, account_);
  const std::string what = say("{1} does not mark PES Retour {2} as read", {account_.platform, id});
  if (answer.status == 500 || (answer.status == 200 && trimmed(answer.body).empty())) {
    throw Error(ErrorCode::service_unexpected,
                fill("{1} (HTTP {2})", {what, std::to_string(answer.status)}),
                tr("marking takes the right RW on Hélios in S²LOW; until then it stays unread "
                   "there"));
  }
  const auto told =
      answer.status == 200 ? read_s2low_answer(answer.body, "transaction") : std::nullopt;
  if (told && told->resultat == "KO") throw refused(what, told->message);
  if (!told || told->resultat != "OK") throw client_.unusable(answer);
}

Error Retours::refused(const std::string& what, const std::string& words) const {
  if (is_about_rights(words)) {
    return {ErrorCode::identity_refused, fill("{1}: {2}", {what, words}),
            tr("the account takes a right on Hélios in S²LOW, and its authority the module")};
  }
  return {ErrorCode::service_refused, fill("{1}: {2}", {what, words}),
          tr("see those that are there: pes retour list --tdt")};
}

}  // namespace pes::tdt
