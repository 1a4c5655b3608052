#include "adapter/journal/verification.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <utility>

namespace pes::journal {

namespace {

std::string missing_before(std::uint64_t first, std::uint64_t last, std::uint64_t line) {
  const std::string place = std::to_string(line);
  if (first == last) {
    return say("event {1} is missing before line {2}", {std::to_string(first), place});
  }
  return say("events {1} to {2} are missing before line {3}",
             {std::to_string(first), std::to_string(last), place});
}

bool is_readable(const Link* link) { return link != nullptr && link->problem.empty(); }

}  // namespace

Verification::Verification(std::vector<port::Witness> witnesses)
    : witnesses_(std::move(witnesses)) {
  std::erase_if(witnesses_, [](const port::Witness& witness) { return witness.id_j == 0; });
  std::ranges::sort(witnesses_, {}, &port::Witness::id_j);
  last_.sha256 = no_digest;
}

void Verification::add(Link link) {
  ++lines_;
  if (waiting_) judge(*waiting_, &link);
  waiting_ = std::move(link);
}

void Verification::add_incomplete_line() { ends_incomplete_ = true; }

std::vector<port::JournalFault> Verification::finish() {
  if (waiting_) judge(*waiting_, nullptr);
  report_end();
  report_holes();
  std::stable_sort(faults_.begin(), faults_.end(),
                   [](const auto& a, const auto& b) { return a.line < b.line; });
  return std::move(faults_);
}

void Verification::judge(const Link& link, const Link* next) {
  if (!link.problem.empty()) {
    judge_unreadable(link);
  } else if (link.id_j == last_.id_j + 1) {
    judge_in_sequence(link, next);
  } else {
    judge_out_of_sequence(link, next);
  }
}

void Verification::judge_unreadable(const Link& link) {
  if (!unreadable_since_last_) unreadable_since_last_ = faults_.size();
  report(Kind::unreadable, link.line, 0, link.problem);
}

void Verification::judge_in_sequence(const Link& link, const Link* next) {
  if (link.previous != last_.sha256) {
    if (last_.line == 0 || is_confirmed(last_) || is_contradicted(link, next)) {
      report_altered(link, say("line {1} (event {2}) was altered: it bears a wrong digest of the "
                               "line before, which nothing else vouches for",
                               {std::to_string(link.line), std::to_string(link.id_j)}));
    } else {
      report_altered(last_, say("line {1} (event {2}) was altered: line {3} bears another digest "
                                "of it",
                                {std::to_string(last_.line), std::to_string(last_.id_j),
                                 std::to_string(link.line)}));
    }
  }
  compare_with_witnesses(link);
  pass_over(link);
}

void Verification::judge_out_of_sequence(const Link& link, const Link* next) {
  if (link.previous == last_.sha256 && !numbers_go_on_from(link, next)) {
    Link renumbered = link;
    renumbered.id_j = last_.id_j + 1;
    report_altered(renumbered, say("line {1} was altered: its number is {2} where {3} was due",
                                   {std::to_string(link.line), std::to_string(link.id_j),
                                    std::to_string(renumbered.id_j)}));
    pass_over(renumbered);
    return;
  }
  compare_with_witnesses(link);
  if (link.id_j <= last_.id_j || (is_readable(next) && follows_last(*next))) {
    misplaced_.insert(link.id_j);
    report(Kind::reordered, link.line, link.id_j,
           say("line {1} (event {2}) is not in its place",
               {std::to_string(link.line), std::to_string(link.id_j)}));
    return;
  }
  report_gap(last_.id_j + 1, link.id_j - 1, link.line);
  pass_over(link);
}

void Verification::compare_with_witnesses(const Link& link) {
  for (const port::Witness& witness : witnesses_of(link)) {
    if (witness.sha256 == link.sha256) continue;
    report_altered(link,
                   say("line {1} (event {2}) was altered: {3} knows another digest of it",
                       {std::to_string(link.line), std::to_string(link.id_j), witness.source}));
  }
}

void Verification::pass_over(const Link& link) {
  last_ = link;
  unreadable_since_last_.reset();
}

void Verification::report_gap(std::uint64_t first, std::uint64_t last, std::uint64_t line) {
  if (!unreadable_since_last_) {
    holes_.push_back({.first = first, .last = last, .line = line});
  } else if (first < last) {
    port::JournalFault& fault = faults_[*unreadable_since_last_];
    fault.message = say("{1}; events {2} to {3} were due there",
                        {fault.message, std::to_string(first), std::to_string(last)});
  }
}

void Verification::report_end() {
  std::uint64_t due = last_.id_j + 1;
  if (ends_incomplete_) {
    report(Kind::truncated, lines_ + 1, due,
           say("line {1} is incomplete: it has no line feed", {std::to_string(lines_ + 1)}));
    ++due;
  }
  if (witnesses_.empty()) return;
  const std::uint64_t known = witnesses_.back().id_j;
  if (due <= known) report_gap(due, known, lines_ + 1);
}

void Verification::report_holes() {
  for (const Hole& hole : holes_) {
    std::uint64_t first = hole.first;
    for (auto found = misplaced_.lower_bound(first); first <= hole.last; ++found) {
      const bool is_elsewhere = found != misplaced_.end() && *found <= hole.last;
      const std::uint64_t stop = is_elsewhere ? *found : hole.last + 1;
      if (first < stop) {
        report(Kind::removed, hole.line, first, missing_before(first, stop - 1, hole.line));
      }
      if (!is_elsewhere) break;
      first = stop + 1;
    }
  }
}

std::ranges::subrange<std::vector<port::Witness>::const_iterator> Verification::witnesses_of(
    const Link& link) const {
  return std::ranges::equal_range(witnesses_, link.id_j, {}, &port::Witness::id_j);
}

bool Verification::follows_last(const Link& link) const {
  return link.id_j == last_.id_j + 1 && link.previous == last_.sha256;
}

bool Verification::is_confirmed(const Link& link) const {
  return std::ranges::any_of(witnesses_of(link), [&](const port::Witness& witness) {
    return witness.sha256 == link.sha256;
  });
}

bool Verification::is_contradicted(const Link& link, const Link* next) const {
  if (is_readable(next) && next->id_j == link.id_j + 1 && next->previous != link.sha256) {
    return true;
  }
  return std::ranges::any_of(witnesses_of(link), [&](const port::Witness& witness) {
    return witness.sha256 != link.sha256;
  });
}

bool Verification::numbers_go_on_from(const Link& link, const Link* next) const {
  return is_readable(next) ? next->id_j == link.id_j + 1 : is_confirmed(link);
}

void Verification::report(Kind kind, std::uint64_t line, std::uint64_t id_j, std::string message) {
  faults_.push_back({.kind = kind, .line = line, .id_j = id_j, .message = std::move(message)});
}

void Verification::report_altered(const Link& link, std::string message) {
  if (!altered_lines_.insert(link.line).second) return;
  report(Kind::altered, link.line, link.id_j, std::move(message));
}

}  // namespace pes::journal
