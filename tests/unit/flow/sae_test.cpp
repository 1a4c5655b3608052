#include "support/scratch.hpp"
#include "unit/flow/bench.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>

using pes::Action;
using pes::Dossier;
using pes::DossierId;
using pes::Error;
using pes::ErrorCode;
using pes::test::acquit_with;
using pes::test::Bench;
using pes::test::content;
using pes::test::ScriptedSae;
using namespace std::chrono_literals;

namespace {

const pes::Instant created_at = std::chrono::sys_days(std::chrono::year(2022) / 3 / 2) + 14h;

/// Sent, answered by the TdT, and as far as the SAE lets it go.
DossierId sent(Bench& bench) {
  bench.tdt.acquit_bytes = acquit_with("1");
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

/// At the date of its automatic action.
Dossier run_when_due(Bench& bench, const DossierId& id) {
  bench.clock.wait_until(bench.store->read(id).job->next_try);
  pes::test::run_due(bench.services, bench.partners);
  return bench.store->read(id);
}

Dossier archived_again(Bench& bench, const DossierId& id) {
  pes::flow::order(bench.services, id, Action::send_archive);
  return run_when_due(bench, id);
}

pes::port::SaeAnswer knows_none_of_them(const std::string&) {
  return pes::port::SaeNoTransfer{.message = "non trouvé"};
}

pes::port::SaeAnswer has_them_all(const std::string& transfer) {
  return pes::port::SaeMessage{ScriptedSae::acknowledgement_of(transfer)};
}

pes::port::SaeAnswer rejects_them_all(const std::string& transfer) {
  return pes::port::SaeMessage{ScriptedSae::reply_of(transfer, "300")};
}

pes::port::SaeAnswer accepts_them_all(const std::string& transfer) {
  return pes::port::SaeMessage{ScriptedSae::reply_of(transfer, "000")};
}

pes::port::SaeDeposit loses_its_answer() { return pes::port::SaeUnknown{.reason = "cut"}; }

pes::port::SaeDeposit is_not_there() {
  throw Error(ErrorCode::service_unexpected, "there are no web services of as@lae (HTTP 404)");
}

pes::port::SaeDeposit has_it_already() {
  return pes::port::SaeRefused{.message = "transfert déjà déposé"};
}

/// How many of the deposits were of this transfer.
std::ptrdiff_t deposits_of(const Bench& bench, const std::string& transfer) {
  return std::count_if(bench.sae.bordereaux.begin(), bench.sae.bordereaux.end(),
                       [&](const std::string& bordereau) {
                         return bordereau.find(">" + transfer + "<") != std::string::npos;
                       });
}

std::string bytes_of(const Bench& bench, const Dossier& dossier, const std::string& field) {
  return content(bench.store->readable(dossier.id_d, *dossier.file(field)).path());
}

std::string transfer_of(const Dossier& dossier) {
  return std::string(dossier.value("sae_transfert_id"));
}

}  // namespace

TEST_SUITE("flow") {
  TEST_CASE("after a rejection too, a deposit whose answer was lost keeps its identifier") {
    Bench bench(created_at);
    bench.sae.next_reply = rejects_them_all;
    const DossierId id = sent(bench);
    const std::string rejected = transfer_of(bench.store->read(id));

    bench.sae.next_deposit = loses_its_answer;
    bench.sae.next_acknowledgement = knows_none_of_them;
    const Dossier lost = archived_again(bench, id);
    REQUIRE(lost.attempt.has_value());
    CHECK(transfer_of(lost) != rejected);
    bench.sae.next_reply = accepts_them_all;
    bench.sae.next_deposit = [&bench] {
      bench.sae.next_acknowledgement = has_them_all;
      return pes::port::SaeDeposited{};
    };
    const Dossier archived = run_when_due(bench, id);

    CHECK(archived.state() == Action::termine);
    CHECK(transfer_of(archived) == transfer_of(lost));
    CHECK(deposits_of(bench, transfer_of(lost)) == 2);
    CHECK(bench.sae.deposits == 3);
  }

  TEST_CASE("a refusal is believed once the SAE says that it has no such transfer") {
    Bench bench(created_at);

    SUBCASE("of the double of a deposit that had arrived after all") {
      bench.sae.next_deposit = loses_its_answer;
      bench.sae.next_acknowledgement = knows_none_of_them;
      const DossierId id = sent(bench);
      bench.sae.next_deposit = is_not_there;
      const Dossier failed = run_when_due(bench, id);
      REQUIRE(failed.state() == Action::erreur_envoie_sae);

      bench.sae.next_deposit = has_it_already;
      bench.sae.next_acknowledgement = has_them_all;
      const Dossier archived = archived_again(bench, id);

      CHECK(archived.state() == Action::termine);
      CHECK(deposits_of(bench, transfer_of(archived)) == bench.sae.deposits);
    }
    SUBCASE("of a SAE that did its work, and failed to say so") {
      bench.sae.next_deposit = [] {
        return pes::port::SaeRefused{.message = "Une erreur interne est survenue"};
      };
      bench.sae.next_acknowledgement = has_them_all;
      const DossierId id = sent(bench);

      CHECK(bench.store->read(id).state() == Action::termine);
      CHECK(bench.sae.deposits == 1);
    }
    SUBCASE("of a SAE that is still at work on it") {
      bench.sae.next_deposit = has_it_already;
      bench.sae.next_acknowledgement = [](const std::string&) {
        return pes::port::SaePending{.message = "Transfert en cours de traitement"};
      };
      const DossierId id = sent(bench);

      CHECK(bench.store->read(id).state() == Action::send_archive);
      CHECK(bench.sae.deposits == 1);
    }
    SUBCASE("of one that cannot tell yet") {
      bench.sae.next_deposit = has_it_already;
      bench.sae.next_acknowledgement = [](const std::string&) -> pes::port::SaeAnswer {
        throw Error(ErrorCode::service_unreachable, "no route");
      };
      const DossierId id = sent(bench);
      CHECK(bench.store->read(id).attempt->unknown);

      bench.sae.next_acknowledgement = knows_none_of_them;
      const Dossier refused = run_when_due(bench, id);
      CHECK(refused.state() == Action::erreur_envoie_sae);
      CHECK(bench.events().back().message ==
            "L'envoi du bordereau a échoué : transfert déjà déposé");
    }
  }

  TEST_CASE("an acknowledgement in the place of the reply rejects nothing") {
    Bench bench(created_at);
    bench.sae.next_reply = has_them_all;
    const DossierId id = sent(bench);

    const Dossier dossier = bench.store->read(id);
    CHECK(dossier.state() == Action::validation_sae_erreur);
    CHECK(pes::flow::retry_of(dossier) == Action::validation_sae);
    CHECK(bench.events().back().message.find("Acknowledgement") != std::string::npos);
  }

  TEST_CASE("messages are asked for with the agency that the bordereau names") {
    Bench bench(created_at);
    bench.sae.next_acknowledgement = knows_none_of_them;
    const DossierId id = sent(bench);
    bench.settings.set("sae.transferring_agency", "",
                       {.value = "CORRIGE", .origin = pes::Origin::project_file});
    bench.sae.next_acknowledgement = has_them_all;

    CHECK(run_when_due(bench, id).state() == Action::termine);
    CHECK(bench.sae.agencies == std::set<std::string>{"VERSANT"});
  }

  TEST_CASE("an AR or a reply that cannot be used is kept, and stays beside the one that can") {
    Bench bench(created_at);
    bench.sae.next_acknowledgement = [](const std::string&) { return has_them_all("autre"); };
    bench.sae.next_reply = has_them_all;
    const DossierId id = sent(bench);
    const Dossier foreign = bench.store->read(id);
    REQUIRE(foreign.state() == Action::verif_sae_erreur);
    CHECK(bytes_of(bench, foreign, "ar_sae") == ScriptedSae::acknowledgement_of("autre"));
    CHECK(foreign.file("ar_sae")->name == "AR-inutilisable.xml");

    bench.sae.next_acknowledgement = has_them_all;
    pes::flow::order(bench.services, id, Action::verif_sae);
    REQUIRE(run_when_due(bench, id).state() == Action::validation_sae_erreur);
    bench.sae.next_reply = accepts_them_all;
    pes::flow::order(bench.services, id, Action::validation_sae);
    const Dossier archived = run_when_due(bench, id);

    REQUIRE(archived.state() == Action::termine);
    const std::string transfer = transfer_of(archived);
    CHECK(bytes_of(bench, archived, "ar_sae_1") == ScriptedSae::acknowledgement_of("autre"));
    CHECK(bytes_of(bench, archived, "ar_sae") == ScriptedSae::acknowledgement_of(transfer));
    CHECK(bytes_of(bench, archived, "reply_sae_1") == ScriptedSae::acknowledgement_of(transfer));
    CHECK(bytes_of(bench, archived, "reply_sae") == ScriptedSae::reply_of(transfer, "000"));
  }

  TEST_CASE("what was answered to an archive rejected stays when it is deposited again") {
    Bench bench(created_at);
    bench.sae.next_reply = rejects_them_all;
    const DossierId id = sent(bench);
    const std::string first = transfer_of(bench.store->read(id));

    const Dossier again = archived_again(bench, id);
    REQUIRE(again.state() == Action::rejet_sae);
    bench.sae.next_reply = accepts_them_all;
    const Dossier archived = archived_again(bench, id);

    REQUIRE(archived.state() == Action::termine);
    CHECK(archived.earlier("ar_sae") == std::vector<std::string>{"ar_sae_1", "ar_sae_2"});
    CHECK(bytes_of(bench, archived, "ar_sae_1") == ScriptedSae::acknowledgement_of(first));
    CHECK(bytes_of(bench, archived, "reply_sae_1") == ScriptedSae::reply_of(first, "300"));
    CHECK(bytes_of(bench, archived, "reply_sae_2") ==
          ScriptedSae::reply_of(transfer_of(again), "300"));
    CHECK(bytes_of(bench, archived, "reply_sae") ==
          ScriptedSae::reply_of(transfer_of(archived), "000"));
  }

  TEST_CASE("the answer to the deposit is journaled") {
    Bench bench(created_at);
    bench.sae.next_deposit = [] {
      return pes::port::SaeDeposited{.answer = R"({"date_du_depot":"2022-03-02"})"};
    };
    sent(bench);

    const auto events = bench.events();
    CHECK(std::any_of(events.begin(), events.end(), [](const pes::Event& event) {
      return event.message ==
             "Le document a été envoyé au SAE ; réponse au dépôt : "
             R"({"date_du_depot":"2022-03-02"})";
    }));
  }

  TEST_CASE("what the SAE took and does not find is deposited again when a person says so") {
    Bench bench(created_at);
    bench.sae.next_acknowledgement = knows_none_of_them;
    const DossierId id = sent(bench);
    const auto may_archive = [&] {
      const auto possible = pes::flow::possible_actions(bench.store->read(id));
      return std::find(possible.begin(), possible.end(), Action::send_archive) != possible.end();
    };
    REQUIRE(bench.store->read(id).state() == Action::send_archive);
    CHECK_FALSE(may_archive());
    bench.clock.set(created_at + 61min);
    pes::test::run_due(bench.services, bench.partners);
    const Dossier lost = bench.store->read(id);
    CHECK(may_archive());
    CHECK(pes::flow::retry_of(lost) == Action::send_archive);
    CHECK(lost.job->last_message.find("versez de nouveau") != std::string::npos);

    SUBCASE("under the same identifier, with the same SIP") {
      bench.sae.next_deposit = [&bench] {
        bench.sae.next_acknowledgement = has_them_all;
        return pes::port::SaeDeposited{};
      };
      const Dossier archived = archived_again(bench, id);

      CHECK(archived.state() == Action::termine);
      CHECK(bench.sae.bordereaux.front() == bench.sae.bordereaux.back());
      CHECK(bench.sae.deposits == 2);
    }
    SUBCASE("unless it has found it") {
      bench.sae.next_acknowledgement = has_them_all;

      CHECK(archived_again(bench, id).state() == Action::termine);
      CHECK(bench.sae.deposits == 1);
    }
    SUBCASE("and whatever it says of that, no other SIP is ever built beside it") {
      SUBCASE("a refusal") { bench.sae.next_deposit = has_it_already; }
      SUBCASE("a failure") { bench.sae.next_deposit = is_not_there; }
      const Dossier refused = archived_again(bench, id);

      CHECK(refused.state() == Action::send_archive);
      CHECK_FALSE(refused.attempt.has_value());
      REQUIRE(refused.job->etat_cible == Action::verif_sae);
      run_when_due(bench, id);
      CHECK(may_archive());
      bench.sae.next_acknowledgement = has_them_all;
      CHECK(run_when_due(bench, id).state() == Action::termine);
      CHECK(deposits_of(bench, transfer_of(lost)) == 2);
    }
    SUBCASE("a lost answer is settled as any other") {
      bench.sae.next_deposit = loses_its_answer;
      REQUIRE(archived_again(bench, id).attempt.has_value());
      bench.sae.next_acknowledgement = has_them_all;

      CHECK(run_when_due(bench, id).state() == Action::termine);
      CHECK(bench.sae.deposits == 2);
    }
  }

  TEST_CASE("what the SAE is slow to acknowledge is not deposited again") {
    Bench bench(created_at);
    bench.sae.next_acknowledgement = [](const std::string&) {
      return pes::port::SaePending{.message = "Transfert en cours de traitement"};
    };
    const DossierId id = sent(bench);
    bench.clock.set(created_at + 61min);
    pes::test::run_due(bench.services, bench.partners);

    CHECK(pes::flow::possible_actions(bench.store->read(id)).empty());
  }
}
