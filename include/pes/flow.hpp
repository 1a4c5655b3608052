#pragma once

#include "pes/dossier.hpp"
#include "pes/error.hpp"
#include "pes/export.hpp"
#include "pes/ids.hpp"
#include "pes/pes_acquit.hpp"
#include "pes/pes_aller.hpp"
#include "pes/port/clock.hpp"
#include "pes/port/journal.hpp"
#include "pes/port/sae.hpp"
#include "pes/port/signer.hpp"
#include "pes/port/stamps.hpp"
#include "pes/port/store.hpp"
#include "pes/port/tdt.hpp"
#include "pes/port/tsa.hpp"
#include "pes/preflight.hpp"
#include "pes/settings.hpp"
#include "pes/signature.hpp"
#include "pes/time_stamp.hpp"
#include "pes/user.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// The dossier's life. Each function takes the dossier, journals what it does, then saves
/// its state; killed anywhere, the next call completes the record (lib/design/0002).
namespace pes::flow {

/// Something that happened and that a person following may want to see. The tool prints
/// it; the flow never does.
struct Notice {
  enum class Kind { state, message, warning, signing };
  Kind kind = Kind::message;
  DossierId id_d;
  std::string text;
};

/// What a command works with.
struct Services {
  port::Store& store;
  port::Journal& journal;
  port::Stamps& stamps;
  port::Clock& clock;
  const Settings& settings;
  User user;
  std::string command;  // shown to whoever finds the dossier held
  std::function<void(const Notice&)> listener;
  /// From 0, included, to 1, excluded: how much later than planned a failed action is tried again,
  /// so that all do not come back at once. Never later unless given.
  std::function<double()> chance = [] { return 0.0; };
};

/// The services of an entity, opened when first needed.
struct Partners {
  std::function<port::Tdt&(const std::string& id_e)> tdt;
  std::function<port::Sae&(const std::string& id_e)> sae;
  std::function<port::Tsa&()> tsa;  // empty: the events of this home are not time-stamped
};

/// A dossier after a command; `changed` is false when it was already so.
struct Outcome {
  Dossier dossier;
  bool changed = true;
};

// --- The form -----------------------------------------------------------------

/// Faults of the form in Pastell's words (workflow §4.4); empty when it can be sent. The
/// dossier is valid in itself: an incomplete form can be saved (S63).
PES_EXPORT std::vector<std::string> form_faults(const Dossier& dossier);

/// Throws field_invalid with the position (in characters, from 1) of what is refused:
/// longer than 256 characters, `œ`, `€`, control characters, invalid UTF-8 (§4.4).
PES_EXPORT void require_valid_objet(std::string_view objet);
/// Characters outside ISO-8859-1 that are not refused but may not survive: warnings.
PES_EXPORT std::vector<std::string> objet_warnings(std::string_view objet);

/// What a person may do now, in the order of workflow §2.2.
PES_EXPORT std::vector<Action> possible_actions(const Dossier& dossier);
/// Throws state_forbids with Pastell's sentence (§2.1) and what to do instead.
PES_EXPORT void require_possible(const Dossier& dossier, Action action);

// --- A person's commands ------------------------------------------------------

struct Creation {
  std::string type = "pes-avec-signature";  // id or label
  std::string id_e;
  std::optional<DossierId> id;  // chosen by the caller: the same file again finds it again
  std::optional<std::string> objet;
  std::optional<NamedFile> file;
  std::string file_name;  // in the dossier; the file's own when empty
};
/// A row « Créé », then, when there is anything to save, « En cours de rédaction ». Throws
/// entity_unknown, type_unknown, field_invalid, input_* (the file must be a PES Aller),
/// state_forbids (root or inactive entity; `id` taken with another content).
PES_EXPORT Outcome create(Services& services, const Creation& creation);

/// How a dossier's flow is to be signed, as the configuration of its entity says.
struct SigningWish {
  bool set_dematerialisee = false;
  std::optional<SignatureMode> mode;
};

/// A flow that was dropped, for a dossier that its content names.
struct Deposit {
  std::filesystem::path file;
  std::string file_name;  // as in Creation
  std::string type;       // id or label; empty: « PES » for a flow that is signed already
  std::string id_e;
  std::string objet;
  std::optional<bool> envoi_sae;  // otherwise as the configuration says
  /// How it is to be signed next, when it is: what cannot be is refused first.
  std::optional<SigningWish> signing;
};
/// A dossier for the flow, or the one that it has: the same bytes for the same entity and type are
/// one dossier, however often and by however many processes they are deposited. Its identifier is
/// drawn from their SHA-256, which the dossier keeps (`field::depot_sha256`), so that no crash can
/// forget one or make two. A dossier that was deleted is forgotten.
///
/// Throws what refuses the flow, before anything is made: as `create`, input_invalid for the first
/// error that `check_flow` finds, and as `elements_to_sign`. Throws io_failed when it is
/// still being written.
PES_EXPORT Outcome deposit(Services& services, const Deposit& deposit);

struct Edition {
  std::optional<std::string> objet;
  std::optional<NamedFile> file;
  std::string file_name;
  bool detach_file = false;
  std::optional<bool> envoi_sae;
};
PES_EXPORT Outcome edit(Services& services, const DossierId& id, const Edition& edition);

PES_EXPORT void erase(Services& services, const DossierId& id);

/// By what the flows of an entity are checked.
PES_EXPORT PreflightRules preflight_rules(const Settings& settings, const std::string& id_e,
                                          Instant now);

/// What would stop this dossier: its form, then what check_flow finds. No lock, no effect.
struct CheckReport {
  Dossier dossier;
  std::vector<std::string> form;
  std::optional<PesAller> flow;
  std::vector<Finding> findings;
  [[nodiscard]] PES_EXPORT bool sendable() const;
};
PES_EXPORT CheckReport check(const Services& services, const DossierId& id);

struct SigningOrder {
  /// Makes the signed file: with a key here, or with what another signatory returned. Called
  /// once it is certain that a signature will be made.
  std::function<SigningOutcome(const SigningRequest&)> make;
  SigningWish wish;
};
/// What signing a dossier would be asked, with no output, and the flow that it names.
struct AwaitedSignature {
  SigningRequest request;
  ReadableFile flow;
};
/// Of this dossier, now. No lock, no effect. Throws as `sign` for what cannot be signed.
PES_EXPORT AwaitedSignature awaited_signature(const Services& services, const DossierId& id,
                                              const SigningWish& wish);
/// The signed properties that the configuration gives an entity.
PES_EXPORT SignatureProperties signature_properties(const Settings& settings,
                                                    const std::string& id_e);
/// No row (S77): an event, the signed file in place of the flow, the original kept.
PES_EXPORT Outcome sign(Services& services, const DossierId& id, const SigningOrder& order);

/// « Envoyer le document »: records the person's order. Nothing leaves before `advance`.
PES_EXPORT Outcome send(Services& services, const DossierId& id);
/// A person's decision about an attempt of unknown fate, whose turn would come by itself: post
/// the same bytes again now (a duplicate proves that the first arrived), or take note of the
/// number read on the TdT's page.
PES_EXPORT Outcome resend(Services& services, const DossierId& id, std::string_view attempt);
PES_EXPORT Outcome adopt_transaction(Services& services, const DossierId& id,
                                     std::string_view transaction_id);
/// « Verser au SAE » after erreur-envoie-sae or rejet-sae, or when the SAE does not find what it
/// took; « Vérifier le statut… » and the other buttons: makes that automatic action due now.
PES_EXPORT Outcome order(Services& services, const DossierId& id, Action action);
/// Holds the automatic action back until a person lets it go on. Not changed when it is held back
/// already. Throws state_forbids when there is none.
/// @param why for whoever finds it so; may be empty
PES_EXPORT Outcome suspend(Services& services, const DossierId& id, std::string_view why);
/// Lets an automatic action go on that was held back, by a person or by what it met. Not changed
/// when nothing is. Throws state_forbids when there is none, or when a person has to tell first
/// what became of a sending.
PES_EXPORT Outcome resume(Services& services, const DossierId& id);
/// Whether the TdT has the flow as an error under a number that it did not tell, as that of bytes
/// which it had before.
PES_EXPORT bool has_no_number(const Dossier& dossier);
/// Whether a person may give its number, without any sending of unknown fate: it has none, or one
/// that a person gave and no acquit has proved.
PES_EXPORT bool may_be_told_its_number(const Dossier& dossier);
/// The button that a person would press to retry in this state, if there is one.
PES_EXPORT std::optional<Action> retry_of(const Dossier& dossier);

/// Asks the TdT again for the acquit of a dossier that has one: Hélios may answer a flow twice.
/// Another one takes its place and its verdict, and the earlier ones are kept beside it; no state
/// changes. Not changed when there is none but the one that is there. Throws state_forbids before
/// the first one, and as the TdT does.
PES_EXPORT Outcome refresh_acquit(Services& services, const Partners& partners,
                                  const DossierId& id);
/// Tells the TdT that the SAE has accepted this dossier's flow, so that nobody archives it there a
/// second time (tdt §10). Not changed when the TdT knows. Throws state_forbids before the SAE
/// accepted it, and as the TdT does.
PES_EXPORT Outcome tell_archived(Services& services, const Partners& partners, const DossierId& id);

/// A person opened the dossier: journaled once a person, and not for one who already acted
/// on it (workflow §3.3). Never a new state.
PES_EXPORT void record_reading(Services& services, const Dossier& dossier);
/// A person read a file of the dossier: journaled each time (workflow §3.3), never a change.
PES_EXPORT void record_consultation(Services& services, const Dossier& dossier,
                                    std::string_view file_name);

// --- The automaton ------------------------------------------------------------

struct Step {
  enum class Result {
    moved,      // a new row
    unchanged,  // nothing new yet; `next_try` says when to ask again
    resting,    // nothing is due: the dossier waits for a person, or is finished
    failed,     // `error`; the job stays, or is suspended
  };
  Result result = Result::resting;
  Dossier dossier;
  std::optional<Error> error;
  std::optional<Action> action;  // that was tried
};
/// Does the automatic action that is due now, if any. Throws only what prevents from
/// looking (dossier_unknown, dossier_locked, state_damaged…).
PES_EXPORT Step advance(Services& services, const Partners& partners, const DossierId& id);

/// Advances as long as something is due now, unless the clock says that it is over.
/// @param each told of each step; may be empty
PES_EXPORT Step advance_as_due(Services& services, const Partners& partners, const DossierId& id,
                               const std::function<void(const Step&)>& each = {});

/// Advances until the dossier rests, fails, or `deadline` passes; waits for the dates of
/// the job in between, that of an answer lost included.
PES_EXPORT Step advance_until_rest(Services& services, const Partners& partners,
                                   const DossierId& id, Instant deadline);

// --- Proof (lib/design/0009) --------------------------------------------------

struct StampReport {
  std::size_t stamped = 0;
  std::size_t waiting = 0;     // events that have none yet
  std::optional<Error> error;  // why
};
/// Has every event stamped that has no time stamp yet, oldest first, until the clock is over or
/// the authority fails. The first stamp of a home is that of its last event.
PES_EXPORT StampReport stamp_events(Services& services, port::Tsa& tsa);
PES_EXPORT std::size_t events_without_stamp(const port::Journal& journal,
                                            const port::Stamps& stamps);

struct StampVerification {
  std::vector<port::JournalFault> faults;
  std::size_t stamped = 0;
  std::size_t waiting = 0;
};
/// Checks each time stamp: that its line is there and is what was stamped, that the token proves
/// it, that none is missing between two. Needs no network.
/// @param authorities null: who stamped is not judged
PES_EXPORT StampVerification verify_stamps(const port::Journal& journal, const port::Stamps& stamps,
                                           const TimeStampAuthorities* authorities);

/// « Faisceau de preuves »: the dossier's events, oldest first, at most 10 000, as a JSON array
/// (workflow §2.4). Each has the columns of its journal line, then `sha256`, `ligne` (the very
/// bytes that were digested and stamped), `preuve` (the time stamp, in base64, or null) and
/// `date_horodatage`. UTF-8.
/// @param first the number of its first event; 0 where that is not known
PES_EXPORT std::string proof_bundle(const port::Journal& journal, const port::Stamps& stamps,
                                    const DossierId& id, std::uint64_t first);

struct BundleVerification {
  std::vector<port::JournalFault> faults;  // `line` is the rank of the event, from 1
  std::size_t events = 0;
  std::size_t stamped = 0;
};
/// Checks a bundle by itself: that columns, digest and time stamp of each event are those of its
/// line, and that lines which follow each other are chained. Throws input_invalid for what is no
/// bundle.
PES_EXPORT BundleVerification verify_bundle(std::string_view bundle,
                                            const TimeStampAuthorities* authorities);

}  // namespace pes::flow
