#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace pes::preflight {

/// A number as xs:decimal writes it, blanks around it taken away.
struct Decimal {
  bool negative = false;
  std::string_view whole;     // without leading zeros
  std::string_view fraction;  // without trailing zeros

  [[nodiscard]] bool is_zero() const { return whole.empty() && fraction.empty(); }
  [[nodiscard]] std::size_t digits() const { return whole.size() + fraction.size(); }
};

/// Nothing when it is no number. A comma is none.
std::optional<Decimal> decimal(std::string_view text);

/// An amount in cents; nothing when it is none, or too large.
std::optional<std::int64_t> centimes(std::string_view text);

/// The same number, whatever zeros stand before it.
bool is_number(std::string_view text, std::uint64_t number);

/// `1` and `true` (xs:boolean).
bool is_true(std::string_view text);

/// A day of the calendar as xs:date writes it, time zone included or not.
bool is_date(std::string_view text);
/// As xs:gYear writes it.
bool is_year(std::string_view text);

}  // namespace pes::preflight
