#include "support/loaded.hpp"

#include "support/refusal.hpp"

#include <doctest/doctest.h>

namespace {

constexpr pes::LoadedLibrary libm{"libm.so.6", "libc6"};
constexpr pes::LoadedLibrary absent{"libabsente.so.1", "libabsente1"};
constexpr pes::LoadedLibrary unstartable{"libm.so.6", "libc6", "no_such_start"};

constexpr pes::Loaded<libm, "cbrt", double(double)> cube_root;
constexpr pes::Loaded<libm, "no_such_root", double(double)> no_such_root;
constexpr pes::Loaded<absent, "cbrt", double(double)> nowhere;
constexpr pes::Loaded<unstartable, "cbrt", double(double)> never_started;

}  // namespace

TEST_SUITE("support") {
  TEST_CASE("a function of a library that is not linked is called like any other") {
    CHECK(cube_root(27.0) == doctest::Approx(3.0));
    CHECK(cube_root(8.0) == doctest::Approx(2.0));
  }

  TEST_CASE("a library that is not there is told with the package to install") {
    const pes::Error error = pes::test::refusal([] { nowhere(8.0); });

    CHECK(error.code() == pes::ErrorCode::internal);
    CHECK(error.message().find("libabsente.so.1") != std::string::npos);
    CHECK(error.hint().find("libabsente1") != std::string::npos);
    CHECK_FALSE(error.cause().empty());
  }

  TEST_CASE("so is a library that lacks the function") {
    CHECK(pes::test::refusal([] { no_such_root(8.0); }).message().find("libm.so.6") !=
          std::string::npos);
    CHECK(pes::test::refusal([] { never_started(8.0); }).message().find("libm.so.6") !=
          std::string::npos);
  }
}
