#include "pes/ids.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <set>
#include <string>

using pes::DossierId;

TEST_SUITE("domain") {
  TEST_CASE("an identifier that is derived is always the same, and is one") {
    const std::string digest = "3f2a00000000000000000000000000000000000000000000000000000000009c";
    const DossierId id = DossierId::derived_from(digest);

    CHECK(id == DossierId::derived_from(digest));
    CHECK(DossierId::parse(id.text()) == id);
  }

  TEST_CASE("other digests have other identifiers, all symbols used") {
    std::set<std::string> ids;
    std::set<char> symbols;
    for (std::int64_t rank = 0; rank < 1000; ++rank) {
      std::string digest = std::to_string(1'000'000'000'000'000 + rank * 7'919'000'007);
      digest.resize(64, '0');
      const std::string text = DossierId::derived_from(digest).text();
      ids.insert(text);
      symbols.insert(text.begin(), text.end());
    }

    CHECK(ids.size() > 990);
    CHECK(symbols.size() == 62);
  }
}
