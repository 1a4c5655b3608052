#include "helios/flow_source.hpp"

#include "pes/error.hpp"
#include "unit/helios/documents.hpp"
#include "unit/xml/memory_source.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

namespace pes::helios {

namespace {

std::string drained(xml::ByteSource& source) {
  std::string text;
  for (std::string_view piece = source.next(); !piece.empty(); piece = source.next()) text += piece;
  return text;
}

std::string patched(const std::string& text, const std::vector<Replacement>& replacements,
                    std::size_t piece_size) {
  test::MemorySource original(text, piece_size);
  PatchedSource source(original, replacements);
  return drained(source);
}

template <typename Action>
std::optional<ErrorCode> failure(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

}  // namespace

TEST_SUITE("helios") {
  TEST_CASE("a file is read whole, whatever the size of its pieces") {
    const test::WrittenFile file("0123456789");
    for (const std::size_t size : {1U, 3U, 10U, 65536U}) {
      FileSource source(file.path(), size);
      CHECK(drained(source) == "0123456789");
      CHECK(source.name() == file.path().native());
    }
    CHECK(failure([] { FileSource("/no/such/file"); }) == ErrorCode::file_unknown);
  }

  TEST_CASE("replacements change their bytes and nothing else") {
    for (const std::size_t size : {1U, 2U, 3U, 7U, 100U}) {
      CAPTURE(size);
      CHECK(patched("0123456789", {}, size) == "0123456789");
      CHECK(patched("0123456789", {{{3, 4}, "x"}}, size) == "012x456789");
      CHECK(patched("0123456789", {{{0, 2}, "longer"}, {{2, 5}, ""}}, size) == "longer56789");
      CHECK(patched("0123456789", {{{4, 4}, "inserted"}}, size) == "0123inserted456789");
      CHECK(patched("0123456789", {{{8, 10}, "end"}}, size) == "01234567end");
      CHECK(patched("0123456789", {{{10, 10}, "after"}}, size) == "0123456789after");
      CHECK(patched("0123456789", {{{0, 0}, "a"}, {{0, 0}, "b"}}, size) == "ab0123456789");
    }
  }

  TEST_CASE("replacements out of order, overlapping or out of the file are a mistake of ours") {
    CHECK(failure([] {
            patched("0123", {{{2, 3}, "x"}, {{0, 1}, "y"}}, 4);
          }) == ErrorCode::internal);
    CHECK(failure([] {
            patched("0123", {{{0, 2}, "x"}, {{1, 3}, "y"}}, 4);
          }) == ErrorCode::internal);
    CHECK(failure([] { patched("0123", {{{3, 2}, "x"}}, 4); }) == ErrorCode::internal);
    CHECK(failure([] { patched("0123", {{{3, 5}, "x"}}, 4); }) == ErrorCode::internal);
    CHECK(failure([] { patched("0123", {{{7, 8}, "x"}}, 4); }) == ErrorCode::internal);
  }

  TEST_CASE("a measured source counts and stops beyond its bound") {
    test::MemorySource original("0123456789", 4);
    MeasuredSource source(original, 10);
    CHECK(drained(source) == "0123456789");
    CHECK(source.size() == 10);

    test::MemorySource again("0123456789", 4);
    MeasuredSource bounded(again, 9);
    CHECK(failure([&] { drained(bounded); }) == ErrorCode::input_too_large);
  }

  TEST_CASE("bytes from 0x80 to 0x9F are seen wherever they stand") {
    const auto seen = [](const std::string& text, std::size_t piece_size) {
      test::MemorySource original(text, piece_size);
      MeasuredSource source(original, 1000);
      drained(source);
      return source.has_c1_bytes();
    };
    const std::string clean = std::string(100, 'x') + "\xA0\xE9\xFF";
    for (const std::size_t size : {1U, 64U, 1000U}) {
      CHECK_FALSE(seen(clean, size));
      CHECK(seen("\x80" + clean, size));
      CHECK(seen(clean + "\x9F", size));
    }
  }
}

}  // namespace pes::helios
