#include "adapter/tdt/account.hpp"
#include "adapter/tdt/archivist.hpp"
#include "adapter/tdt/listed_transactions.hpp"
#include "adapter/tdt/login_encoding.hpp"
#include "adapter/tdt/named_transactions.hpp"
#include "adapter/tdt/retours.hpp"
#include "adapter/tdt/s2low_answer.hpp"
#include "adapter/tdt/s2low_status.hpp"
#include "adapter/tdt/web_page.hpp"
#include "crypto/digest.hpp"
#include "net/excerpt.hpp"
#include "net/form_url.hpp"
#include "net/https_client.hpp"
#include "pes/adapters.hpp"
#include "pes/pes_acquit.hpp"
#include "pes/port/tdt.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <utility>

namespace pes {

namespace tdt {

namespace {

// `api=1` makes every script refuse an account in plain text rather than by a page (tdt §2.3).
constexpr std::string_view test_path = "/api/test-connexion.php?api=1";
constexpr std::string_view import_path = "/modules/helios/api/helios_importer_fichier.php?api=1";
constexpr std::string_view status_path =
    "/modules/helios/api/helios_transac_get_status.php?api=1&transaction=";
constexpr std::string_view acquit_path = "/modules/helios/helios_download_acquit.php?api=1&id=";
constexpr std::string_view logins_path = "/admin/users/api-list-login.php?api=1";
/// Of tdt §6.
namespace status_number_of {
constexpr int information_available = 8;
constexpr int accepted_by_sae = 10;
constexpr int waiting_for_sae = 19;
}  // namespace status_number_of
/// The largest number that a platform can give: it has no transaction of that number.
constexpr const char* no_transaction = "2147483647";

bool is_plain(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-' || c == ' ';
}

/// The file's name with what S²LOW or a header might misread made harmless (tdt §4.1), one
/// `_` a character.
std::string upload_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    const bool continues_character = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    if (is_plain(c)) {
      plain += c;
    } else if (!continues_character) {
      plain += '_';
    }
  }
  return plain;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// A flow that Hélios could not even read has no name in its acquit.
FlowName flow_in(const std::string& acquit) {
  const PesAcquit read = read_pes_acquit_leniently(acquit);
  return {.nom_fic = read.nom_fic, .cod_col = read.cod_col};
}

/// Of a flow refused whole, the acquit may not repeat the CodCol.
bool is_about(const FlowName& named, const FlowName& flow) {
  return named.nom_fic == flow.nom_fic && (named.cod_col.empty() || named.cod_col == flow.cod_col);
}

std::string name_of(const S2lowAccess& access) {
  if (access.is_sandbox) return "TdT bac à sable (test)";
  return "S²LOW " + net::ServiceAddress(access.https.url, "tdt.url").url();
}

std::optional<Archivist> archivist_of(const S2lowAccess& access) {
  if (!access.archivist) return std::nullopt;
  return std::optional<Archivist>(std::in_place, name_of(access), access.https, *access.archivist);
}

/// Numbers of transactions are those of a platform.
std::filesystem::path cache_of(const S2lowAccess& access) {
  if (access.cache.empty()) return {};
  return access.cache / crypto::sha256_hex(access.https.url);
}

Account account_of(const S2lowAccess& access) {
  return {.platform = name_of(access), .has_login = !access.https.login.empty()};
}

class S2low final : public port::Tdt {
 public:
  explicit S2low(S2lowAccess access)
      : is_sandbox_(access.is_sandbox),
        account_(account_of(access)),
        named_(cache_of(access)),
        archivist_(archivist_of(access)),
        login_{access.https.login, access.https.password},
        client_(std::move(access.https), "tdt") {
    if (archivist_) listed_.emplace(*archivist_, pause(0));
  }

  [[nodiscard]] std::string name() const override { return account_.platform; }

  void test_connection() override {
    const net::HttpAnswer answer = client_.get(std::string(test_path));
    require_account(answer, account_);
    if (answer.status != 200 || !answer.body.starts_with("OK")) throw client_.unusable(answer);
  }

  /// The right is looked at before the number (tdt §5.2).
  bool may_follow() override {
    const net::HttpAnswer answer = client_.get(std::string(status_path) + no_transaction);
    require_account(answer, account_);
    const auto told =
        answer.status == 200 ? read_s2low_answer(answer.body, "transaction") : std::nullopt;
    if (!told || told->resultat != "KO") throw client_.unusable(answer);
    return !is_about_rights(told->message);
  }

