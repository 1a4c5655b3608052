#include "sandbox/identities.hpp"

#include "pes/sandbox.hpp"
#include "sandbox/lock.hpp"
#include "sandbox/now.hpp"
#include "sandbox/pki.hpp"
#include "sandbox/tsa/identity.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace pes::sandbox {
namespace {

constexpr std::size_t largest_identity_file = 65536;
constexpr auto validity = std::chrono::days(730);
constexpr auto renewed_before = std::chrono::days(1);

constexpr std::array certificates{"ca.pem", "server.pem", "client.pem"};
constexpr std::array others{"ca.key",
                            "server.key",
                            "client.key",
                            "signing.p12",
                            "signing.password",
                            "tdt.password",
                            "tdt-archiviste.password",
                            "sae.password"};

/// The signatory's certificate is made with the others: it ends when they do.
bool are_usable(const Layout& layout, Instant instant) {
  for (const char* name : others) {
    if (!std::filesystem::exists(layout.identity(name))) return false;
  }
  for (const char* name : certificates) {
    if (!std::filesystem::exists(layout.identity(name))) return false;
    const X509Certificate certificate = certificate_from_pem(read_identity(layout, name));
    if (!is_valid_at(*certificate, instant + renewed_before)) return false;
  }
  return true;
}

void write_identities(const std::filesystem::path& folder, Instant instant) {
  // A clock that is a little late somewhere must not refuse what was just made.
  const Instant from = instant - std::chrono::hours(1);
  const Instant until = instant + validity;
  const Identity authority =
      make_identity(Purpose::authority, "Autorite de test", from, until, nullptr);
  const auto write_pem = [&](const std::string& name, const Identity& identity) {
    replace_file(folder / (name + ".pem"), pem_of(*identity.certificate));
    replace_file(folder / (name + ".key"), pem_of(*identity.key));
  };
  write_pem("ca", authority);
  write_pem("server", make_identity(Purpose::server, "127.0.0.1", from, until, &authority));
  write_pem("client", make_identity(Purpose::client, "Client de test", from, until, &authority));
  const std::string password = random_secret();
  replace_file(folder / "signing.password", password);
  replace_file(
      folder / "signing.p12",
      pkcs12_of(make_identity(Purpose::signature, "Signataire de test", from, until, &authority),
                *authority.certificate, password));
  for (const char* name : {"tdt.password", "tdt-archiviste.password", "sae.password"}) {
    replace_file(folder / name, random_secret());
  }
}

void rename_folder(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) throw_io(tr("cannot write"), to, errno);
}

/// Killed anywhere in here, the next call finds either a whole set or none.
void replace_identities(const Layout& layout, Instant instant) {
  const std::filesystem::path fresh = layout.root() / "identities.new";
  const std::filesystem::path expired = layout.root() / "identities.expired";
  std::filesystem::remove_all(fresh);
  std::filesystem::create_directory(fresh);
  std::filesystem::permissions(fresh, std::filesystem::perms::owner_all);
  write_identities(fresh, instant);
  std::filesystem::remove_all(expired);
  if (std::filesystem::exists(layout.identities())) rename_folder(layout.identities(), expired);
  rename_folder(fresh, layout.identities());
  sync_directory(layout.root());
  std::filesystem::remove_all(expired);
}

}  // namespace

std::string read_identity(const Layout& layout, std::string_view name) {
  return read_file(layout.identity(name), largest_identity_file);
}

Identities prepare(const std::filesystem::path& folder) try {
  const Layout layout(folder);
  layout.create();
  {
    const Lock lock(layout.root() / "prepare.lock");
    if (!are_usable(layout, now())) replace_identities(layout, now());
    tsa::make_missing_identity(layout);
  }
  return {.ca = layout.identity("ca.pem"),
          .client_certificate = layout.identity("client.pem"),
          .client_key = layout.identity("client.key"),
          .signing = layout.identity("signing.p12"),
          .signing_password = layout.identity("signing.password"),
          .tdt_login = agent_login,
          .tdt_password_file = layout.identity("tdt.password"),
          .sae_login = sae_login,
          .sae_password_file = layout.identity("sae.password"),
          .tdt_archivist_login = archivist_login,
          .tdt_archivist_password_file = layout.identity("tdt-archiviste.password")};
} catch (const std::filesystem::filesystem_error& failure) {
  throw_io(tr("cannot prepare the sandbox in"), folder, failure.code().value());
}

}  // namespace pes::sandbox
