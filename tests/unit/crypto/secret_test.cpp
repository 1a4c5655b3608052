#include "pes/signature.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <type_traits>

using namespace pes;

TEST_SUITE_BEGIN("crypto");

TEST_CASE("a secret moves and never copies") {
  Secret first("s3cret");

  Secret second(std::move(first));
  CHECK(second.reveal() == "s3cret");
  CHECK(first.reveal().empty());  // NOLINT(bugprone-use-after-move): that is the point

  first = std::move(second);
  CHECK(first.reveal() == "s3cret");
  CHECK(second.reveal().empty());  // NOLINT(bugprone-use-after-move): idem
  CHECK_FALSE(std::is_copy_constructible_v<Secret>);
  CHECK_FALSE(std::is_copy_assignable_v<Secret>);
}

TEST_CASE("a secret leaves nothing in the memory it stood in") {
  // Short enough to live inside the object.
  alignas(Secret) std::array<unsigned char, sizeof(Secret)> place{};
  constexpr std::string_view text = "s3cret-abc";
  const auto still_there = [&] {
    return std::search(place.begin(), place.end(), text.begin(), text.end()) != place.end();
  };

  auto* const secret = new (place.data()) Secret{std::string(text)};
  REQUIRE(still_there());
  SUBCASE("after a move") {
    const Secret taken(std::move(*secret));
    CHECK_FALSE(still_there());
    std::destroy_at(secret);
  }
  SUBCASE("after its end") {
    std::destroy_at(secret);
    CHECK_FALSE(still_there());
  }
}

TEST_SUITE_END();
