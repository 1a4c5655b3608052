#include "pes/seda.hpp"
#include "support/scratch.hpp"
#include "support/shared.hpp"
#include "unit/sandbox/deposits.hpp"

#include <doctest/doctest.h>

namespace pes::test {
namespace {

std::filesystem::path sae_samples() { return shared() / "samples/sae"; }

std::filesystem::path schema(const std::string& version) {
  const std::filesystem::path folder = shared() / "schemas/seda" / ("seda-" + version);
  if (version == "1.0") return folder / "seda_v1-0.xsd";
  if (version == "0.2") return folder / "seda_v0-2.xsd";
  return folder / ("seda-" + version + "-main.xsd");
}

/// The archive of the PES dossier that the bordereaux of `pes-minimal` describe.
std::string pes_archive() {
  const std::filesystem::path folder = sae_samples() / "seda-1.0";
  return tar_gz({{"fichier_pes.xml", content_of(folder / "fichier_pes.xml")},
                 {"fichier_reponse.xml", content_of(folder / "fichier_reponse.xml")}});
}

constexpr const char* pes_transfer =
    "9e6166868ff502c72feed81d110722cc5071326e6bca9c7070b375359347503c_1700000000";

/// Deposits a bordereau of `pes-minimal`, and checks that both messages follow their schema.
std::string replied(SaeBench& bench, const std::string& bordereau, const std::string& version) {
  const httplib::Response taken =
      bench.deposit(content_of(sae_samples() / "pes-minimal" / bordereau), pes_archive());
  REQUIRE_MESSAGE(taken.status == 200, taken.body);
  const std::string acknowledged = bench.acknowledgement(pes_transfer, "VERSANT_PES").body;
  CHECK(validate_against_schema(acknowledged, schema(version)).empty());
  std::string reply = bench.reply(pes_transfer, "VERSANT_PES").body;
  CHECK(validate_against_schema(reply, schema(version)).empty());
  return reply;
}

TEST_SUITE("sandbox") {
  TEST_CASE("a PES dossier is taken in SEDA 1.0 and answered in kind") {
    if (!has_shared()) return;
    for (const std::string bordereau :
         {"bordereau_seda-1.0_minimal.xml", "bordereau_seda-1.0_profil_pes_ap_v3.xml"}) {
      CAPTURE(bordereau);
      const Scratch scratch;
      sandbox::Options options = options_in(scratch.path());
      options.seda_schema = schema("1.0");
      SaeBench bench(options);

      const std::string reply = replied(bench, bordereau, "1.0");

      CHECK(reply.find(">000</ReplyCode>") != std::string::npos);
      CHECK(element(reply, "TransferIdentifier") == pes_transfer);
      CHECK(reply.find("<Size unitCode=\"AD\">3055</Size>") != std::string::npos);
    }
  }

  TEST_CASE("a rejection follows the schema too") {
    if (!has_shared()) return;
    const Scratch scratch;
    sandbox::Options options = options_in(scratch.path());
    options.scenario = sandbox::Scenario::sae_rejects;
    SaeBench bench(options);

    const std::string reply = replied(bench, "bordereau_seda-1.0_minimal.xml", "1.0");

    CHECK(reply.find(">300</ReplyCode>") != std::string::npos);
  }

  TEST_CASE("a PES dossier is taken in SEDA 2.1 and 2.2, identifiers exchanged in the reply") {
    if (!has_shared()) return;
    for (const std::string version : {"2.1", "2.2"}) {
      CAPTURE(version);
      const Scratch scratch;
      SaeBench bench(options_in(scratch.path()));

      const std::string reply =
          replied(bench, "bordereau_seda-" + version + "_asalae.xml", version);

      CHECK(reply.find("<ReplyCode>000</ReplyCode>") != std::string::npos);
      CHECK(element(reply, "MessageIdentifier") == pes_transfer);
      CHECK(element(reply, "MessageRequestIdentifier") == "FRAD000_ATR_2");
      CHECK(reply.find("<CodeListVersions />") != std::string::npos);
      CHECK(element(reply, "ArchivalAgencyArchiveUnitIdentifier").starts_with("AE_"));
    }
  }

  TEST_CASE("a real transfer of SEDA 0.2 is taken with its ZIP") {
    if (!has_shared()) return;
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    const std::filesystem::path folder = sae_samples() / "seda-0.2";
    const std::string id = "DEP56_PESV2_WSJAVA_0000000002";
    REQUIRE(bench
                .deposit(content_of(folder / "bordereau_pes_dep56.xml"),
                         content_of(folder / "bordereau_pes_dep56_attachments.zip"))
                .status == 200);

    const std::string acknowledged = bench.acknowledgement(id, "225600014_122").body;
    const std::string accepted = bench.reply(id, "225600014_122").body;

    CHECK(acknowledged.find("<ArchiveTransferReply ") != std::string::npos);
    CHECK(acknowledged.find(">000</ReplyCode>") != std::string::npos);
    CHECK(accepted.find("<ArchiveTransferAcceptance ") != std::string::npos);
    CHECK(element(accepted, "TransferAcceptanceIdentifier") == "ATA_2");
    CHECK(validate_against_schema(acknowledged, schema("0.2")).empty());
    CHECK(validate_against_schema(accepted, schema("0.2")).empty());
  }
}

}  // namespace
}  // namespace pes::test
