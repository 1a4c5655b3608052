#include "support/child_process.hpp"
#include "support/refusal.hpp"
#include "support/scratch.hpp"
#include "unit/flow/bench.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>

using pes::Action;
using pes::Dossier;
using pes::DossierId;
using pes::ErrorCode;
using pes::port::TdtStatus;
using pes::test::acquit_with;
using pes::test::Bench;
using pes::test::ChildProcess;
using pes::test::content;
using pes::test::refusal;
using namespace std::chrono_literals;

namespace {

const pes::Instant created_at = std::chrono::sys_days(std::chrono::year(2022) / 3 / 2) + 14h;
constexpr std::string_view nom_fic = "PESALR2_00000000000018_220302_001.xml";

/// The order to send it is given, and carried out as far as it goes.
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

/// Whose answer was lost, and whose number a person gave.
DossierId sent_with_number(Bench& bench, const std::string& number) {
  bench.tdt.next_submission = [] { return pes::port::TdtUnknown{.reason = "cut"}; };
  const DossierId id = sent(bench);
  pes::flow::adopt_transaction(bench.services, id, number);
  return id;
}

/// An acceptance that names a flow.
std::string acquit_of(std::string_view name, const std::string& cod_col = "123") {
  std::string acquit = acquit_with("1");
  acquit.replace(acquit.find(R"("f")"), 3, '"' + std::string(name) + '"');
  acquit.replace(acquit.find(R"("123")"), 5, '"' + cod_col + '"');
  return acquit;
}

bool is_possible(const Dossier& dossier, Action action) {
  const auto possible = pes::flow::possible_actions(dossier);
  return std::find(possible.begin(), possible.end(), action) != possible.end();
}

/// Nothing more can be written from here on.
void fill_the_disk() {
  ::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{.rlim_cur = 1, .rlim_max = RLIM_INFINITY};
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

}  // namespace

TEST_SUITE("flow") {
  TEST_CASE("the number that a person gave is proved by the acquit that comes under it") {
    Bench bench(created_at);
    const DossierId id = sent_with_number(bench, "456");
    CHECK(bench.store->read(id).value("transaction_saisie") == "1");

    SUBCASE("of its NomFic") { bench.tdt.acquit_bytes = acquit_of(nom_fic); }
    SUBCASE("of its NomFic, whose accents did not survive") {
      bench.tdt.acquit_bytes = acquit_of("PESALR2_?00000000000018_220302_001.xml\xC3\xA9");
    }
    SUBCASE("of no NomFic at all") { bench.tdt.acquit_bytes = acquit_of(""); }

    pes::test::run_due(bench.services, bench.partners);

    const Dossier dossier = bench.store->read(id);
    CHECK(dossier.state() == Action::termine);
    CHECK(dossier.value("transaction_saisie").empty());
    CHECK_FALSE(pes::flow::may_be_told_its_number(dossier));
  }

  TEST_CASE("what comes under a mistyped number is never taken for the flow's acquit") {
    Bench bench(created_at);
    const DossierId id = sent_with_number(bench, "999");
    SUBCASE("another NomFic") { bench.tdt.acquit_bytes = acquit_of("PESALR2_AUTRE.xml"); }
    SUBCASE("the same, of another collectivité") {
      bench.tdt.acquit_bytes = acquit_of(nom_fic, "124");
    }
    SUBCASE("of a transaction in error") {
      bench.tdt.acquit_bytes = acquit_of("PESALR2_AUTRE.xml");
      bench.tdt.next_status = [] {
        return TdtStatus{.stage = TdtStatus::Stage::failed, .code = -1};
      };
    }

    pes::test::run_due(bench.services, bench.partners);

    const Dossier dossier = bench.store->read(id);
    CHECK(dossier.state() == Action::pre_send_tdt);
    CHECK(dossier.file("pes_acquit") == nullptr);
    CHECK(dossier.value("pes_tedetis_transaction_id").empty());
    REQUIRE(dossier.file("acquit_autre_flux") != nullptr);
    CHECK(content(bench.store->readable(id, *dossier.file("acquit_autre_flux")).path()) ==
          bench.tdt.acquit_bytes);
    REQUIRE(dossier.attempt.has_value());
    CHECK(dossier.attempt->unknown);

    // Its own bytes tell what became of it, not before the five minutes are over.
    CHECK(dossier.job->next_try == created_at + 5min);
    CHECK(bench.tdt.submissions == 1);
    bench.tdt.next_submission = [] { return pes::port::TdtAccepted{.transaction_id = "457"}; };
    bench.clock.set(created_at + 5min);
    pes::flow::advance(bench.services, bench.partners, id);
    CHECK(bench.store->read(id).value("pes_tedetis_transaction_id") == "457");
  }

  TEST_CASE("a number that a person gave can be corrected until an acquit has proved it") {
    Bench bench(created_at);
    const DossierId id = sent_with_number(bench, "999");
    bench.tdt.next_status = []() -> TdtStatus {
      throw pes::Error(ErrorCode::service_unexpected, "Numéro de transaction invalide");
    };
    pes::test::run_due(bench.services, bench.partners);

    pes::flow::adopt_transaction(bench.services, id, "456");

    CHECK(bench.store->read(id).value("pes_tedetis_transaction_id") == "456");
    bench.tdt.acquit_bytes = acquit_of(nom_fic);
    bench.tdt.next_status = [] { return TdtStatus{.stage = TdtStatus::Stage::acquit, .code = 8}; };
    pes::test::run_due(bench.services, bench.partners);
    CHECK(bench.store->read(id).state() == Action::termine);
    CHECK(refusal([&] { pes::flow::adopt_transaction(bench.services, id, "1"); }).code() ==
          ErrorCode::state_forbids);
  }

  TEST_CASE("bytes that the TdT had before wait for a person, who says what they are") {
    Bench bench(created_at);
    bench.tdt.next_submission = [] {
      return pes::port::TdtRefused{.message = "doublon détecté.", .duplicate = true};
    };
    const DossierId id = sent(bench);
    const Dossier dossier = bench.store->read(id);
    REQUIRE(dossier.state() == Action::tdt_error);

    CHECK(pes::flow::has_no_number(dossier));
    CHECK_FALSE(is_possible(dossier, Action::verif_tdt));
    CHECK_FALSE(pes::flow::retry_of(dossier).has_value());
    SUBCASE("this flow's") {
      pes::flow::adopt_transaction(bench.services, id, "456");
      bench.tdt.acquit_bytes = acquit_of(nom_fic);
      pes::test::run_due(bench.services, bench.partners);
      CHECK(bench.store->read(id).state() == Action::termine);
    }
    SUBCASE("not to be sent again") {
      pes::flow::erase(bench.services, id);
      CHECK(refusal([&] { (void)bench.store->read(id); }).code() == ErrorCode::dossier_unknown);
    }
  }

  TEST_CASE("a flow that the TdT finds too large may be given up, as nothing of it left") {
    Bench bench(created_at);
    bench.tdt.next_submission = [] {
      return pes::port::TdtRefused{.message = "Taille de fichier supérieure", .size_limit = 100};
    };
    const DossierId id = sent(bench);
    REQUIRE(bench.store->read(id).job->is_lock);

    CHECK(is_possible(bench.store->read(id), Action::supression));
    pes::flow::erase(bench.services, id);
  }

  TEST_CASE("no dossier is given up while nobody knows whether it arrived") {
    Bench bench(created_at);
    bench.tdt.next_submission = [] { return pes::port::TdtUnknown{.reason = "cut"}; };
    const DossierId id = sent(bench);
    pes::flow::suspend(bench.services, id, "");

    CHECK(refusal([&] { pes::flow::erase(bench.services, id); }).code() ==
          ErrorCode::state_forbids);
  }

  TEST_CASE("a number that cannot be noted is told all the same") {
    ChildProcess sender([] {
      Bench bench(created_at);
      bench.tdt.next_submission = [] {
        fill_the_disk();
        return pes::port::TdtAccepted{.transaction_id = "456"};
      };
      const DossierId id =
          pes::flow::create(bench.services, {.type = "pes",
                                             .id_e = "2",
                                             .objet = "TEST",
                                             .file = std::filesystem::path(PES_TEST_DATA) / "pes" /
                                                     "test-032022.xml"})
              .dossier.id_d;
      pes::flow::send(bench.services, id);
      const pes::Error error = refusal([&] {
        while (pes::flow::advance(bench.services, bench.partners, id).result ==
               pes::flow::Step::Result::moved) {
        }
      });
      if (error.code() != ErrorCode::io_failed) ::_exit(1);
      if (error.message().find("456") == std::string::npos) ::_exit(2);
      if (error.hint().find("--transaction 456") == std::string::npos) ::_exit(3);
    });

    CHECK(sender.ended_well());
  }
}
