#pragma once

#include "pes/signature.hpp"

#include <string>

namespace pes::xades {

/// One row of signature §8 being judged: its result is the worst that was noted.
class CheckRow {
 public:
  CheckRow(int number, const char* code);

  void fail(const std::string& message);
  void warn(const std::string& message);
  /// It cannot be judged: what it needs was refused or is missing.
  void skip(const std::string& message);

  [[nodiscard]] Check check() const { return check_; }

 private:
  void note(Check::Result result, const std::string& message);
  Check check_;
};

bool has_failed(const Check& check);

}  // namespace pes::xades
