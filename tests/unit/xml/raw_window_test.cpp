#include "xml/raw_window.hpp"

#include <doctest/doctest.h>

#include <string>

namespace pes::xml {

TEST_SUITE("xml") {
  TEST_CASE("a window forgets what is no longer needed") {
    RawWindow window(100);
    window.append("0123456789", 0);
    CHECK(window.slice(2, 5) == "234");

    window.append("abc", 8);

    CHECK(window.slice(8, 12) == "89ab");
    CHECK_FALSE(window.slice(7, 9));
    CHECK_FALSE(window.slice(8, 14));
    CHECK_FALSE(window.slice(10, 9));
  }

  TEST_CASE("what is held stays until it is released") {
    RawWindow window(100);
    window.append("0123456789", 0);
    window.hold(3);
    window.append("abc", 10);
    window.append("def", 13);
    CHECK(window.slice(3, 16) == "3456789abcdef");

    window.release();
    window.append("ghi", 16);

    CHECK_FALSE(window.slice(3, 4));
    CHECK(window.slice(16, 19) == "ghi");
  }

  TEST_CASE("a stretch held beyond the bound is given up") {
    RawWindow window(10);
    window.append("0123456789", 0);
    window.hold(5);
    window.append("0123456789", 10);
    CHECK(window.is_holding());

    window.append("x", 20);

    CHECK_FALSE(window.is_holding());
    CHECK_FALSE(window.slice(5, 6));
    CHECK(window.slice(20, 21) == "x");
  }
}

}  // namespace pes::xml
