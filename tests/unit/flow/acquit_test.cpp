#include "support/refusal.hpp"
#include "support/scratch.hpp"
#include "unit/flow/bench.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <string>

using pes::Action;
using pes::Dossier;
using pes::DossierId;
using pes::ErrorCode;
using pes::test::acquit_with;
using pes::test::Bench;
using pes::test::content;
using pes::test::refusal;
using namespace std::chrono_literals;

namespace {

const pes::Instant created_at = std::chrono::sys_days(std::chrono::year(2022) / 3 / 2) + 14h;

/// Sent, and as far as it goes.
DossierId sent(Bench& bench) {
  const DossierId id =
      pes::flow::create(bench.services,
                        {.type = "pes",
                         .id_e = "2",
                         .objet = "TEST",
                         .file = std::filesystem::path(PES_TEST_DATA) / "pes" / "test-032022.xml"})
          .dossier.id_d;
  pes::flow::send(bench.services, id);
  pes::test::run_due(bench.services, bench.partners);
  return id;
}

std::string bytes_of(const Bench& bench, const Dossier& dossier, const std::string& field) {
  return content(bench.store->readable(dossier.id_d, *dossier.file(field)).path());
}

}  // namespace

TEST_SUITE("flow") {
  TEST_CASE("an acquit that cannot be read is kept, and is no acceptance") {
    Bench bench(created_at);
    bench.tdt.acquit_bytes = "<!DOCTYPE a><PES_ACQUIT/>";

    const DossierId id = sent(bench);

    const Dossier dossier = bench.store->read(id);
    CHECK(dossier.value("pes_etat_ack") == "2");
    CHECK(bytes_of(bench, dossier, "pes_acquit") == bench.tdt.acquit_bytes);
    CHECK(dossier.state() == Action::termine);
  }

  TEST_CASE("a second acquit is kept beside the first, and decides") {
    Bench bench(created_at);
    bench.tdt.acquit_bytes = acquit_with("0");
    const DossierId id = sent(bench);
    REQUIRE(bench.store->read(id).value("pes_etat_ack") == "2");
    const Action state = bench.store->read(id).state();

    bench.tdt.acquit_bytes = acquit_with("1");
    CHECK(pes::flow::refresh_acquit(bench.services, bench.partners, id).changed);

    const Dossier dossier = bench.store->read(id);
    CHECK(dossier.value("pes_etat_ack") == "1");
    CHECK(dossier.state() == state);
    CHECK(dossier.earlier("pes_acquit") == std::vector<std::string>{"pes_acquit_1"});
    CHECK(bytes_of(bench, dossier, "pes_acquit") == acquit_with("1"));
    CHECK(bytes_of(bench, dossier, "pes_acquit_1") == acquit_with("0"));
    CHECK(bench.events().back().message ==
          "Un autre acquittement est disponible ; le précédent est conservé");
  }

  TEST_CASE("the same acquit again changes nothing, nor does none") {
    Bench bench(created_at);
    bench.tdt.acquit_bytes = acquit_with("1");
    const DossierId id = sent(bench);
    const std::size_t events = bench.events().size();

    CHECK_FALSE(pes::flow::refresh_acquit(bench.services, bench.partners, id).changed);
    bench.tdt.acquit_bytes.clear();
    CHECK_FALSE(pes::flow::refresh_acquit(bench.services, bench.partners, id).changed);

    CHECK(bench.events().size() == events);
    CHECK(bench.store->read(id).earlier("pes_acquit").empty());
  }

  TEST_CASE("a rejection by Hélios that is answered again keeps both acquits") {
    Bench bench(created_at);
    bench.tdt.acquit_bytes = acquit_with("0");
    bench.tdt.next_status = [] {
      return pes::port::TdtStatus{.stage = pes::port::TdtStatus::Stage::failed, .code = -1};
    };
    const DossierId id = sent(bench);
    REQUIRE(bench.store->read(id).state() == Action::tdt_error);
    // The state depends on the next one: it is the automaton's to fetch.
    CHECK(refusal([&] { pes::flow::refresh_acquit(bench.services, bench.partners, id); }).code() ==
          ErrorCode::state_forbids);

    bench.tdt.acquit_bytes = acquit_with("1");
    bench.tdt.next_status = [] {
      return pes::port::TdtStatus{.stage = pes::port::TdtStatus::Stage::acquit, .code = 8};
    };
    pes::flow::order(bench.services, id, Action::verif_tdt);
    pes::test::run_due(bench.services, bench.partners);

    const Dossier dossier = bench.store->read(id);
    CHECK(dossier.value("pes_etat_ack") == "1");
    CHECK(bytes_of(bench, dossier, "pes_acquit_1") == acquit_with("0"));
  }

  TEST_CASE("there is no other acquit before the first") {
    Bench bench(created_at);
    bench.tdt.next_status = [] {
      return pes::port::TdtStatus{.stage = pes::port::TdtStatus::Stage::pending, .code = 3};
    };
    const DossierId id = sent(bench);

    CHECK(refusal([&] { pes::flow::refresh_acquit(bench.services, bench.partners, id); }).code() ==
          ErrorCode::state_forbids);
  }

  TEST_CASE("what the SAE accepted is told to the TdT once") {
    Bench bench(created_at);
    bench.tdt.acquit_bytes = acquit_with("1");
    const DossierId id = sent(bench);
    REQUIRE(bench.store->read(id).state() == Action::termine);

    CHECK(pes::flow::tell_archived(bench.services, bench.partners, id).changed);
    const std::size_t events = bench.events().size();
    CHECK_FALSE(pes::flow::tell_archived(bench.services, bench.partners, id).changed);

    CHECK(bench.tdt.told_archived.front() == "123");
    CHECK(bench.events().size() == events);
  }

  TEST_CASE("a flow that the SAE has not accepted is not told to be archived") {
    Bench bench(created_at);
    bench.tdt.acquit_bytes = acquit_with("1");
    bench.sae.next_reply = [](const std::string& transfer) {
      return pes::port::SaeMessage{pes::test::ScriptedSae::reply_of(transfer, "300")};
    };
    const DossierId id = sent(bench);

    CHECK(refusal([&] { pes::flow::tell_archived(bench.services, bench.partners, id); }).code() ==
          ErrorCode::state_forbids);
    CHECK(bench.tdt.told_archived.empty());
  }
}