  /// One a line, in one encoding or the other (tdt §2.7).
  std::vector<std::string> logins() override {
    const net::HttpAnswer answer = client_.get(std::string(logins_path));
    require_account(answer, account_);
    if (answer.status != 200 || net::looks_like_markup(answer.body)) throw client_.unusable(answer);
    std::vector<std::string> lines = split(answer.body, '\n');
    if (!lines.empty() && lines.back().empty()) lines.pop_back();
    std::transform(lines.begin(), lines.end(), lines.begin(),
                   [](const std::string& line) { return net::one_line(trimmed(line)); });
    return lines;
  }

  port::TdtSubmission submit(const std::filesystem::path& file, const std::string& name) override {
    const net::Form form{net::FormFile{.name = "enveloppe",
                                       .file_name = upload_name(name),
                                       .file = file,
                                       .offset = 0,
                                       .size = {}}};
    const net::Posted posted = client_.post(std::string(import_path), form);
    if (const auto* const unanswered = std::get_if<net::Unanswered>(&posted)) {
      return port::TdtUnknown{unanswered->error.message(), unanswered->error.retry_after()};
    }
    return verdict(std::get<net::HttpAnswer>(posted));
  }

  port::TdtStatus status(const std::string& transaction_id) override {
    const net::HttpAnswer answer =
        client_.get(std::string(status_path) + net::form_url_encoded(transaction_id));
    require_account(answer, account_);
    if (answer.status != 200) throw client_.unusable(answer);
    const auto told = read_s2low_answer(answer.body, "transaction");
    const auto number = told ? status_number(told->status) : std::nullopt;
    // A cancelled transaction cannot be read, but its number shows (tdt §5.2).
    const bool is_cancelled = told && told->resultat == "KO" && number == 0;
    if (told && told->resultat == "KO" && !is_cancelled) throw unreadable(transaction_id, *told);
    if (!number || (told->resultat != "OK" && !is_cancelled)) throw client_.unusable(answer);
    port::TdtStatus status = s2low_status(*number, told->message);
    if (is_sandbox_) status.soonest_change = std::chrono::seconds(0);
    return status;
  }

  std::optional<Acquit> acquit(const std::string& transaction_id) override {
    const net::HttpAnswer answer = client_.get(
        std::string(acquit_path) + net::form_url_encoded(transaction_id), {}, net::download_limit);
    // Here a redirection also means that the file is not at hand (tdt §8.1).
    if (is_redirection(answer) && !leads_to_login(answer)) return std::nullopt;
    require_account(answer, account_);
    if (answer.status != 200) throw client_.unusable(answer);
    if (!is_pes_acquit(answer.body)) return std::nullopt;
    if (archivist_) named_.learn(transaction_id, flow_in(answer.body));
    return Acquit{answer.body, answer.file_name};
  }

  [[nodiscard]] std::chrono::seconds pause(int tries) const override {
    using std::chrono::minutes;
    using std::chrono::seconds;
    if (is_sandbox_) return seconds(1);
    if (tries < 10) return seconds(30);
    if (tries < 22) return minutes(5);  // for an hour
    return minutes(30);
  }

  /// Longer than any answer that we wait for takes: by then no script works on the first one.
  [[nodiscard]] std::chrono::seconds settling_time() const override {
    return is_sandbox_ ? std::chrono::seconds(2) : std::chrono::minutes(5);
  }

  /// Only an acquit tells which flow a transaction is about (tdt §11).
  port::TdtSearch find(const FlowName& flow, Instant since,
                       const std::function<bool(const std::string&)>& is_anothers) override {
    if (!archivist_) return port::TdtNoSearch{};
    named_.recall(since);
    Search search{.flow = flow, .is_anothers = is_anothers};
    constexpr std::array statuses{8, -1};
    for (const int status : statuses) {
      if (!look_among(status, since, search)) return port::TdtNoSearch{};
      if (search.found) return port::TdtFound{std::move(*search.found)};
    }
    if (search.unseen) throw *search.unseen;
    return port::TdtNotFound{};
  }

  std::vector<port::TdtRetour> unread_retours() override { return retours_.unread(); }
  port::TdtFile retour(const std::string& id) override { return retours_.file(id); }
  void mark_retour_read(const std::string& id) override { retours_.mark_read(id); }

  std::vector<std::string> transactions(int status, Instant since) override {
    std::vector<std::string> all;
    archivist();
    const bool is_listed = listed_->visit(status, since, [&](const std::string& id) {
      all.push_back(id);
      return true;
    });
    if (!is_listed) {
      throw Error(ErrorCode::service_unexpected,
                  say("{1} has no list of transactions for archivists (HTTP 404)", {name()}),
                  tr("S²LOW has it from 5.0.47 on: see them on the TdT's page, pes tdt page"));
    }
    return all;
  }

