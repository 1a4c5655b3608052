#include "preflight/value_type.hpp"

#include "preflight/code_lists.hpp"
#include "preflight/number_text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace pes::preflight {

namespace {

using Kind = ValueType::Kind;

std::string code_of(const ValueType& type, std::string_view value) {
  const auto fault = fault_of(type, "X", value);
  return fault ? std::string(fault->code.rule().code) : "";
}

}  // namespace

TEST_SUITE("preflight") {
  TEST_CASE("every type has values that are its own and values that are not") {
    struct Case {
      ValueType type;
      std::vector<std::string_view> right;
      std::vector<std::pair<std::string_view, std::string_view>> wrong;
    };
    const std::string long_text(39, 'a');
    for (const Case& one : std::vector<Case>{
             {text(38),
              {"a", "nd", "n", "0a", "é", ".a"},
              {{"", "value.out-of-bounds"},
               {"000", "value.meaningless"},
               {" ", "value.meaningless"},
               {".", "value.meaningless"},
               {"nc", "value.meaningless"},
               {long_text, "value.out-of-bounds"}}},
             {letters(4), {"Ab0", "1"}, {{"a-b", "value.characters"}, {"00", "value.meaningless"}}},
             {any_digits(14), {"", "000", "12345"}, {{"12 34", "value.characters"}}},
             {number(5),
              {"1", "00001", "99999", "+7", " 7 ", "7.0"},
              {{"0", "value.out-of-bounds"},
               {"-1", "value.out-of-bounds"},
               {"100000", "value.out-of-bounds"},
               {"1.5", "value.out-of-bounds"},
               {"un", "value.malformed"},
               {"", "value.malformed"},
               {"1 000", "value.malformed"}}},
             {amount,
              {"0.01", "12", "12.5", "999999999999.99", "12.500"},
              {{"0.00", "value.out-of-bounds"},
               {"-3.00", "value.out-of-bounds"},
               {"1.005", "value.out-of-bounds"},
               {"1234567890123.45", "value.out-of-bounds"},
               {"12,50", "value.malformed"}}},
             {amount_or_zero, {"0", "0.00", "-0"}, {{"-0.01", "value.out-of-bounds"}}},
             {date,
              {"2024-02-29", "2026-01-05Z", "2026-01-05+01:00"},
              {{"2026-02-29", "value.malformed"},
               {"05/01/2026", "value.malformed"},
               {"2026-1-5", "value.malformed"},
               {"2026-13-01", "value.malformed"},
               {"2026-01-05T00:00:00", "value.malformed"}}},
             {year, {"2026"}, {{"26", "value.malformed"}}},
             {boolean, {"0", "1", "true", "false"}, {{"oui", "value.malformed"}}},
             {typed(Kind::cod_col),
              {"001", "123"},
              {{"000", "value.meaningless"}, {"12", "value.characters"}}},
             {typed(Kind::cod_bud), {"00", "A1"}, {{"0A", "value.characters"}}},
             {typed(Kind::codique),
              {"034000", "0340001", "02A123", "02B1234"},
              {{"06088", "value.characters"}, {"02C123", "value.characters"}}},
             {typed(Kind::file_name, 100),
              {"a.pdf", "a.b.xml"},
              {{"a", "value.characters"},
               {".pdf", "value.characters"},
               {"a.p", "value.characters"}}},
             {typed(Kind::iban),
              {"FR7630006000011234567890189"},
              {{"fr7630006000011234567890189", "value.characters"}, {"FR", "value.characters"}}},
             {typed(Kind::bic),
              {"AGRIFRPP", "AGRIFRPPXXX"},
              {{"agrifrpp", "value.characters"}, {"AGRIFRP", "value.characters"}}},
             {code(codes::typ_adr), {"0", "1"}, {{"3", "code.unknown"}, {"", "code.unknown"}}},
         }) {
      for (const std::string_view value : one.right) {
        CAPTURE(std::string(value));
        CHECK(code_of(one.type, value).empty());
      }
      for (const auto& [value, code] : one.wrong) {
        CAPTURE(std::string(value));
        CHECK(code_of(one.type, value) == code);
      }
    }
  }

  TEST_CASE("a code that lost its zero is told how it is written") {
    const auto fault = fault_of(code(codes::typ_bord_depense), "TypBord", "1");
    REQUIRE(fault);
    CHECK(fault->message.find("01") != std::string::npos);
  }

  TEST_CASE("an IBAN is not repeated in a message") {
    const auto fault = fault_of(typed(Kind::iban), "IBAN", "fr7630006000011234567890189");
    REQUIRE(fault);
    CHECK(fault->message.find("3000600001") == std::string::npos);
  }

  TEST_CASE("amounts are counted in cents") {
    CHECK(centimes("12.5") == 1250);
    CHECK(centimes("0.05") == 5);
    CHECK(centimes(".5") == 50);
    CHECK(centimes("-3") == -300);
    CHECK(centimes("00012") == 1200);
    CHECK_FALSE(centimes("12,5"));
    CHECK_FALSE(centimes("1.005"));
    CHECK_FALSE(centimes("."));
    CHECK_FALSE(centimes("99999999999999999999"));
  }
}

}  // namespace pes::preflight
