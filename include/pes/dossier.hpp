#pragma once

#include "pes/action.hpp"
#include "pes/export.hpp"
#include "pes/ids.hpp"
#include "pes/time.hpp"
#include "pes/user.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pes {

/// A file kept with the dossier. Its bytes never change: another content is
/// another stored file.
struct StoredFile {
  std::string name;        // the user's or the service's name, for display and for sending
  std::string path;        // relative to the dossier's folder
  std::uint64_t size = 0;  // bytes
  std::string sha256;      // lower-case hex
  friend bool operator==(const StoredFile&, const StoredFile&) = default;
};

/// A line of « États du dossier ».
struct Row {
  Action action = Action::creation;
  Instant date;
  User user;
  std::uint64_t id_j = 0;  // its event in the journal
  friend bool operator==(const Row&, const Row&) = default;
};

/// The automatic action that is due (workflow §5.1). There is at most one.
struct Job {
  Action etat_cible = Action::orientation;
  User user = automaton();  // who triggered it: the result's row bears this name (§2.5)
  int nb_try = 0;
  std::optional<Instant> first_try;
  std::optional<Instant> last_try;
  Instant next_try;
  int failures = 0;  // tries in a row to which nobody answered as expected
  std::string last_message;
  std::string reason;  // stable code of the last failure (`service.unreachable`); empty after none
  /// Suspended: only a person can let it go on. `last_message` says why.
  bool is_lock = false;
  friend bool operator==(const Job&, const Job&) = default;
};

/// Code of the reason of an action that a person holds back.
inline constexpr std::string_view held_back_by_person = "job.suspended";
/// True when it is not what the action met that suspends it.
inline bool is_held_back_by_person(const Job& job) {
  return job.is_lock && job.reason == held_back_by_person;
}

/// True when it is done by itself, and now.
inline bool is_due(const Job& job, Instant now) { return !job.is_lock && job.next_try <= now; }

/// Code of the reason of an AR that does not come: the SAE said that it took the transfer, and has
/// not found it for too long (sae §2.10).
inline constexpr std::string_view transfer_not_found = "sae.transfer_not_found";

/// What S²LOW and Hélios tell flows apart by (tdt §7, control 11).
struct FlowName {
  std::string nom_fic;
  std::string cod_col;
  friend bool operator==(const FlowName&, const FlowName&) = default;
};

/// A request to a service whose outcome is not recorded yet. While one stands in
/// the state file nothing else is sent for this dossier.
struct Attempt {
  enum class Kind { tdt_import, sae_deposit };
  std::string id;  // unique, names the attempt in the journal and in `send --resend`
  Kind kind = Kind::tdt_import;
  Instant started;
  std::string sha256;        // of the file sent (the PES, or the archive)
  std::string sha1;          // S²LOW's own key for duplicates; tdt_import only
  std::string nom_fic;       // tdt_import only
  std::string cod_col;       // tdt_import only
  std::string transfert_id;  // sae_deposit only
  /// True once it is known that the answer was lost; false while it may still run.
  bool unknown = false;
  /// True once it is known that the service has it all the same, under a number that is still
  /// to be found; then `unknown` is true as well.
  bool received = false;
  [[nodiscard]] FlowName flow_name() const { return {nom_fic, cod_col}; }
  friend bool operator==(const Attempt&, const Attempt&) = default;
};