  /// The moves of tdt §10: 8 → 19 → 10, and from 9 and 20 to 10.
  bool tell_archived(const std::string& transaction_id) override {
    namespace number = status_number_of;
    Archivist& archivist = this->archivist();
    const int code = status(transaction_id).code;
    if (code == number::accepted_by_sae) return false;
    if (code == number::information_available) {
      archivist.move(transaction_id, number::waiting_for_sae);
    }
    archivist.move(transaction_id, number::accepted_by_sae);
    return true;
  }

  Secret page(const std::string& transaction_id) override {
    return WebPage(client_, account_, login_).address(transaction_id);
  }

 private:
  Archivist& archivist() {
    if (archivist_) return *archivist_;
    throw Error(ErrorCode::config_missing,
                say("no archivist's account is configured for {1}", {account_.platform}),
                tr("give tdt.archivist_login and tdt.archivist_password"));
  }

  /// One acquit that does not come hides no other; but then a flow that is not found may be there.
  struct Search {
    const FlowName& flow;
    const std::function<bool(const std::string&)>& is_anothers;
    std::optional<std::string> found;
    std::optional<Error> unseen;  // why the last acquit that did not come stayed away
    int failures_in_a_row = 0;
  };

  /// False when this platform has no list. Throws when the service does not answer at all.
  bool look_among(int status, Instant since, Search& search) {
    return listed_->visit(status, since, [&](const std::string& id) {
      const FlowName* const learnt = named_.flow_of(id);
      if (learnt != nullptr && !is_about(*learnt, search.flow)) return true;
      if (search.is_anothers(id)) return true;
      const std::optional<Acquit> received = acquit_seen(id, search);
      if (received && is_about(flow_in(received->bytes), search.flow)) search.found = id;
      return !search.found;
    });
  }

  std::optional<Acquit> acquit_seen(const std::string& id, Search& search) {
    constexpr int too_many = 3;
    try {
      std::optional<Acquit> received = acquit(id);
      search.failures_in_a_row = 0;
      return received;
    } catch (const Error& error) {
      if (++search.failures_in_a_row == too_many) throw;
      search.unseen = error;
      return std::nullopt;
    }
  }

  /// What became of a file sent (tdt §4.2). Throws when no script saw it.
  [[nodiscard]] port::TdtSubmission verdict(const net::HttpAnswer& answer) const {
    require_account(answer, account_);
    if (answer.status == 413) {
      return port::TdtRefused{tr("the file is larger than the TdT takes (HTTP 413)")};
    }
    if (answer.status >= 300 && answer.status < 500) throw client_.unusable(answer);
    const auto told =
        answer.status == 200 ? read_s2low_answer(answer.body, "import") : std::nullopt;
    if (told && told->resultat == "OK" && is_number(told->id)) return port::TdtAccepted{told->id};
    if (told && told->resultat == "KO") {
      return port::TdtRefused{.message = told->message,
                              .duplicate = contains_ignoring_case(told->message, "doublon"),
                              .size_limit = size_limit_in(told->message)};
    }
    const Error error = client_.unusable(answer);
    return port::TdtUnknown{error.message(), error.retry_after()};
  }

  /// KO says that the status could not be read, never that the transaction failed (tdt §5.2).
  [[nodiscard]] Error unreadable(const std::string& transaction_id, const S2lowAnswer& told) const {
    const std::string message = say("{1} does not tell the status of transaction {2}: {3}",
                                    {name(), transaction_id, told.message});
    if (is_about_rights(told.message)) {
      return {
          ErrorCode::identity_refused, message,
          tr("following a transaction takes the right RW on Hélios in S²LOW (CS only sends), and "
             "an account of the authority that sent it")};
    }
    return {ErrorCode::service_unexpected, message,
            tr("nothing changed: it will be asked again; check the number if a person gave it")};
  }

  bool is_sandbox_;
  Account account_;
  NamedTransactions named_;
  std::optional<Archivist> archivist_;
  std::optional<ListedTransactions> listed_;  // when there is an archivist
  Login login_;
  net::HttpsClient client_;
  Retours retours_{client_, account_};
};

}  // namespace

}  // namespace tdt

std::unique_ptr<port::Tdt> make_s2low(S2lowAccess access) {
  return std::make_unique<tdt::S2low>(tdt::encoded(std::move(access)));
}

}  // namespace pes
