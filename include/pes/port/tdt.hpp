#pragma once

#include "pes/dossier.hpp"
#include "pes/error.hpp"
#include "pes/export.hpp"
#include "pes/signature.hpp"
#include "pes/time.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace pes::port {

/// The TdT took the file and gave it a number. It has checked nothing yet.
struct TdtAccepted {
  std::string transaction_id;
};
/// The TdT understood and said no; nothing of this request stands there.
struct TdtRefused {
  std::string message;     // its own words
  bool duplicate = false;  // these very bytes were received before
  /// The largest file that it takes, in bytes, when that is what its words say.
  std::optional<std::uint64_t> size_limit = std::nullopt;
};
/// The request left and no usable answer came: it may have been accepted.
struct TdtUnknown {
  std::string reason;
  std::optional<std::chrono::seconds> retry_after;  // as Error::retry_after
};
using TdtSubmission = std::variant<TdtAccepted, TdtRefused, TdtUnknown>;

struct TdtFound {
  std::string transaction_id;
};
/// None of the transactions that can be looked at has this name, yet.
struct TdtNotFound {};
/// This account, or this TdT, gives no way to look.
struct TdtNoSearch {};
using TdtSearch = std::variant<TdtFound, TdtNotFound, TdtNoSearch>;

/// How long something stays as it is at most, as long as all goes well.
struct LongestStay {
  enum class Counted { every_day, working_days };
  std::chrono::days days{0};  // 0: nobody can tell
  Counted counted = Counted::every_day;
};

/// Where a transaction stands, in our words; `code` and `message` are the TdT's.
struct TdtStatus {
  enum class Stage {
    pending,  // posted, waiting, transmitted: nothing to do but wait
    parked,   // waits for a person on the TdT's own pages (to sign, to post)
    acquit,   // an acquit can be downloaded; whether it accepts is in it
    failed,   // refused by the TdT, or technically by Hélios (an acquit may exist)
    cancelled,
    no_acquit,  // transmitted, and no acquit is expected
  };
  Stage stage = Stage::pending;
  int code = 0;
  std::string label;                       // French, of the status number (workflow §2.4)
  std::string message;                     // at most 512 characters, UTF-8
  std::chrono::seconds soonest_change{0};  // asking again sooner is of no use (tdt §6, delays)
  LongestStay longest_stay;                // beyond it, a person should know (tdt §6, delays)
};

/// A file that the TdT gives: its bytes as received, and the name that they had there.
struct TdtFile {
  std::string bytes;
  std::string name;
};

/// A PES Retour that nobody has marked as read (tdt §9.1).
struct TdtRetour {
  std::string id;
  std::string name;
  std::string received;  // date and hour as the TdT writes them
};

/// The transmitter (« tiers de télétransmission »).
///
/// Every function throws service_unreachable, identity_refused, service_unexpected
/// (HTML, redirection, something else than the protocol), service_refused for what it understood
/// and will not do. `submit` throws only when nothing was accepted; it is not idempotent and must
/// never be repeated by a wrapper. All others only read, or do again what is done already: they
/// may be repeated freely.
class PES_EXPORT Tdt {
 public:
  Tdt() = default;
  Tdt(const Tdt&) = delete;
  Tdt& operator=(const Tdt&) = delete;
  virtual ~Tdt();

  /// For people: « S²LOW https://… » or the sandbox's name, which says that it is a test.
  [[nodiscard]] virtual std::string name() const = 0;
  /// Reaches it, and checks certificate and login. Repeatable.
  virtual void test_connection() = 0;
  /// Whether our account may follow what it sends: the right to send does not give it, and
  /// without it no acquit ever comes (tdt §2.2). Repeatable.
  virtual bool may_follow() = 0;
  /// The logins of all accounts of our certificate, an empty one for an account without login;
  /// none: the certificate is unknown there. Asks for no account. Repeatable.
  virtual std::vector<std::string> logins() = 0;
  /// Sends the file. NOT repeatable: its fate must be settled first.
  virtual TdtSubmission submit(const std::filesystem::path& file, const std::string& name) = 0;
  /// Repeatable.
  virtual TdtStatus status(const std::string& transaction_id) = 0;
  /// Nothing when there is none yet. Repeatable.
  using Acquit = TdtFile;
  virtual std::optional<Acquit> acquit(const std::string& transaction_id) = 0;
  /// How long to wait before asking for the status again, when nothing had come after
  /// `tries` requests; asking sooner is of no use (tdt §6, intervals).
  [[nodiscard]] virtual std::chrono::seconds pause(int tries) const = 0;
  /// How long after a submission of unknown fate the same bytes may be submitted again, to learn
  /// it: accepted now, they had not arrived; refused as a duplicate, they had. Sooner, the first
  /// could still be on its way, and both be taken (tdt §11).
  [[nodiscard]] virtual std::chrono::seconds settling_time() const = 0;
  /// Looks for a flow that the TdT has and whose number was lost. Repeatable, and then goes on
  /// where it failed.
  /// @param since when its submission began
  /// @param is_anothers true of the number of a transaction that is known to be another
  ///        submission's: two of one day may bear one name
  virtual TdtSearch find(const FlowName& flow, Instant since,
                         const std::function<bool(const std::string&)>& is_anothers) = 0;

  /// The PES Retours that nobody has marked as read, in no order. Repeatable.
  virtual std::vector<TdtRetour> unread_retours() = 0;
  /// A PES Retour, read or not; whole, and of no other root. Repeatable.
  virtual TdtFile retour(const std::string& id) = 0;
  /// Takes it from the list of unread ones, for everybody and for good: it must be kept durably
  /// before. Repeatable: the second time changes nothing.
  virtual void mark_retour_read(const std::string& id) = 0;

  /// The transactions that entered a status on `since`'s day, the one before, or later; newest
  /// first. Throws config_missing without an archivist's account. Repeatable.
  virtual std::vector<std::string> transactions(int status, Instant since) = 0;
  /// Tells the TdT that the SAE keeps the flow, so that it is archived from there no more; false
  /// when the TdT knows. Throws config_missing without an archivist's account, service_refused from
  /// a status that does not lead there. Repeatable: stopped halfway, it goes on from there.
  virtual bool tell_archived(const std::string& transaction_id) = 0;

  /// The address of the page where a person sees a transaction, or all of them when it is empty.
  /// It lets in whoever has it, for a few minutes and with our certificate: a secret, to be shown
  /// to a person alone. Throws config_missing without a login. Repeatable: each call makes another.
  virtual Secret page(const std::string& transaction_id) = 0;

  /// Why it is left alone for now, after it failed too often: what any request would throw,
  /// without a word to it. Nothing while it may be asked.
  [[nodiscard]] virtual std::optional<Error> interruption() const;
};

}  // namespace pes::port
