#include "pes/seda.hpp"
#include "support/file.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"
#include "support/shared.hpp"

namespace {

constexpr std::string_view note_schema =
    "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">"
    "<xs:element name=\"note\" type=\"xs:date\"/></xs:schema>";

}  // namespace

TEST_SUITE("seda") {
  TEST_CASE("a valid document has no fault, an invalid one tells each with its line") {
    const pes::test::Scratch scratch;
    const auto schema = scratch.path() / "note.xsd";
    pes::replace_file(schema, note_schema);

    CHECK(pes::validate_against_schema("<note>2024-01-31</note>", schema).empty());
    const auto faults = pes::validate_against_schema("\n\n<note>2024-01-32</note>", schema);

    REQUIRE(faults.size() == 1);
    CHECK(faults[0].severity == pes::Severity::error);
    CHECK(faults[0].code == "schema.invalid");
    CHECK(faults[0].line == 3);
    CHECK(faults[0].message.find("2024-01-32") != std::string::npos);
  }

  TEST_CASE("a document that is not well-formed is a fault, not a failure") {
    const pes::test::Scratch scratch;
    const auto schema = scratch.path() / "note.xsd";
    pes::replace_file(schema, note_schema);

    for (const char* xml :
         {"text", "<?xml version=\"1.0\" encoding=\"none\"?><note/>", "<note>\n</nope>"}) {
      CAPTURE(xml);
      const auto faults = pes::validate_against_schema(xml, schema);

      REQUIRE_FALSE(faults.empty());
      CHECK(faults[0].code == "xml.malformed");
      CHECK_FALSE(faults[0].message.empty());
    }
  }

  TEST_CASE("a schema that cannot be loaded is a fault of the configuration") {
    const pes::test::Scratch scratch;
    const auto broken = scratch.path() / "broken.xsd";
    pes::replace_file(broken,
                      "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">"
                      "<xs:element name=\"note\" type=\"missing\"/></xs:schema>");

    for (const auto& schema : {broken, scratch.path() / "absent.xsd"}) {
      CAPTURE(schema);
      const pes::Error error =
          pes::test::refusal([&] { pes::validate_against_schema("<note/>", schema); });

      CHECK(error.code() == pes::ErrorCode::config_invalid);
      CHECK(error.message().find(schema.native()) != std::string::npos);
      CHECK_FALSE(error.cause().empty());
    }
  }

  TEST_CASE("a schema is not fetched over the network") {
    const pes::test::Scratch scratch;
    const auto schema = scratch.path() / "remote.xsd";
    pes::replace_file(schema,
                      "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">"
                      "<xs:include schemaLocation=\"http://127.0.0.1:9/note.xsd\"/>"
                      "</xs:schema>");

    const pes::Error error =
        pes::test::refusal([&] { pes::validate_against_schema("<note/>", schema); });

    CHECK(error.code() == pes::ErrorCode::config_invalid);
    CHECK(error.cause().find("network") != std::string::npos);
  }

  TEST_CASE("the samples of SEDA 1.0 are valid or not as their notice says") {
    if (!pes::test::has_shared()) return;
    const auto schema = pes::test::shared() / "schemas/seda/seda-1.0/seda_v1-0.xsd";
    const auto faults_of = [&](const char* name) {
      return pes::validate_against_schema(
          pes::read_file(pes::test::shared() / "samples/sae" / name, 1U << 20U), schema);
    };

    for (const char* valid :
         {"pes-minimal/bordereau_seda-1.0_minimal.xml", "seda-1.0/bordereau_simple.xml",
          "pes-minimal/bordereau_seda-1.0_profil_pes_ap_v3.xml", "seda-1.0/ack.xml",
          "seda-1.0/atr_accepted_pes.xml", "seda-1.0/atr_rejected_300.xml"}) {
      CAPTURE(valid);
      CHECK(faults_of(valid).empty());
    }
    CHECK_FALSE(faults_of("seda-1.0/bordereau_pes_pastell_expected.xml").empty());
  }
}
