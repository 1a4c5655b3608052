#include "crypto/digest.hpp"
#include "support/scratch.hpp"
#include "unit/sandbox/client.hpp"
#include "unit/sandbox/deposits.hpp"
#include "unit/sandbox/flows.hpp"

#include <doctest/doctest.h>

namespace pes::test {
namespace {

/// Deposits a flow in the SAE and follows it to its reply.
void archive(SaeBench& bench, const std::string& id, const std::string& nom_fic,
             const std::string& flow) {
  BordereauText bordereau;
  bordereau.id = id;
  bordereau.nom_fic = nom_fic;
  bordereau.files = {{"flux.xml", flow}};
  REQUIRE(bench.deposit(bordereau.bytes(), tar_gz(bordereau.files)).status == 200);
  bench.acknowledgement(id);
  bench.reply(id);
}

TEST_SUITE("sandbox") {
  TEST_CASE("nothing received is nothing counted") {
    const Scratch scratch;

    const sandbox::Count count = sandbox::count(scratch.path());

    CHECK(count.flows.empty());
    CHECK(count.other_transfers == 0);
    CHECK(count.faults.empty());
  }

  TEST_CASE("a flow is counted by its bytes, at the TdT and in the SAE") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    const std::string first = bench.import_accepted(flow_named("A"));
    const std::string second = bench.import_accepted(flow_named("B"));
    for (int look = 0; look < 3; ++look) bench.status(first);

    archive(bench, "t1", "A", flow_named("A"));
    archive(bench, "t2", "A", flow_named("A"));
    archive(bench, "t3", "SCENARIO-sae-rejette", flow_named("A"));
    archive(bench, "t4", "A", flow_named("jamais envoyé"));

    const sandbox::Count count = sandbox::count(scratch.path());
    REQUIRE(count.flows.size() == 2);
    CHECK(count.flows[0].sha256 == crypto::sha256_hex(flow_named("A")));
    CHECK(count.flows[0].nom_fic == "A");
    CHECK(count.flows[0].cod_col == "123");
    CHECK(count.flows[0].transactions == std::vector<std::string>{first});
    CHECK(count.flows[0].acquitted == 1);
    CHECK(count.flows[0].deposited == 3);
    CHECK(count.flows[0].archived == 2);
    CHECK(count.flows[1].transactions == std::vector<std::string>{second});
    CHECK(count.flows[1].acquitted == 0);
    CHECK(count.flows[1].deposited == 0);
    CHECK(count.other_transfers == 1);
  }

  TEST_CASE("a deposit that has no reply is not archived yet") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    bench.import_accepted(flow_named("A"));
    BordereauText bordereau;
    bordereau.files = {{"flux.xml", flow_named("A")}};

    bench.deposit(bordereau.bytes(), tar_gz(bordereau.files));

    const sandbox::Count count = sandbox::count(scratch.path());
    CHECK(count.flows.at(0).deposited == 1);
    CHECK(count.flows.at(0).archived == 0);
  }
}

}  // namespace
}  // namespace pes::test
