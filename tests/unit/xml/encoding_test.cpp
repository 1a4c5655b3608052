#include "xml/encoding.hpp"

#include <doctest/doctest.h>

#include <string>

namespace pes::xml {

TEST_SUITE("xml") {
  TEST_CASE("the declared encoding is read as it stands") {
    CHECK(sniff_encoding("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>").declared ==
          "ISO-8859-1");
    CHECK(sniff_encoding("<?xml version='1.0'\n encoding = 'utf-8' standalone='yes'?>").declared ==
          "utf-8");
    CHECK(sniff_encoding("<?xml version=\"1.0\"?><a encoding='x'/>").declared.empty());
    CHECK(sniff_encoding("<a encoding='x'/>").declared.empty());
    CHECK(sniff_encoding("<?xml-stylesheet encoding='x'?><a/>").declared.empty());
    CHECK(sniff_encoding("<?xml version=\"1.0\" encoding=\"ISO").declared.empty());
    CHECK(sniff_encoding("<?xml").declared.empty());
    CHECK(sniff_encoding("").declared.empty());
  }

  TEST_CASE("tags can be scanned where markup bytes are ASCII") {
    const auto compatible = [](const std::string& encoding) {
      return sniff_encoding("<?xml version='1.0' encoding='" + encoding + "'?>").ascii_compatible;
    };
    for (const char* encoding :
         {"ISO-8859-1", "iso-8859-15", "UTF-8", "US-ASCII", "windows-1252", "CP1252", "latin1"}) {
      CAPTURE(encoding);
      CHECK(compatible(encoding));
    }
    for (const char* encoding : {"UTF-16", "UTF-7", "EBCDIC-CP-FR", "Shift_JIS", "ISO-2022-JP"}) {
      CAPTURE(encoding);
      CHECK_FALSE(compatible(encoding));
    }
    CHECK(sniff_encoding("<a/>").ascii_compatible);
  }

  TEST_CASE("wide encodings are known by their first bytes") {
    using namespace std::string_literals;
    const std::string wide = "<\0?\0x\0m\0l\0 \0e\0n\0c\0o\0d\0i\0n\0g\0=\0'\0u\0'\0?\0>\0"s;
    CHECK_FALSE(sniff_encoding(wide).ascii_compatible);
    CHECK(sniff_encoding(wide).declared == "u");
    CHECK_FALSE(sniff_encoding("\xFF\xFE" + wide).ascii_compatible);
    CHECK(sniff_encoding("\xFF\xFE" + wide).declared == "u");
    CHECK_FALSE(sniff_encoding("\0<\0a"s).ascii_compatible);
    CHECK_FALSE(sniff_encoding("\x4C\x6F\xA7\x94").ascii_compatible);
  }

  TEST_CASE("a byte order mark is told apart from the text") {
    const Encoding encoding = sniff_encoding("\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8'?>");
    CHECK(encoding.byte_order_mark);
    CHECK(encoding.declared == "UTF-8");
    CHECK(encoding.utf8);
    CHECK(encoding.ascii_compatible);
  }

  TEST_CASE("text goes to another encoding when it can") {
    CHECK(encoded("été", "ISO-8859-1") == "\xE9t\xE9");
    CHECK(encoded("été", "UTF-8") == "été");
    CHECK(encoded("été", "") == "été");
    CHECK(encoded("ds", "no-such-encoding") == "ds");
    CHECK_FALSE(encoded("été", "no-such-encoding"));
    CHECK_FALSE(encoded("été", "US-ASCII"));
  }
}

}  // namespace pes::xml
