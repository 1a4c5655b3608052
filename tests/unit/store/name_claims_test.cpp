#include "adapter/store/name_claims.hpp"

#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <filesystem>

TEST_SUITE("store") {
  TEST_CASE("a name that cannot be let go is no failure, and can be taken") {
    const pes::test::Scratch scratch;
    const pes::store::NameClaims claims(scratch.path());
    const pes::FlowName name{.nom_fic = "PESALR2_1.xml", .cod_col = "123"};
    const auto first = *pes::DossierId::parse("aaaaaaa");
    const auto second = *pes::DossierId::parse("bbbbbbb");
    REQUIRE_FALSE(claims.claim(name, first, std::nullopt).has_value());
    const auto lock = scratch.path() / ".names" / "lock";
    std::filesystem::remove(lock);
    std::filesystem::create_directory(lock);  // what nobody can lock

    CHECK_NOTHROW(claims.let_go(name, first));

    std::filesystem::remove(lock);
    CHECK(claims.claim(name, second, std::nullopt) == first);
    CHECK_FALSE(claims.claim(name, second, first).has_value());
  }
}
