#pragma once

#include "pes/export.hpp"
#include "pes/time.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pes::sandbox {

/// What the test partners answer. Chosen by configuration, or for one flow by its NomFic
/// when it contains `SCENARIO-<id>`.
enum class Scenario {
  accepted,             // "accepte": acquit all 1, archive accepted
  partial,              // "partiel": one bordereau refused
  refused,              // "refuse": every element 0
  technical,            // "technique": status -1, schema-invalid acquit, DomaineAck 0
  silent,               // "muet": stays in 3
  unreadable,           // "illisible": what comes is no acquit, stays in 3
  other_flow,           // "autre-flux": an acquit of another NomFic comes, stays in 3
  two_acquits,          // "deux-acquits": one bordereau refused, then all accepted by another
  late_acquit,          // "tardif": status -1 as "technique", then 8 with an acquit all 1
  not_an_acquit,        // "non-acquit": status -1, and a file that is no PES_ACQUIT
  sae_refuses_deposit,  // "sae-refuse": the deposit fails (the tutorial's last screen)
  /// "sae-rejette": deposited, then rejected with code 300, or with the one that follows in
  /// the NomFic, as in `SCENARIO-sae-rejette-207`
  sae_rejects,
  sae_later,  // "sae-plus-tard": AR and reply only after explicit ticks
};
PES_EXPORT std::string_view id(Scenario scenario);
PES_EXPORT std::vector<Scenario> all_scenarios();

struct Options {
  /// Where the sandbox keeps its state, keys and certificates; made when absent.
  std::filesystem::path folder;
  Scenario scenario = Scenario::accepted;
  /// With automatic ticks every status request first advances what it asks about by one
  /// step, so that a client sees 1, 2, 3, 8; otherwise only `tick` does.
  bool automatic_ticks = true;
  std::uint16_t port = 0;  // 0: any free one
  /// The share of the requests that suffer a fault of any kind, from 0 to 1. The same seed in
  /// another folder strikes requests of the same ranks in the same ways.
  double fault_rate = 0;
  std::uint64_t fault_seed = 0;
  /// XSD of SEDA 1.0 for the SAE's checks; empty: structural checks only.
  std::filesystem::path seda_schema;
  /// Told each request, for `pes sandbox`; may be empty. Called from several threads, one
  /// at a time.
  std::function<void(const std::string&)> log;
};

/// A TdT (S²LOW, generation v5), a SAE (as@lae) and a TSA (RFC 3161) in one HTTPS server on
/// loopback, with mandatory client certificate. Nothing it receives leaves the machine. Several
/// servers, in several processes, may work on one folder: they are then one TdT and one SAE.
/// `faults.json` in the folder makes requests fail on purpose (lib/sandbox/faults.hpp).
/// An interface, so that who opened this library through `Library` needs nothing of it to link.
class Server {
 public:
  Server() = default;
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  Server(Server&&) = delete;
  Server& operator=(Server&&) = delete;
  virtual ~Server() = default;

  [[nodiscard]] virtual std::string tdt_url() const = 0;     // https://127.0.0.1:PORT
  [[nodiscard]] virtual std::string sae_url() const = 0;     // https://127.0.0.1:PORT/restservices
  [[nodiscard]] virtual std::string tsa_url() const = 0;     // https://127.0.0.1:PORT/tsa
  virtual void wait(const std::function<bool()>& stop) = 0;  // until asked to stop
};
/// Listens when it returns. Throws io_failed, config_invalid.
PES_EXPORT std::unique_ptr<Server> start(Options options);

/// Files of the test identities, under `Options::folder`. All RSA, made here, each marked
/// as a test in its subject.
struct Identities {
  std::filesystem::path ca;                  // PEM, signs the three others
  std::filesystem::path client_certificate;  // PEM, for the TdT
  std::filesystem::path client_key;          // PEM
  std::filesystem::path signing;             // PKCS#12 of the test signatory
  std::filesystem::path signing_password;    // file holding its password
  std::string tdt_login, tdt_password_file, sae_login, sae_password_file;
  std::string tdt_archivist_login, tdt_archivist_password_file;  // role of tdt §10
};
/// Makes what is missing and returns where everything is.
PES_EXPORT Identities prepare(const std::filesystem::path& folder);

/// One explicit step of the workers: validation (1→2), sending (2→3), DGFiP (3→8 or -1),
/// SAE (AR, then reply). Returns how many things moved.
struct TickResult {
  int validated = 0, sent = 0, answered = 0, archived = 0;
};
PES_EXPORT TickResult tick(const Options& options);

/// What a person would see on the TdT's web page.
struct Transaction {
  std::string id;
  int status = 0;
  std::string message;
  std::string file_name, nom_fic, cod_col, sha1;
  Instant received;
};
PES_EXPORT std::vector<Transaction> transactions(const std::filesystem::path& folder);

/// What the two partners hold of one flow, known by its bytes.
struct FlowCount {
  std::string sha256;  // of the flow as it was sent
  std::string nom_fic, cod_col;
  std::vector<std::string> transactions;  // of the TdT, one for each time that it was accepted
  int acquitted = 0;                      // of these, how many have an acquit
  int deposited = 0;                      // transfers of the SAE that hold it
  int archived = 0;                       // of these, how many were accepted
};

/// What a test of many flows wants to know at its end.
struct Count {
  std::vector<FlowCount> flows;  // in the order of their first transaction
  int other_transfers = 0;       // deposited, and holding no flow that the TdT has
  /// How many requests suffered each fault, by its name in lib/sandbox/faults.hpp.
  std::map<std::string, std::uint64_t> faults;
};
PES_EXPORT Count count(const std::filesystem::path& folder);

/// The functions above, for a program that opens this library only when somebody wants the
/// sandbox: an HTTPS server comes with it, and takes half as long to load as a flow to verify.
struct Library {
  std::vector<Scenario> (*all_scenarios)();
  std::string_view (*id)(Scenario scenario);
  Identities (*prepare)(const std::filesystem::path& folder);
  std::unique_ptr<Server> (*start)(Options options);
  TickResult (*tick)(const Options& options);
  std::vector<Transaction> (*transactions)(const std::filesystem::path& folder);
  Count (*count)(const std::filesystem::path& folder);
};

}  // namespace pes::sandbox

/// To be found by its name, with dlsym.
extern "C" PES_EXPORT const pes::sandbox::Library pes_sandbox_library;
