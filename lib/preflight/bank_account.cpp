#include "preflight/bank_account.hpp"

#include <optional>
#include <string>

namespace pes::preflight {

namespace {

constexpr unsigned modulus = 97;
constexpr unsigned ten = 10;

std::optional<unsigned> digit(char c) {
  if (c < '0' || c > '9') return std::nullopt;
  return static_cast<unsigned>(c - '0');
}

char capital(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// A is 1 to I is 9, J is 1 to R is 9, S is 2 to Z is 9.
std::optional<unsigned> keypad_digit(char c) {
  if (const auto value = digit(c)) return value;
  constexpr unsigned row = 9;
  c = capital(c);
  if (c < 'A' || c > 'Z') return std::nullopt;
  const auto rank = static_cast<unsigned>(c - 'A');
  return c < 'S' ? rank % row + 1 : rank % row + 2;
}

}  // namespace

bool has_right_iban_key(std::string_view iban) {
  constexpr std::size_t head = 4;  // country and key
  if (iban.size() <= head) return false;
  const std::string turned = std::string(iban.substr(head)) + std::string(iban.substr(0, head));
  unsigned rest = 0;
  for (const char c : turned) {
    if (const auto value = digit(c)) {
      rest = (rest * ten + *value) % modulus;
      continue;
    }
    const char letter = capital(c);
    if (letter < 'A' || letter > 'Z') return false;
    const unsigned value = static_cast<unsigned>(letter - 'A') + ten;
    rest = (rest * ten * ten + value) % modulus;
  }
  return rest == 1;
}

bool has_right_rib_key(std::string_view code_etab, std::string_view code_guic,
                       std::string_view id_cpte, std::string_view cle_rib) {
  unsigned rest = 0;
  for (const std::string_view part : {code_etab, code_guic, id_cpte, cle_rib}) {
    for (const char c : part) {
      const auto value = keypad_digit(c);
      if (!value) return false;
      rest = (rest * ten + *value) % modulus;
    }
  }
  return rest == 0;
}

}  // namespace pes::preflight
