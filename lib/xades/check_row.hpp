#pragma once

#include "pes/verification.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace pes::xades {

/// How much a finding weighs, in the classes V, I and W of signature §8. What a profile makes of
/// it is told by Rules.
enum class Weight {
  refusal,             // V
  refusal_everywhere,  // V for S²LOW too, which leaves most other rows aside
  s2low_refusal,       // W, but S²LOW refuses
  strict_refusal,      // W, V in strict mode
  doubt,               // I
  strict_doubt,        // W, I in strict mode and for ETSI
  weak,                // W, I for ETSI, which dates nothing by an unprotected SigningTime
  remark,              // W
  not_judged,          // what it needs was refused or is missing
};

struct Note {
  Weight weight = Weight::remark;
  SubIndication reason = SubIndication::none;
  std::string message;
};

/// One row of signature §8 being judged. Of findings that weigh the same it tells some and counts
/// the others: a file made for it holds a million.
class CheckRow {
 public:
  /// @param reason what ETSI EN 319 102-1 calls a failure of this row
  CheckRow(int number, const char* code, SubIndication reason = SubIndication::none)
      : number_(number), code_(code), reason_(reason) {}

  void note(Weight weight, std::string message);
  void note(Weight weight, SubIndication reason, std::string message);
  void fail(std::string message) { note(Weight::refusal, std::move(message)); }
  void warn(std::string message) { note(Weight::remark, std::move(message)); }
  /// @param reason what the standard calls it when this row cannot be judged
  void skip(SubIndication reason, std::string message) {
    note(Weight::not_judged, reason, std::move(message));
  }

  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] const char* code() const { return code_; }
  [[nodiscard]] const std::vector<Note>& notes() const { return notes_; }
  /// Something of class V was found: nothing that builds on this row is believed.
  [[nodiscard]] bool is_refused() const;
  /// It was judged, and nothing of class V was found.
  [[nodiscard]] bool stands() const;
  [[nodiscard]] std::string message() const;

 private:
  int number_;
  const char* code_;
  SubIndication reason_;
  std::vector<Note> notes_;
  std::size_t untold_ = 0;
};

}  // namespace pes::xades
