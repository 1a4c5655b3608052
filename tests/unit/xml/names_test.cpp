#include "xml/names.hpp"

#include <doctest/doctest.h>
#include <libxml/tree.h>

namespace pes::xml {

TEST_SUITE("xml") {
  TEST_CASE("an NCName is a name without colon") {
    for (const char* name : {"a", "_", "B1", "a-b.c_9", "Été", "été9"}) CHECK(is_ncname(name));
    for (const char* name : {"", "1", "-a", ".a", "a:b", "a b", " a", "a ", "a/b", "é:a", "€"}) {
      CAPTURE(name);
      CHECK_FALSE(is_ncname(name));
    }
  }

  TEST_CASE("libxml2 has the same ASCII characters in names") {
    for (char c = 1; c < 0x7F; ++c) {
      for (const std::string& name : {std::string(1, c), "a" + std::string(1, c)}) {
        CAPTURE(name);
        const auto* const text = reinterpret_cast<const xmlChar*>(name.c_str());
        CHECK(is_ncname(name) == (xmlValidateNCName(text, 0) == 0));
      }
    }
  }
}

}  // namespace pes::xml
