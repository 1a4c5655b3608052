#include "pes/settings.hpp"
#include "support/refusal.hpp"

using Kind = pes::SecretReference::Kind;

TEST_SUITE("config") {
  TEST_CASE("a secret is referred to in OpenSSL's words") {
    struct Case {
      const char* text;
      Kind kind;
      const char* place;
    };
    const std::vector<Case> cases{
        {"env:PIN", Kind::environment, "PIN"}, {"file:/run/pin", Kind::file, "/run/pin"},
        {"file:a:b", Kind::file, "a:b"},       {"fd:3", Kind::descriptor, "3"},
        {"stdin", Kind::standard_input, ""},   {"prompt", Kind::prompt, ""}};
    for (const Case& one : cases) {
      CAPTURE(one.text);
      const pes::SecretReference reference = pes::parse_secret_reference(one.text);

      CHECK(reference.kind == one.kind);
      CHECK(reference.place == one.place);
    }
  }

  TEST_CASE("anything else is refused without being repeated") {
    for (const char* text : {"", "hunter2", "env:", "env:1A", "env:A B", "file:", "fd:", "fd:x",
                             "fd:-1", "stdin:", "prompt:x", "pass:hunter2", "http:hunter2"}) {
      CAPTURE(text);
      const pes::Error error = pes::test::refusal([&] { pes::parse_secret_reference(text); });

      CHECK(error.code() == pes::ErrorCode::config_invalid);
      CHECK(error.message().find("hunter2") == std::string::npos);
      CHECK(error.hint().find("hunter2") == std::string::npos);
    }
  }

  TEST_CASE("a password in clear gets its own advice") {
    const pes::Error in_clear =
        pes::test::refusal([] { pes::parse_secret_reference("pass:hunter2"); });
    const pes::Error other = pes::test::refusal([] { pes::parse_secret_reference("hunter2"); });

    CHECK(in_clear.message() == "a secret is not written in clear");
    CHECK(in_clear.hint() != other.hint());
  }
}
