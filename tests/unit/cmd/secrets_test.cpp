#include "ui/secrets.hpp"

#include "pes/error.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using pes::ErrorCode;
using pes::SecretReference;
using pes::cmd::Environment;
using Kind = pes::SecretReference::Kind;

namespace {

const Environment with_pin(Environment::Variables{{"MY_PIN", "1234"}});
const pes::ui::Questions nobody{.answered_yes = false, .forbidden = true};
const pes::ui::SecretQuestion question{.text = "PIN?", .option = "--pin-from"};

std::string secret(const SecretReference& reference) {
  return pes::ui::fetch_secret(reference, with_pin, nobody, question).reveal();
}

ErrorCode refusal(const SecretReference& reference) {
  try {
    (void)pes::ui::fetch_secret(reference, with_pin, nobody, question);
  } catch (const pes::Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

std::string written(const std::filesystem::path& file, const char* text,
                    std::filesystem::perms permissions) {
  std::ofstream(file) << text;
  std::filesystem::permissions(file, permissions);
  return file.native();
}

constexpr auto mine = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;

}  // namespace

TEST_SUITE("cmd") {
  TEST_CASE("a secret comes from a variable") {
    CHECK(secret({.kind = Kind::environment, .place = "MY_PIN"}) == "1234");
    CHECK(refusal({.kind = Kind::environment, .place = "NO_PIN"}) == ErrorCode::config_missing);
  }

  TEST_CASE("a secret is the first line of a file") {
    const pes::test::Scratch scratch;
    const auto place = written(scratch.path() / "pin", "12 34\r\nanother\n", mine);

    CHECK(secret({.kind = Kind::file, .place = place}) == "12 34");
  }

  TEST_CASE("a file that others can read holds no secret") {
    const pes::test::Scratch scratch;
    const auto place =
        written(scratch.path() / "pin", "1234\n", mine | std::filesystem::perms::group_read);

    CHECK(refusal({.kind = Kind::file, .place = place}) == ErrorCode::config_invalid);
  }

  TEST_CASE("an empty or absent file is said to be so") {
    const pes::test::Scratch scratch;
    const auto empty = written(scratch.path() / "empty", "", mine);

    CHECK(refusal({.kind = Kind::file, .place = empty}) == ErrorCode::config_missing);
    CHECK(refusal({.kind = Kind::file, .place = (scratch.path() / "absent").native()}) ==
          ErrorCode::config_missing);
  }

  TEST_CASE("after a wrong secret, the place to correct is named and the secret is not") {
    const auto hint = [](Kind kind, const char* place) {
      return pes::ui::hint_after_wrong_secret({.kind = kind, .place = place});
    };

    CHECK(hint(Kind::environment, "MY_PIN").find("variable MY_PIN") != std::string::npos);
    CHECK(hint(Kind::environment, "MY_PIN").find("1234") == std::string::npos);
    CHECK(hint(Kind::file, "/keys/pin").find("first line of /keys/pin") != std::string::npos);
    CHECK(hint(Kind::descriptor, "3").find("fd:3") != std::string::npos);
    CHECK(hint(Kind::standard_input, "").find("input") != std::string::npos);
    CHECK(hint(Kind::prompt, "").find("type it again") != std::string::npos);
  }

  TEST_CASE("with --no-input nothing is asked") {
    CHECK(refusal({.kind = Kind::prompt, .place = {}}) == ErrorCode::answer_needed);
  }
}
