#pragma once

#include "helios/finding_rules.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pes::preflight {

/// A type of the values in attributes V (pes §3).
struct ValueType {
  enum class Kind : std::uint8_t {
    none,
    text,            // one character at least, and something else than zeros
    any_text,        // may be empty
    letters,         // as text, of ASCII letters and digits
    any_letters,     // may be empty
    any_digits,      // may be empty
    digits,          // one at least
    names,           // as letters, with / and _
    invoice,         // as letters, with a blank and - / _ +
    birthplace,      // as text, in capitals
    sepa,            // the characters of SEPA (EPC217-08)
    number,          // above zero, no decimals
    amount,          // above zero, two decimals
    amount_or_zero,  //
    rate,            // above zero, two decimals
    date,            // xs:date
    year,            // xs:gYear
    boolean,         // xs:boolean
    cod_col,         // 3 digits
    cod_bud,         // a capital or digit, then a digit
    codique,         // 6 or 7 digits, or 02A and 02B
    country,         // a code of the INSEE, from 1 to 5
    department,      // the same
    commune,         // 2 or 3 digits
    file_name,       // with an extension of 2 to 4 characters
    iban,            // ISO 13616
    bic,             // ISO 9362
    code,            // one of a list
  };
  Kind kind = Kind::none;
  std::uint16_t size = 0;  // most characters, or most digits of a number
  std::span<const std::string_view> codes;
};

constexpr ValueType typed(ValueType::Kind kind, std::uint16_t size = 0) {
  return {.kind = kind, .size = size, .codes = {}};
}
constexpr ValueType text(std::uint16_t size) { return typed(ValueType::Kind::text, size); }
constexpr ValueType letters(std::uint16_t size) { return typed(ValueType::Kind::letters, size); }
constexpr ValueType any_letters(std::uint16_t size) {
  return typed(ValueType::Kind::any_letters, size);
}
constexpr ValueType any_digits(std::uint16_t size) {
  return typed(ValueType::Kind::any_digits, size);
}
constexpr ValueType number(std::uint16_t size) { return typed(ValueType::Kind::number, size); }
constexpr ValueType sepa(std::uint16_t size) { return typed(ValueType::Kind::sepa, size); }
constexpr ValueType code(std::span<const std::string_view> codes) {
  return {.kind = ValueType::Kind::code, .size = 0, .codes = codes};
}

inline constexpr std::uint16_t amount_digits = 14;
inline constexpr std::uint16_t rate_digits = 5;
inline constexpr ValueType amount = typed(ValueType::Kind::amount, amount_digits);
inline constexpr ValueType amount_or_zero = typed(ValueType::Kind::amount_or_zero, amount_digits);
inline constexpr ValueType rate = typed(ValueType::Kind::rate, rate_digits);
inline constexpr ValueType date = typed(ValueType::Kind::date);
inline constexpr ValueType year = typed(ValueType::Kind::year);
inline constexpr ValueType boolean = typed(ValueType::Kind::boolean);

/// What is wrong with a value.
struct ValueFault {
  helios::RuleCode code;
  std::string message;
};

/// Nothing when the value is of its type.
/// @param name of its element, for the message
/// @param value in UTF-8, as the parser gives it
std::optional<ValueFault> fault_of(const ValueType& type, std::string_view name,
                                   std::string_view value);

}  // namespace pes::preflight
