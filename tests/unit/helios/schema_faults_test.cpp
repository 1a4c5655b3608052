#include "pes/error.hpp"
#include "pes/pes_aller.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"
#include "support/shared.hpp"
#include "unit/helios/documents.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace pes;

namespace {

std::filesystem::path official() { return test::shared() / "schemas/pes"; }

std::vector<Finding> faults_of(const char* sample) {
  return schema_faults(test::shared() / "samples/pes" / sample, official());
}

}  // namespace

TEST_SUITE_BEGIN("helios");

TEST_CASE("the samples of PES Aller follow the official schemas or not as their notice says") {
  if (!test::has_shared()) return;

  for (const char* valid :
       {"aller-dep-accents-entete.xml", "aller-dep-demat-unsigned.xml", "aller-empty.xml",
        "aller-dep-three-bordereaux.xml", "aller-dep-utf8-declared.xml", "aller-pj-alone.xml",
        "aller-facture-asap.xml", "aller-rec-ormc-sepa.xml", "aller-rec-two-bordereaux.xml"}) {
    CAPTURE(valid);
    CHECK(faults_of(valid).empty());
  }
  struct Wrong {
    const char* sample;
    std::uint64_t line;
    const char* word;
  };
  for (const Wrong& wrong : {Wrong{"aller-dep-invalid-codcol-4-digits.xml", 29, "1234"},
                             Wrong{"aller-dep-invalid-id-and-idbord.xml", 2, "xs:ID"},
                             Wrong{"aller-dep-pj-gzip-utf8-invalid-boolean.xml", 58, "required"},
                             Wrong{"aller-dep-three-mandats-invalid-idpost.xml", 20, "06088"}}) {
    CAPTURE(wrong.sample);
    const auto faults = faults_of(wrong.sample);
    REQUIRE_FALSE(faults.empty());
    CHECK(faults.front().severity == Severity::warning);
    CHECK(faults.front().code == "schema.invalid");
    CHECK(faults.front().line == wrong.line);
    CHECK(faults.front().message.find(wrong.word) != std::string::npos);
  }
}

TEST_CASE("the faults that are listed are bounded, and it is said that there are more") {
  if (!test::has_shared()) return;
  std::string unknown;
  for (int i = 0; i < 1000; ++i) unknown += "<CodCol/>\n";
  const test::WrittenFile file(
      test::flow_of("<Enveloppe><Parametres>" + unknown + "</Parametres></Enveloppe>"));

  const auto faults = schema_faults(file.path(), official());

  CHECK(faults.size() <= 51);
  CHECK_FALSE(faults.empty());
}

TEST_CASE("a folder without the schemas is a fault of the configuration") {
  const test::WrittenFile file(test::flow_of(""));
  const Error error =
      test::refusal([&] { (void)schema_faults(file.path(), file.path().parent_path()); });

  CHECK(error.code() == ErrorCode::config_invalid);
  CHECK(error.message().find("PES_Aller.xsd") != std::string::npos);
}

TEST_SUITE_END();
