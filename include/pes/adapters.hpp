#pragma once

#include "pes/error.hpp"
#include "pes/export.hpp"
#include "pes/port/clock.hpp"
#include "pes/port/journal.hpp"
#include "pes/port/records.hpp"
#include "pes/port/sae.hpp"
#include "pes/port/stamps.hpp"
#include "pes/port/store.hpp"
#include "pes/port/tdt.hpp"
#include "pes/port/tsa.hpp"
#include "pes/residence.hpp"
#include "pes/signature.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace pes {

/// The system's clock. @param stop asked while waiting; true ends the wait.
PES_EXPORT std::unique_ptr<port::Clock> make_system_clock(std::function<bool()> stop);

/// The journal of a home, `<home>/journal/journal.jsonl` (pes-journal(5)).
PES_EXPORT std::unique_ptr<port::Journal> make_file_journal(const std::filesystem::path& home);

/// The time stamps of a home's journal, `<home>/journal/stamps.jsonl` (pes-journal(5)).
PES_EXPORT std::unique_ptr<port::Stamps> make_file_stamps(const std::filesystem::path& home);

/// The dossiers of a home, `<home>/dossiers/` (pes-state(5)).
PES_EXPORT std::unique_ptr<port::Store> make_file_store(const std::filesystem::path& home);

/// Why the index of that home's lists cannot be used here, so that each list reads every state;
/// nothing when it can.
PES_EXPORT std::optional<Error> index_trouble(const std::filesystem::path& home);

/// Makes the folders of a new home, durable on return. Throws state_forbids when there is
/// one already.
PES_EXPORT void create_home(const std::filesystem::path& home);

/// What whoever opens a home is told where it does not live, or lives no more until its move is
/// over or called off.
PES_EXPORT Error not_at_home(const std::string& name, const Residence& residence);

/// All records of a home in files.
PES_EXPORT std::unique_ptr<port::Records> open_file_records(const std::filesystem::path& home);

/// How to reach a home in a PostgreSQL database (lib/design/0013).
struct DatabaseAccess {
  std::string url;                   // postgresql://…, without any password
  std::function<Secret()> password;  // empty: where libpq usually finds it, if one is wanted
  /// A folder of this machine, for files that are being built or read; made when it is missing.
  std::filesystem::path work;
};
/// Makes the tables of a new home; false when there are some already. Throws service_unreachable,
/// identity_refused, config_invalid for a database that is not in UTF-8.
PES_EXPORT bool create_database_home(const DatabaseAccess& access);
/// All records of a home in a database. Throws home_unknown, state_newer, and as above.
PES_EXPORT std::unique_ptr<port::Records> open_database_records(DatabaseAccess access);

/// How to reach a service over HTTPS. TLS verification cannot be turned off, only given
/// another CA.
struct HttpsAccess {
  std::string url;                       // base URL, without final slash
  std::filesystem::path ca;              // PEM bundle; empty: the system's
  std::filesystem::path certificate;     // PEM or PKCS#12 of the client; may be empty
  std::filesystem::path key;             // PEM; empty when the certificate's file has it
  std::function<Secret()> key_password;  // may be empty
  std::string login;                     // Basic; may be empty
  std::function<Secret()> password;      // may be empty
  std::chrono::seconds connect_timeout{20};
  std::chrono::seconds timeout{300};
  /// Asked during a transfer; true aborts it.
  std::function<bool()> stop;
  /// Told what is exchanged, secrets masked, for `--verbose`; may be empty.
  std::function<void(const std::string&)> trace;
};

/// An account on the same certificate as another.
struct Login {
  std::string name;
  std::function<Secret()> password;
};

/// How a platform compares the bytes of logins and passwords (tdt §2.2).
enum class LoginEncoding { utf8, latin1 };

struct S2lowAccess {
  HttpsAccess https;
  /// Of role archivist, which alone may list transactions (tdt §10); without one, a flow whose
  /// number was lost has to be looked for by a person.
  std::optional<Login> archivist;
  LoginEncoding login_encoding = LoginEncoding::utf8;  // of both accounts
  /// Where what acquits tell of transactions is kept for the next search; empty: nowhere.
  std::filesystem::path cache;
  bool is_sandbox = false;  // its name then says that it is a test
};
/// Throws config_invalid for an address that is none, or a login that its encoding cannot hold.
PES_EXPORT std::unique_ptr<port::Tdt> make_s2low(S2lowAccess access);

struct AsalaeAccess {
  HttpsAccess https;
  /// The password is sent as it is instead of its SHA-256 (sae §2.1).
  bool password_is_hash = false;
  std::uint64_t chunk_bytes = 2'097'152;  // 0: always in one call
  bool is_sandbox = false;
};
PES_EXPORT std::unique_ptr<port::Sae> make_asalae(AsalaeAccess access);

struct TsaAccess {
  HttpsAccess https;        // `url` is where questions are posted
  bool is_sandbox = false;  // its name then says that it is a test
};
/// A time-stamping authority over HTTPS (RFC 3161 §3.4).
PES_EXPORT std::unique_ptr<port::Tsa> make_rfc3161(TsaAccess access);

}  // namespace pes
