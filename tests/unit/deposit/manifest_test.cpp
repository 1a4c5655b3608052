#include "deposit/manifest.hpp"

#include "support/refusal.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

using pes::ErrorCode;
using pes::deposit::Manifest;

namespace {

Manifest read(const std::string& bytes) {
  const pes::test::Scratch scratch;
  pes::test::write(scratch.path() / "m", bytes);
  return pes::deposit::read_manifest(scratch.path() / "m", "lot.zip/manifest.xml");
}

pes::Error refused(const std::string& bytes) {
  return pes::test::refusal([&] { read(bytes); });
}

}  // namespace

TEST_SUITE("deposit") {
  TEST_CASE("a manifest gives a type, fields and files by field") {
    const Manifest manifest = read(
        R"(<?xml version="1.0" encoding="ISO-8859-1"?><flux type="pes">)"
        "<data name=\"objet\" value=\"Mandats d'\xE9t\xE9\"/><data name=\"envoi_sae\" value=\"1\"/>"
        R"(<files name="fichier_pes"><file content="a.xml"/></files></flux>)");

    CHECK(manifest.type == "pes");
    CHECK(manifest.data.at("objet") == "Mandats d'été");
    CHECK(manifest.data.at("envoi_sae") == "1");
    CHECK(manifest.files.at("fichier_pes") == std::vector<std::string>{"a.xml"});
  }

  TEST_CASE("the faults of a manifest are told under its name") {
    struct Fault {
      const char* bytes;
      ErrorCode code;
    };
    for (const Fault& fault :
         {Fault{"", ErrorCode::input_empty}, Fault{"<flux", ErrorCode::input_not_xml},
          Fault{"<!DOCTYPE flux [<!ENTITY e 'x'>]><flux/>", ErrorCode::input_doctype},
          Fault{"<depot/>", ErrorCode::input_invalid},
          Fault{"<flux><data value='x'/></flux>", ErrorCode::input_invalid},
          Fault{"<flux><data name='a' value='x'/><data name='a' value='y'/></flux>",
                ErrorCode::input_invalid},
          Fault{"<flux><files name='fichier_pes'><file/></files></flux>",
                ErrorCode::input_invalid}}) {
      CAPTURE(fault.bytes);
      const pes::Error error = refused(fault.bytes);
      CHECK(error.code() == fault.code);
      CHECK(error.message().find("lot.zip/manifest.xml") != std::string::npos);
    }
  }

  TEST_CASE("a manifest is small") {
    CHECK(refused("<flux>" + std::string(2'000'000, ' ') + "</flux>").code() ==
          ErrorCode::input_too_large);
  }
}
