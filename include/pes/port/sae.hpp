#pragma once

#include "pes/error.hpp"
#include "pes/export.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

namespace pes::port {

struct SaeDeposited {
  std::string answer;  // the service's own words, for the journal
};
/// This request was refused. Whether the SAE has the transfer all the same, its AR tells.
struct SaeRefused {
  std::string message;
};
/// The deposit left and no usable answer came.
struct SaeUnknown {
  std::string reason;
  std::optional<std::chrono::seconds> retry_after;  // as Error::retry_after
};
using SaeDeposit = std::variant<SaeDeposited, SaeRefused, SaeUnknown>;

struct SaeMessage {
  std::string bytes;  // XML as received
};
/// Not there yet; not an error.
struct SaePending {
  std::string message;
};
/// The SAE knows no transfer of that name from that agency.
struct SaeNoTransfer {
  std::string message;
};
using SaeAnswer = std::variant<SaeMessage, SaePending, SaeNoTransfer>;

/// The archiving system (« système d'archivage électronique »). `deposit` must never be
/// repeated by a wrapper; the rest may. Failures as for Tdt.
class PES_EXPORT Sae {
 public:
  Sae() = default;
  Sae(const Sae&) = delete;
  Sae& operator=(const Sae&) = delete;
  virtual ~Sae();

  [[nodiscard]] virtual std::string name() const = 0;
  /// Reaches the service and checks the credentials; the version it announces.
  virtual std::string test_connection() = 0;
  virtual SaeDeposit deposit(const std::filesystem::path& bordereau_seda,
                             const std::filesystem::path& archive,
                             const std::string& archive_name) = 0;
  /// @param agency identifier of the transferring agency (sae §2.2)
  virtual SaeAnswer acknowledgement(const std::string& agency, const std::string& transfer) = 0;
  virtual SaeAnswer reply(const std::string& agency, const std::string& transfer) = 0;
  /// As Tdt::pause, for the acknowledgement and the reply (sae §2.10).
  [[nodiscard]] virtual std::chrono::seconds pause(int tries) const = 0;
  /// How long after a deposit of unknown fate the SAE may still be at work on it: an AR that is
  /// absent sooner proves nothing.
  [[nodiscard]] virtual std::chrono::seconds settling_time() const = 0;
  /// As Tdt::interruption.
  [[nodiscard]] virtual std::optional<Error> interruption() const;
};

}  // namespace pes::port
