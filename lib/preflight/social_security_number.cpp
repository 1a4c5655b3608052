#include "preflight/social_security_number.hpp"

#include <charconv>
#include <cstdint>
#include <string>

namespace pes::preflight {

bool has_right_nir_key(std::string_view nir) {
  constexpr std::size_t length = 15;
  constexpr std::size_t number_length = 13;
  constexpr std::size_t department = 5;
  constexpr std::uint64_t modulus = 97;
  if (nir.size() != length) return false;
  std::string digits(nir);
  const std::string_view place = nir.substr(department, 2);
  if (place == "2A") digits.replace(department, 2, "19");
  if (place == "2B") digits.replace(department, 2, "18");
  if (digits.find_first_not_of("0123456789") != std::string::npos) return false;
  std::uint64_t number = 0;
  std::uint64_t key = 0;
  std::from_chars(digits.data(), digits.data() + number_length, number);
  std::from_chars(digits.data() + number_length, digits.data() + length, key);
  return key == modulus - number % modulus;
}

}  // namespace pes::preflight