/// The technical names of fields and files (workflow §2.7).
namespace field {
inline constexpr std::string_view objet = "objet";
inline constexpr std::string_view fichier_pes = "fichier_pes";            // file, what is sent
inline constexpr std::string_view depot_sha256 = "depot_sha256";          // of a flow deposited
inline constexpr std::string_view fichier_original = "fichier_original";  // file, unsigned
inline constexpr std::string_view envoi_tdt_helios = "envoi_tdt_helios";  // "1" or "0"
inline constexpr std::string_view envoi_sae = "envoi_sae";                // "1" or "0"
inline constexpr std::string_view signature = "signature";  // « La signature a été récupérée »
inline constexpr std::string_view id_coll = "id_coll";
inline constexpr std::string_view dte_str = "dte_str";
inline constexpr std::string_view cod_bud = "cod_bud";
inline constexpr std::string_view nom_fic = "nom_fic";
inline constexpr std::string_view cod_col = "cod_col";
inline constexpr std::string_view exercice = "exercice";
inline constexpr std::string_view id_bordereau = "id_bordereau";
inline constexpr std::string_view id_pj = "id_pj";
inline constexpr std::string_view id_pce = "id_pce";
inline constexpr std::string_view id_nature = "id_nature";
inline constexpr std::string_view id_fonction = "id_fonction";
inline constexpr std::string_view pes_tedetis_transaction_id = "pes_tedetis_transaction_id";
/// "1" while the number is one that a person gave and no acquit has proved yet.
inline constexpr std::string_view transaction_saisie = "transaction_saisie";
inline constexpr std::string_view pes_acquit = "pes_acquit";  // file, the last that came
/// File: what came under a number that a person had given, and speaks of another flow.
inline constexpr std::string_view acquit_autre_flux = "acquit_autre_flux";
inline constexpr std::string_view pes_etat_ack = "pes_etat_ack";  // "0", "1", "2" (§2.4)
inline constexpr std::string_view journal = "journal";            // file, « Faisceau de preuves »
inline constexpr std::string_view sae_transfert_id = "sae_transfert_id";
inline constexpr std::string_view sae_bordereau = "sae_bordereau";  // file
inline constexpr std::string_view sae_archive = "sae_archive";      // file
inline constexpr std::string_view ar_sae = "ar_sae";                // file
inline constexpr std::string_view sae_ack_comment = "sae_ack_comment";
inline constexpr std::string_view reply_sae = "reply_sae";  // file
inline constexpr std::string_view sae_archival_identifier = "sae_archival_identifier";
inline constexpr std::string_view sae_atr_comment = "sae_atr_comment";
/// What a service sent under this field before what is there now, which nothing erases:
/// pes_acquit_1, the first that came, pes_acquit_2…
PES_EXPORT std::string earlier(std::string_view field, std::size_t rank);
}  // namespace field

/// All that is known of one flow, from creation to archive. A value: it is
/// changed only by `apply`, from an event of the journal.
struct PES_EXPORT Dossier {
  DossierId id_d;
  std::string id_e;  // entity
  std::string type;  // DossierType::id
  Instant creation;
  Instant modification;
  std::map<std::string, std::string, std::less<>> fields;
  std::map<std::string, StoredFile, std::less<>> files;
  std::vector<Row> etats;                      // oldest first
  std::set<std::string, std::less<>> readers;  // users (id_u) known to have opened it
  std::optional<Job> job;
  std::optional<Attempt> attempt;
  /// The last event applied: its number and the SHA-256 of its line.
  std::uint64_t id_j = 0;
  std::string id_j_sha256;

  /// Objet, or the identifier while there is none (S34).
  [[nodiscard]] std::string titre() const;
  /// The state: the last row. A dossier has at least the row « Créé ».
  [[nodiscard]] Action state() const;
  [[nodiscard]] const Row& last_row() const;
  /// Empty when the field is not set.
  [[nodiscard]] std::string_view value(std::string_view field) const;
  /// Null when the file is not there.
  [[nodiscard]] const StoredFile* file(std::string_view field) const;
  /// The fields of what came under this one before what is there now, oldest first.
  [[nodiscard]] std::vector<std::string> earlier(std::string_view field) const;
  friend bool operator==(const Dossier&, const Dossier&) = default;
};

/// What an event does to a dossier. Kept in the journal line, so that a state file
/// lost in a crash between the two can be completed from it.
struct Change {
  std::optional<Action> row;
  std::map<std::string, std::optional<std::string>, std::less<>> fields;  // nullopt removes
  std::map<std::string, std::optional<StoredFile>, std::less<>> files;    // nullopt removes
  std::optional<std::optional<Job>> job;                                  // inner nullopt removes
  std::optional<std::optional<Attempt>> attempt;                          // inner nullopt removes
  friend bool operator==(const Change&, const Change&) = default;
};

}  // namespace pes
