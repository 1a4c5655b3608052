#pragma once

#include "adapter/journal/chain.hpp"
#include "pes/port/journal.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <set>
#include <string>
#include <vector>

namespace pes::journal {

/// Finds what was done to a chain of lines, given one by one, and names the line where it
/// was done. It looks one line ahead, so that a single alteration gives a single fault:
///
///   - a line that does not carry the digest of the one before tells that one of the two
///     was altered. It is the later when the line after it, or a witness, contradicts it
///     too; else the earlier;
///   - a line out of sequence is out of its place when the next one follows the one before
///     it, else it shows a hole.
///
/// Memory grows with the faults and the witnesses, not with the lines.
class Verification {
 public:
  explicit Verification(std::vector<port::Witness> witnesses);

  void add(Link link);
  /// After the last complete line: what stands behind it has no line feed.
  void add_incomplete_line();
  /// Every fault, in the order of the lines.
  std::vector<port::JournalFault> finish();

 private:
  using Kind = port::JournalFault::Kind;
  /// Events that no line held when the reading had passed their place.
  struct Hole {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::uint64_t line = 0;  // before which they should stand
  };

  void judge(const Link& link, const Link* next);
  void judge_unreadable(const Link& link);
  void judge_in_sequence(const Link& link, const Link* next);
  void judge_out_of_sequence(const Link& link, const Link* next);
  void compare_with_witnesses(const Link& link);
  void pass_over(const Link& link);
  void report_gap(std::uint64_t first, std::uint64_t last, std::uint64_t line);
  void report_end();
  void report_holes();

  [[nodiscard]] std::ranges::subrange<std::vector<port::Witness>::const_iterator> witnesses_of(
      const Link& link) const;
  [[nodiscard]] bool follows_last(const Link& link) const;
  [[nodiscard]] bool is_confirmed(const Link& link) const;
  [[nodiscard]] bool is_contradicted(const Link& link, const Link* next) const;
  [[nodiscard]] bool numbers_go_on_from(const Link& link, const Link* next) const;

  void report(Kind kind, std::uint64_t line, std::uint64_t id_j, std::string message);
  void report_altered(const Link& link, std::string message);

  std::vector<port::Witness> witnesses_;  // by id_j
  std::optional<Link> waiting_;           // read, judged with its successor
  Link last_;                             // the last in sequence
  std::uint64_t lines_ = 0;
  bool ends_incomplete_ = false;
  std::optional<std::size_t> unreadable_since_last_;  // rank of the first such fault
  std::set<std::uint64_t> misplaced_;                 // id_j of lines out of sequence
  std::set<std::uint64_t> altered_lines_;
  std::vector<Hole> holes_;
  std::vector<port::JournalFault> faults_;
};

}  // namespace pes::journal
