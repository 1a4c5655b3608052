#include "preflight/attachment.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace pes::preflight {

namespace {

/// The code of what is found, the content told in pieces of a size.
std::string code_of(std::string_view content, std::size_t piece) {
  Findings findings;
  Attachment attachment;
  attachment.begin({1, 1});
  for (std::size_t i = 0; i < content.size(); i += piece) attachment.text(content.substr(i, piece));
  attachment.end(findings);
  const auto found = findings.take();
  return found.empty() ? "" : found.front().code;
}

}  // namespace

TEST_SUITE("preflight") {
  TEST_CASE("the content of a PJ is judged the same however it comes") {
    const std::string long_one = "H4sI" + std::string(4096, 'x') + "ab==";
    for (const std::size_t piece : {1U, 3U, 16U, 17U, 100U, 100000U}) {
      CAPTURE(piece);
      CHECK(code_of("H4sIAAAAAAAAAw==", piece).empty());
      CHECK(code_of("\n H4sI\r\nAAAA\tAAAAAw = =\n", piece).empty());
      CHECK(code_of(long_one, piece).empty());
      CHECK(code_of("H4sI+/09azAZ", piece).empty());
      CHECK(code_of("", piece) == "pj.empty");
      CHECK(code_of(" \n", piece) == "pj.empty");
      CHECK(code_of("JVBERi0xLjQK", piece) == "pj.not-gzip");
      CHECK(code_of("H4sIAAAAAAAAA", piece) == "pj.base64");
      CHECK(code_of("H4sIAAAAAAA===", piece) == "pj.base64");
      CHECK(code_of("H4sIAAAAAA==AAAA", piece) == "pj.base64");
    }
  }

  TEST_CASE("no byte but the letters of base64 is one, in a long content either") {
    const std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int byte = 0; byte < 256; ++byte) {
      const char c = static_cast<char>(byte);
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '=') continue;
      std::string content = "H4sI" + std::string(64, 'A');
      content[20] = c;
      CAPTURE(byte);
      CHECK(code_of(content, 1000).empty() == (letters.find(c) != std::string_view::npos));
    }
  }
}

}  // namespace pes::preflight
