#include "trust_sources.hpp"

#include "pes/error.hpp"
#include "session.hpp"
#include "ui/language.hpp"

#include <system_error>

namespace pes::cmd {

namespace {

bool is_there(const std::filesystem::path& path) {
  std::error_code unreadable;
  return std::filesystem::exists(path, unreadable);
}

bool holds_lists(const std::filesystem::path& folder) {
  std::error_code missing;
  const std::filesystem::directory_iterator entries(folder, missing);
  if (missing) return false;
  for (const auto& entry : entries) {
    if (entry.path().extension() == ".xml") return true;
  }
  return false;
}

/// The words of the command line, or else a path of the configuration.
std::vector<std::filesystem::path> given(const std::vector<std::string>& words, const char* key,
                                         Session& session) {
  if (!words.empty()) return {words.begin(), words.end()};
  const std::filesystem::path configured = session.settings().path(key);
  if (configured.empty()) return {};
  return {configured};
}

FetchRevocation client(Session& session) {
  constexpr int exchanges = 2;
  return make_revocation_client(
      [&session](const std::string& line) { session.console().detail(exchanges, line); });
}

}  // namespace

std::filesystem::path trusted_list_folder(const std::filesystem::path& home) {
  return home / "trust" / "lists";
}

std::optional<TrustStore> trust_store(const TrustOptions& options, Session& session) {
  TrustSources sources;
  sources.authorities = given(options.authorities, "verify.trust", session);
  sources.crls = given(options.crls, "verify.crl", session);
  if (session.has_home()) {
    const std::filesystem::path lists = trusted_list_folder(session.home());
    if (holds_lists(lists)) sources.lists = lists;
    sources.crl_cache = session.home() / "trust" / "crl";
    if (is_there(sources.crl_cache)) sources.crls.push_back(sources.crl_cache);
  }
  if (options.online) sources.fetch = client(session);
  TrustStore store(sources);
  if (sources.authorities.empty() && sources.lists.empty()) return std::nullopt;
  return store;
}

}  // namespace pes::cmd
