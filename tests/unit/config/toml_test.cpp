#include "config/toml.hpp"

#include "support/refusal.hpp"
#include "support/text.hpp"

namespace {

std::vector<std::string> read(std::string_view text) {
  std::vector<std::string> lines;
  for (const auto& entry : pes::config::read_toml(text, "pes.toml")) {
    lines.push_back(std::to_string(entry.line) + " " + pes::join(entry.path, "/") + "=" +
                    entry.value);
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_SUITE("config") {
  TEST_CASE("tables, nested tables and dotted keys give full names with their lines") {
    CHECK(read("user.name = \"Ana\"\n"
               "\n"
               "[tdt]\n"
               "url = \"https://s2low.example\"  # the TdT\n"
               "[entity.3.tdt]\n"
               "  login='mairie'\n") == Lines{"1 user/name=Ana", "4 tdt/url=https://s2low.example",
                                              "6 entity/3/tdt/login=mairie"});
  }

  TEST_CASE("a string keeps its blanks, commas, signs and accents") {
    for (const char* content :
         {"", " ", "a", "a b", "a, b", "a,b", "[x]", "n° 1 # 2", "a = b", "it's", "Mairie « Évry »",
          "true", "12", "`x y`", "'quoted' word", "//"}) {
      CAPTURE(content);
      CHECK(read(std::string("key = \"") + content + "\"") ==
            Lines{std::string("1 key=") + content});
    }
    CHECK(read("key = 'say \"hi\"'") == Lines{"1 key=say \"hi\""});
  }

  TEST_CASE("whole numbers and booleans need no quotes") {
    CHECK(read("a = 0\nb = 128\nc = true\nd = false # no\n") ==
          Lines{"1 a=0", "2 b=128", "3 c=true", "4 d=false"});
  }

  TEST_CASE("line ends of Windows and a byte order mark are accepted") {
    CHECK(read("\xEF\xBB\xBF[tdt]\r\nurl = \"x\"\r\n") == Lines{"2 tdt/url=x"});
  }

  TEST_CASE("what CLI11 would misread is refused with file and line") {
    struct Case {
      const char* line;
      const char* problem;
    };
    const std::vector<Case> cases{
        {"a = \"open", "the string is not closed"},
        {"a = 'open", "the string is not closed"},
        {"a = \"x\" y", "something follows the closing quote"},
        {"a = \"\"\"x\"\"\"", "something follows the closing quote"},
        {"a = \"C:\\x\"", "\\ is not used here"},
        {"a = \"'x, y'\"", "the string has quotes within its quotes"},
        {"a = 90s", "this value needs quotes"},
        {"a = 007", "this value needs quotes"},
        {"a = -1", "this value needs quotes"},
        {"a = True", "this value needs quotes"},
        {"a = ", "the value is missing"},
        {"a = # x", "the value is missing"},
        {"a = [1, 2]", "lists and inline tables are not used here"},
        {"a = { b = 1 }", "lists and inline tables are not used here"},
        {"a", "this is neither key = value nor [table]"},
        {"; a = 1", "« ; a » is no key"},
        {"\"a\" = 1", "« \"a\" » is no key"},
        {"a..b = 1", "« a..b » is no key"},
        {"= 1", "«  » is no key"},
        {"[tdt", "this is no table"},
        {"[]", "this is no table"},
        {"[[tdt]]", "this is no table"},
        {"[tdt] x", "this is no table"},
        {"[tdt.]", "this is no table"},
        {"[Default]", "this is no table"},
        {"a = \"\x01\"", "there is a control character"},
        {"a = \"\xE9\"", "this is not UTF-8"},
    };
    for (const auto& one : cases) {
      CAPTURE(one.line);

      const pes::Error error =
          pes::test::refusal([&] { read(std::string("\n") + one.line + "\n"); });

      CHECK(error.code() == pes::ErrorCode::config_invalid);
      CHECK(error.message() == std::string("pes.toml:2: ") + one.problem);
      CHECK_FALSE(error.hint().empty());
    }
  }

  TEST_CASE("a key given twice is refused, however it is written") {
    for (const char* text :
         {"[tdt]\nurl = \"a\"\nurl = \"b\"", "[x]\ntdt.url = \"a\"\ntdt.url = \"b\"",
          "[tdt]\nurl = \"a\"\nlogin = \"x\"\nurl = \"a\""}) {
      CAPTURE(text);
      const pes::Error error = pes::test::refusal([&] { read(text); });

      CHECK(error.message().find("tdt.url is already given on line") != std::string::npos);
    }
  }

  TEST_CASE("a table is made once, by its header or by keys with dots") {
    for (const char* text : {"[tdt]\n[sae]\n[tdt]", "[x]\ntdt.url = \"a\"\n[x.tdt]",
                             "tdt.url = \"a\"\n[sae]\n[tdt]", "[x.tdt]\n[x]\ntdt.url = \"a\"",
                             "tdt = \"a\"\n[sae]\n[tdt]", "tdt = \"a\"\n[sae]\n[tdt.x]",
                             "tdt = \"a\"\n\ntdt.url = \"b\"", "tdt.url = \"a\"\n\ntdt = \"b\""}) {
      CAPTURE(text);
      const pes::Error error = pes::test::refusal([&] { read(text); });

      CHECK(error.message().starts_with("pes.toml:3: the table or key "));
      CHECK(error.message().ends_with("tdt already stands above"));
    }
    CHECK_NOTHROW(read("tdt.url = \"a\"\ntdt.login = \"b\"\n[entity.1.tdt]\n[entity.1]"));
  }
}
