#pragma once

#include "pes/export.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace pes::port {

/// What proves that a line of the journal was there at a time.
struct Stamp {
  std::uint64_t id_j = 0;      // of the line
  std::string sha256;          // of the line, as it was when it was stamped
  std::uint64_t position = 0;  // where the line after it begins in the journal
  std::string reply;           // of the authority, as it came (pes/time_stamp.hpp)
};

/// The time stamps of a home's journal, kept beside it, oldest first, never changed.
class PES_EXPORT Stamps {
 public:
  Stamps() = default;
  Stamps(const Stamps&) = delete;
  Stamps& operator=(const Stamps&) = delete;
  virtual ~Stamps();

  /// Adds it, durable on return. Safe between processes: one that is not after the last, because
  /// another process was quicker, is dropped. Throws journal_damaged, journal_newer, io_failed.
  virtual void keep(const Stamp& stamp) = 0;
  /// Nothing when none was ever kept.
  [[nodiscard]] virtual std::optional<Stamp> last() const = 0;
  /// Calls back with each of event `from` or later, until it returns false; those before are not
  /// read, so that one costs no more in an old home. A last line that is incomplete was never
  /// acknowledged, and is passed over. Throws journal_damaged, journal_newer.
  virtual void visit(std::uint64_t from,
                     const std::function<bool(const Stamp&)>& callback) const = 0;
};

}  // namespace pes::port
