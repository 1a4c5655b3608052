#pragma once

#include "pes/dossier.hpp"
#include "pes/error.hpp"
#include "pes/export.hpp"
#include "pes/time.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

namespace pes::port {

/// The TdT took the file and gave it a number. It has checked nothing yet.
struct TdtAccepted {
  std::string transaction_id;
};
/// The TdT understood and said no; nothing of this request stands there.
struct TdtRefused {
  std::string message;     // its own words
  bool duplicate = false;  // these very bytes were received before
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
};

/// The transmitter (« tiers de télétransmission »).
///
/// Every function throws service_unreachable, identity_refused, service_unexpected
/// (HTML, redirection, something else than the protocol). `submit` throws only when
/// nothing was accepted; it must never be repeated by a wrapper. The others may be
/// repeated freely.
class PES_EXPORT Tdt {
 public:
  Tdt() = default;
  Tdt(const Tdt&) = delete;
  Tdt& operator=(const Tdt&) = delete;
  virtual ~Tdt();

  /// For people: « S²LOW https://… » or the sandbox's name, which says that it is a test.
  [[nodiscard]] virtual std::string name() const = 0;
  virtual void test_connection() = 0;
  virtual TdtSubmission submit(const std::filesystem::path& file, const std::string& name) = 0;
  virtual TdtStatus status(const std::string& transaction_id) = 0;
  /// The bytes as received and the name given to them; nothing when there is none yet.
  struct Acquit {
    std::string bytes;
    std::string name;
  };
  virtual std::optional<Acquit> acquit(const std::string& transaction_id) = 0;
  /// How long to wait before asking for the status again, when nothing had come after
  /// `tries` requests; asking sooner is of no use (tdt §6, intervals).
  [[nodiscard]] virtual std::chrono::seconds pause(int tries) const = 0;
  /// How long after a submission of unknown fate the same bytes may be submitted again, to learn
  /// it: accepted now, they had not arrived; refused as a duplicate, they had. Sooner, the first
  /// could still be on its way, and both be taken (tdt §11).
  [[nodiscard]] virtual std::chrono::seconds settling_time() const = 0;
  /// Looks for a flow that the TdT has and whose number was lost.
  /// @param since when its submission began
  virtual TdtSearch find(const FlowName& flow, Instant since) = 0;
  /// Why it is left alone for now, after it failed too often: what any request would throw,
  /// without a word to it. Nothing while it may be asked.
  [[nodiscard]] virtual std::optional<Error> interruption() const;
};

}  // namespace pes::port
