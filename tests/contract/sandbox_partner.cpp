#include "contract/sandbox_partner.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <utility>

namespace pes::test {

namespace {

/// RSA keys are slow to make: once for all tests.
sandbox::Options options_in(const std::filesystem::path& folder) {
  static const Scratch once;
  const std::filesystem::path made = once.path() / "identities";
  if (!std::filesystem::exists(made)) sandbox::prepare(once.path());
  std::filesystem::copy(made, folder / "identities", std::filesystem::copy_options::recursive);
  sandbox::Options options;
  options.folder = folder;
  options.automatic_ticks = false;
  return options;
}

const char* kind_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::cut_inside_request:
      return "cut-inside-request";
    case Trouble::cut_before_work:
      return "cut-before-work";
    case Trouble::cut_before_answer:
      return "cut-before-answer";
    case Trouble::cut_inside_answer:
      return "cut-inside-answer";
    case Trouble::half_answer:
      return "half-answer";
    case Trouble::server_error:
      return "status-500";
    case Trouble::unavailable:
      return "status-503";
    case Trouble::page:
      return "html";
    case Trouble::redirection:
      return "redirect";
    case Trouble::account_refused:
      return "ko";
  }
  return "";
}

}  // namespace

SandboxPartner::SandboxPartner()
    : options_(options_in(scratch_.path())),
      identities_(sandbox::prepare(options_.folder)),
      server_(sandbox::start(options_)) {}

HttpsAccess SandboxPartner::access(const std::string& url, Account account) const {
  switch (account) {
    case Account::agent:
      return access(url, identities_.tdt_login, identities_.tdt_password_file);
    case Account::archivist:
      return access(url, identities_.tdt_archivist_login, identities_.tdt_archivist_password_file);
    case Account::depositor:
      break;
  }
  return access(url, identities_.sae_login, identities_.sae_password_file);
}

HttpsAccess SandboxPartner::access(const std::string& url, const std::string& login,
                                   const std::string& password_file) const {
  HttpsAccess access;
  access.url = url;
  access.ca = identities_.ca;
  access.certificate = identities_.client_certificate;
  access.key = identities_.client_key;
  access.login = login;
  access.password = [password_file] { return Secret(content(password_file)); };
  access.timeout = std::chrono::seconds(30);
  return access;
}

/// The number makes each file another one: the count of what it has met begins again.
void SandboxPartner::trouble_exchange(int nth, Trouble trouble) {
  const nlohmann::json fault{
      {"path", "*"}, {"nth", nth}, {"kind", kind_of(trouble)}, {"number", ++troubles_}};
  write(folder() / "faults.json", nlohmann::json::array({fault}).dump());
}

bool SandboxPartner::advance() {
  const sandbox::TickResult moved = sandbox::tick(options_);
  return moved.validated + moved.sent + moved.answered + moved.archived > 0;
}

HttpsAccess with_wrong_password(HttpsAccess access) {
  access.password = [] { return Secret("Trompette9Verte"); };
  return access;
}

HttpsAccess to_nobody(HttpsAccess access) {
  access.url = "https://127.0.0.1:1";
  return access;
}

}  // namespace pes::test
