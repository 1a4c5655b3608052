#include "preflight/value_type.hpp"

#include "preflight/number_text.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>

namespace pes::preflight {

namespace {

using Kind = ValueType::Kind;

constexpr std::string_view digit_characters = "0123456789";
constexpr std::string_view letter_characters =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The characters that a kind of text may have; those of the others are not limited.
struct Characters {
  Kind kind;
  std::string_view beside_letters;
};
constexpr std::array<Characters, 5> kinds_of_letters{{{Kind::letters, ""},
                                                      {Kind::any_letters, ""},
                                                      {Kind::names, "/_"},
                                                      {Kind::invoice, " -/_+"},
                                                      {Kind::sepa, "/?:()., -+'"}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return letter_characters.find(c) != std::string_view::npos; }

bool are_digits(std::string_view text) {
  return text.find_first_not_of(digit_characters) == std::string_view::npos;
}

/// The value as it is shown, cut when it is long.
std::string shown(std::string_view value) {
  constexpr std::size_t most = 60;
  constexpr unsigned marks = 0xC0;
  constexpr unsigned continuation = 0x80;
  if (value.size() <= most) return std::string(value);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & marks) == continuation) --end;
  return std::string(value.substr(0, end)) + "…";
}

ValueFault malformed(std::string_view name, std::string_view value, const char* wanted) {
  return {"value.malformed", say("{1} « {2} » is not {3}", {name, shown(value), wanted})};
}

ValueFault out_of_bounds(const char* english, std::string_view name, std::string_view value,
                         std::string_view bound = {}) {
  return {"value.out-of-bounds", say(english, {name, shown(value), bound})};
}

ValueFault wrong_characters(std::string_view name, std::string_view value, const char* wanted) {
  return {"value.characters", say("{1} « {2} » is not {3}", {name, shown(value), wanted})};
}

std::optional<ValueFault> fault_of_length(const ValueType& type, std::string_view name,
                                          std::string_view value) {
  if (value.size() <= type.size || length_in_characters(value) <= type.size) return std::nullopt;
  return out_of_bounds(helios::translatable("{1} has more than {3} characters: {2}"), name, value,
                       std::to_string(type.size));
}

/// The values that the schemas refuse as text, whatever the field (pes §3).
std::optional<ValueFault> fault_of_meaning(std::string_view name, std::string_view value) {
  if (value.empty()) {
    return ValueFault{"value.out-of-bounds", say("{1} is empty", {name})};
  }
  const bool only_zeros = value.find_first_not_of('0') == std::string_view::npos;
  if (!only_zeros && value != " " && value != "." && value != "nc") return std::nullopt;
  return ValueFault{"value.meaningless", say("{1} « {2} » says nothing: leave it out, or fill it",
                                             {name, shown(value)})};
}

std::optional<ValueFault> fault_of_text(const ValueType& type, std::string_view name,
                                        std::string_view value) {
  if (auto fault = fault_of_meaning(name, value)) return fault;
  return fault_of_length(type, name, value);
}

std::optional<ValueFault> fault_of_letters(const ValueType& type, std::string_view name,
                                           std::string_view value) {
  const auto* characters =
      std::find_if(kinds_of_letters.begin(), kinds_of_letters.end(),
                   [&](const Characters& candidate) { return candidate.kind == type.kind; });
  const bool fits = std::all_of(value.begin(), value.end(), [&](char c) {
    return is_letter(c) || characters->beside_letters.find(c) != std::string_view::npos;
  });
  if (!fits) return wrong_characters(name, value, tr("made of the letters and signs it may have"));
  if (type.kind == Kind::any_letters) return fault_of_length(type, name, value);
  if (type.kind == Kind::sepa && !value.empty()) return fault_of_length(type, name, value);
  return fault_of_text(type, name, value);
}

std::optional<ValueFault> fault_of_digits(const ValueType& type, std::string_view name,
                                          std::string_view value) {
  if (!are_digits(value)) return wrong_characters(name, value, tr("made of digits alone"));
  if (type.kind == Kind::digits && value.empty()) {
    return ValueFault{"value.out-of-bounds", say("{1} is empty", {name})};
  }
  return fault_of_length(type, name, value);
}

std::optional<ValueFault> fault_of_number(const ValueType& type, std::string_view name,
                                          std::string_view value) {
  const std::optional<Decimal> number = decimal(value);
  const bool is_whole = type.kind == Kind::number;
  if (!number) {
    return malformed(name, value,
                     is_whole ? tr("a whole number") : tr("an amount, with a point for decimals"));
  }
  const std::size_t decimals = is_whole ? 0 : 2;
  if (number->fraction.size() > decimals) {
    return out_of_bounds(helios::translatable("{1} has more than {3} decimals: {2}"), name, value,
                         std::to_string(decimals));
  }
  const bool zero_allowed = type.kind == Kind::amount_or_zero;
  if (!number->is_zero() && number->negative) {
    return out_of_bounds(helios::translatable("{1} is negative: {2}"), name, value);
  }
  if (number->is_zero() && !zero_allowed) {
    return out_of_bounds(helios::translatable("{1} is not above zero: {2}"), name, value);
  }
  if (number->digits() > type.size) {
    return out_of_bounds(helios::translatable("{1} has more than {3} digits: {2}"), name, value,
                         std::to_string(type.size));
  }
  return std::nullopt;
}

bool is_boolean(std::string_view value) {
  value = trimmed(value);
  return value == "0" || value == "1" || value == "true" || value == "false";
}

bool is_codique(std::string_view value) {
  constexpr std::size_t least = 6;
  constexpr std::size_t most = 7;
  if (value.size() < least || value.size() > most) return false;
  const bool corsica = value.starts_with("02A") || value.starts_with("02B");
  return are_digits(corsica ? value.substr(3) : value);
}

bool is_cod_bud(std::string_view value) {
  return value.size() == 2 && (is_digit(value[0]) || is_capital(value[0])) && is_digit(value[1]);
}

bool is_file_name(std::string_view value) {
  constexpr std::size_t least = 2;
  constexpr std::size_t most = 4;
  const std::size_t point = value.rfind('.');
  if (point == std::string_view::npos || point == 0) return false;
  const std::string_view extension = value.substr(point + 1);
  return extension.size() >= least && extension.size() <= most &&
         std::all_of(extension.begin(), extension.end(), is_letter);
}

bool is_iban(std::string_view value) {
  constexpr std::size_t head = 4;
  constexpr std::size_t most = 34;
  return value.size() > head && value.size() <= most && is_capital(value[0]) &&
         is_capital(value[1]) && is_digit(value[2]) && is_digit(value[3]) &&
         std::all_of(value.begin() + head, value.end(), is_letter);
}

bool is_bic(std::string_view value) {
  constexpr std::size_t bank_and_country = 6;
  constexpr std::size_t short_form = 8;
  constexpr std::size_t long_form = 11;
  if (value.size() != short_form && value.size() != long_form) return false;
  const auto is_place = [](char c) { return is_digit(c) || is_capital(c); };
  return std::all_of(value.begin(), value.begin() + bank_and_country, is_capital) &&
         std::all_of(value.begin() + bank_and_country, value.end(), is_place) &&
         value[bank_and_country] != '0' && value[bank_and_country] != '1' &&
         value[bank_and_country + 1] != 'O';
}

bool is_department(std::string_view value) {
  constexpr std::string_view last_of_metropole = "95";
  if (value == "2A" || value == "2B") return true;
  if (!are_digits(value)) return false;
  if (value.size() == 2) return value <= last_of_metropole;
  return value.size() == 3 &&
         ((value >= "971" && value <= "978") || (value >= "986" && value <= "988"));
}

bool is_country(std::string_view value) {
  return value.size() == 3 && are_digits(value) && value[0] >= '1' && value[0] <= '5';
}

bool is_commune(std::string_view value) {
  return (value.size() == 2 || value.size() == 3) && are_digits(value);
}

/// Capitals, digits and a few signs: no accents.
bool is_birthplace(std::string_view value) {
  constexpr std::string_view signs = " '-()";
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value.substr(i, 2) == "Œ") {
      ++i;
    } else if (!is_capital(value[i]) && !is_digit(value[i]) &&
               signs.find(value[i]) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

/// The kinds that a form tells, and how the form is told to a person.
struct Form {
  Kind kind;
  bool (*fits)(std::string_view);
  const char* wanted;
};
constexpr std::array<Form, 3> strict_forms{{
    {Kind::date, is_date, helios::translatable("a date such as 2026-01-31")},
    {Kind::year, is_year, helios::translatable("a year")},
    {Kind::boolean, is_boolean, helios::translatable("0 or 1, false or true")},
}};
constexpr std::array<Form, 9> forms{{
    {Kind::codique, is_codique, helios::translatable("a codique: 6 or 7 digits, or 02A and 02B")},
    {Kind::cod_bud, is_cod_bud, helios::translatable("a capital or a digit, then a digit")},
    {Kind::file_name, is_file_name,
     helios::translatable("a file's name with an extension of 2 to 4 characters")},
    {Kind::iban, is_iban,
     helios::translatable("an IBAN: a country in capitals, two digits, 30 characters at most")},
    {Kind::bic, is_bic, helios::translatable("a BIC: 8 or 11 characters, in capitals")},
    {Kind::department, is_department, helios::translatable("the code of a département")},
    {Kind::country, is_country, helios::translatable("the code of a country, of 3 digits")},
    {Kind::commune, is_commune, helios::translatable("the code of a commune, of 2 or 3 digits")},
    {Kind::birthplace, is_birthplace, helios::translatable("in capitals without accents")},
}};

/// IBAN and the like are of a person: they are not repeated where reports go.
bool is_private(Kind kind) { return kind == Kind::iban; }

template <std::size_t size>
const Form* form_of(const std::array<Form, size>& all, Kind kind) {
  const auto* found =
      std::find_if(all.begin(), all.end(), [&](const Form& form) { return form.kind == kind; });
  return found == all.end() ? nullptr : found;
}

std::optional<ValueFault> fault_of_form(const ValueType& type, std::string_view name,
                                        std::string_view value) {
  if (const Form* form = form_of(strict_forms, type.kind)) {
    if (form->fits(value)) return std::nullopt;
    return malformed(name, value, tr(form->wanted));
  }
  const Form* const form = form_of(forms, type.kind);
  if (form == nullptr) return std::nullopt;
  if (!form->fits(value)) {
    return wrong_characters(name, is_private(type.kind) ? "…" : value, tr(form->wanted));
  }
  if (type.kind == Kind::birthplace) return fault_of_text(type, name, value);
  return type.size == 0 ? std::nullopt : fault_of_length(type, name, value);
}

std::optional<ValueFault> fault_of_cod_col(std::string_view name, std::string_view value) {
  constexpr std::size_t length = 3;
  if (!are_digits(value) || value.size() != length) {
    return wrong_characters(name, value, tr("3 digits"));
  }
  return fault_of_meaning(name, value);
}

std::optional<ValueFault> fault_of_code(const ValueType& type, std::string_view name,
                                        std::string_view value) {
  if (std::find(type.codes.begin(), type.codes.end(), value) != type.codes.end()) {
    return std::nullopt;
  }
  const std::string padded =
      std::string(
          type.codes.front().size() > value.size() ? type.codes.front().size() - value.size() : 0,
          '0') +
      std::string(value);
  if (std::find(type.codes.begin(), type.codes.end(), padded) != type.codes.end()) {
    return ValueFault{"code.unknown",
                      say("{1} « {2} » is no code: it is written {3}", {name, value, padded})};
  }
  return ValueFault{"code.unknown",
                    say("{1} « {2} » is none of the codes {3} to {4}",
                        {name, shown(value), type.codes.front(), type.codes.back()})};
}

}  // namespace

std::optional<ValueFault> fault_of(const ValueType& type, std::string_view name,
                                   std::string_view value) {
  switch (type.kind) {
    case Kind::none:
      return std::nullopt;
    case Kind::text:
      return fault_of_text(type, name, value);
    case Kind::any_text:
      return fault_of_length(type, name, value);
    case Kind::letters:
    case Kind::any_letters:
    case Kind::names:
    case Kind::invoice:
    case Kind::sepa:
      return fault_of_letters(type, name, value);
    case Kind::any_digits:
    case Kind::digits:
      return fault_of_digits(type, name, value);
    case Kind::number:
    case Kind::amount:
    case Kind::amount_or_zero:
    case Kind::rate:
      return fault_of_number(type, name, value);
    case Kind::cod_col:
      return fault_of_cod_col(name, value);
    case Kind::code:
      return fault_of_code(type, name, value);
    default:
      return fault_of_form(type, name, value);
  }
}

}  // namespace pes::preflight
