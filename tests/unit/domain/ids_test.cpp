#include "pes/ids.hpp"

#include <doctest/doctest.h>

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
    for (int rank = 0; rank < 1000; ++rank) {
      std::string digest(64, '0');
      const std::string number = std::to_string(rank * 7919);
      digest.replace(0, number.size(), number);
      const std::string text = DossierId::derived_from(digest).text();
      ids.insert(text);
      symbols.insert(text.begin(), text.end());
    }

    CHECK(ids.size() > 990);
    CHECK(symbols.size() == 62);
  }
}
