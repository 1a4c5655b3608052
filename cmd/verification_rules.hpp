#pragma once

#include <span>
#include <string_view>

namespace pes::cmd {

/// A check of signature §8, for those who read a report without the manual.
struct VerificationRule {
  int number = 0;
  std::string_view code;
  const char* meaning = nullptr;  // English, translated where it is shown
};

/// All of them, by number.
std::span<const VerificationRule> verification_rules();

}  // namespace pes::cmd
