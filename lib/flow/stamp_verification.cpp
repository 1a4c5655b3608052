#include "pes/flow.hpp"
#include "support/text.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pes::flow {

namespace {

using Fault = port::JournalFault;

/// The digests of the lines from the first stamped one on, as far as the chain can be followed.
struct Lines {
  std::uint64_t first = 0;  // id_j
  std::vector<std::string> digests;
  bool is_whole = true;

  [[nodiscard]] const std::string* find(std::uint64_t id_j) const {
    const bool is_known = id_j >= first && id_j - first < digests.size();
    return is_known ? &digests[id_j - first] : nullptr;
  }
};

Lines lines_from(const port::Journal& journal, std::uint64_t first) {
  Lines lines{.first = first, .digests = {}};
  try {
    journal.visit(0, [&](const Event& event) {
      if (event.id_j >= first) lines.digests.push_back(event.sha256);
      return true;
    });
  } catch (const Error& error) {
    // Told by the verification of the chain; the lines before it keep their proofs.
    if (error.code() != ErrorCode::journal_damaged) throw;
    lines.is_whole = false;
  }
  return lines;
}

std::optional<std::uint64_t> first_stamped(const port::Stamps& stamps) {
  std::optional<std::uint64_t> first;
  stamps.visit(0, [&](const port::Stamp& stamp) {
    first = stamp.id_j;
    return false;
  });
  return first;
}

/// Goes through the stamps in their order, beside the lines.
class Verification {
 public:
  Verification(Lines lines, const TimeStampAuthorities* authorities)
      : lines_(std::move(lines)), authorities_(authorities), due_(lines_.first) {}

  void add(const port::Stamp& stamp) {
    ++result_.stamped;
    judge_place(stamp);
    judge_line(stamp);
    const TimeStampVerdict verdict = verify_time_stamp(stamp.reply, stamp.sha256, authorities_);
    if (!verdict.fault.empty()) {
      report(Fault::Kind::stamp, stamp,
             say("the time stamp of event {1} proves nothing: {2}",
                 {std::to_string(stamp.id_j), verdict.fault}));
    }
    if (verdict.stamp) judge_time(stamp, verdict.stamp->time);
  }

  StampVerification finish() {
    const std::uint64_t end = lines_.first + lines_.digests.size();
    result_.waiting = end > due_ ? end - due_ : 0;
    return std::move(result_);
  }

 private:
  void judge_place(const port::Stamp& stamp) {
    if (stamp.id_j != due_) {
      report(Fault::Kind::stamp, stamp,
             say("the time stamp of event {1} stands where that of event {2} was due",
                 {std::to_string(stamp.id_j), std::to_string(due_)}));
    }
    due_ = stamp.id_j + 1;
  }

  void judge_line(const port::Stamp& stamp) {
    const std::string* const digest = lines_.find(stamp.id_j);
    if (digest == nullptr && !lines_.is_whole) return;
    if (digest == nullptr) {
      report(Fault::Kind::removed, stamp,
             say("event {1} is missing: it was time-stamped", {std::to_string(stamp.id_j)}));
    } else if (*digest != stamp.sha256) {
      report(Fault::Kind::altered, stamp,
             say("event {1} was altered: it is not what was time-stamped",
                 {std::to_string(stamp.id_j)}));
    }
  }

  void judge_time(const port::Stamp& stamp, Instant time) {
    // Authorities may keep several clocks (RFC 3161 §2.4.2, accuracy and ordering).
    constexpr std::chrono::minutes tolerance{1};
    if (time + tolerance < latest_) {
      report(Fault::Kind::stamp, stamp,
             say("the time stamp of event {1} is older than the one before it",
                 {std::to_string(stamp.id_j)}));
    }
    latest_ = std::max(latest_, time);
  }

  void report(Fault::Kind kind, const port::Stamp& stamp, std::string message) {
    // Lines are numbered as events are.
    result_.faults.push_back(
        {.kind = kind, .line = stamp.id_j, .id_j = stamp.id_j, .message = std::move(message)});
  }

  Lines lines_;
  const TimeStampAuthorities* authorities_;
  std::uint64_t due_;
  Instant latest_{};
  StampVerification result_;
};

}  // namespace

StampVerification verify_stamps(const port::Journal& journal, const port::Stamps& stamps,
                                const TimeStampAuthorities* authorities) {
  const auto first = first_stamped(stamps);
  if (!first) return {};
  Verification verification(lines_from(journal, *first), authorities);
  stamps.visit(0, [&](const port::Stamp& stamp) {
    verification.add(stamp);
    return true;
  });
  return verification.finish();
}

}  // namespace pes::flow
