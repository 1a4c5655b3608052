#include "pes/flow.hpp"

#include "bench.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

using namespace std::chrono_literals;
using pes::Action;
using pes::Dossier;
using pes::DossierId;
using pes::Error;
using pes::ErrorCode;
using pes::EventType;
using pes::flow::Notice;
using pes::flow::Step;
using pes::test::acquit_with;
using pes::test::Bench;

namespace {

const pes::Instant created_at =
    std::chrono::sys_days(std::chrono::year(2022) / 3 / 2) + 14h + 48min + 8s;
const pes::Instant sent_at = std::chrono::sys_days(std::chrono::year(2022) / 3 / 2) + 15h + 3min;

std::filesystem::path flow_file() {
  return std::filesystem::path(PES_TEST_DATA) / "pes" / "test-032022.xml";
}

/// An unsigned flow of type « PES »: ready to be sent.
DossierId ready(Bench& bench, const std::filesystem::path& file = flow_file()) {
  return pes::flow::create(bench.services,
                           {.type = "pes", .id_e = "2", .objet = "TEST-PES-0322", .file = file})
      .dossier.id_d;
}

/// The same flow, for all that it says, in other bytes.
std::filesystem::path corrected_flow(const Bench& bench) {
  const auto file = bench.scratch.path() / "corrected.xml";
  std::ofstream(file) << pes::test::content(flow_file()) << '\n';
  return file;
}

/// Sent and advanced until the automaton is about to post it.
DossierId about_to_post(Bench& bench, const std::filesystem::path& file = flow_file()) {
  const DossierId id = ready(bench, file);
  pes::flow::send(bench.services, id);
  while (bench.store->read(id).state() != Action::pre_send_tdt) {
    REQUIRE(pes::flow::advance(bench.services, bench.partners, id).result == Step::Result::moved);
  }
  return id;
}

/// Posted, answered, and about to be archived.
pes::port::SaeAnswer knows_none_of_them(const std::string&) {
  return pes::port::SaeNoTransfer{.message = "non trouvé"};
}

DossierId about_to_archive(Bench& bench) {
  bench.tdt.acquit_bytes = acquit_with("1");
  const DossierId id = about_to_post(bench);
  while (bench.store->read(id).state() != Action::preparation_send_sae) {
    REQUIRE(pes::flow::advance(bench.services, bench.partners, id).result == Step::Result::moved);
  }
  return id;
}

template <typename Call>
ErrorCode code_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

std::vector<std::string> screen(const Dossier& dossier) {
  std::vector<std::string> lines;
  for (const pes::Row& row : dossier.etats) {
    lines.push_back(std::string(pes::label(row.action)) + "|" + row.user.name);
  }
  return lines;
}

}  // namespace

TEST_SUITE("flow") {
  TEST_CASE("a dossier is created with its rows and its events") {
    Bench bench(created_at);

    const auto outcome = pes::flow::create(
        bench.services, {.id_e = "2", .objet = "TEST-PES-0322", .file = flow_file()});

    CHECK(outcome.changed);
    CHECK(outcome.dossier.type == "pes-avec-signature");
    CHECK(screen(outcome.dossier) ==
          std::vector<std::string>{"Créé|adminMegalis", "En cours de rédaction|adminMegalis"});
    CHECK(bench.events().size() == 2);
    CHECK(bench.events()[0].message == "Création du document");
    CHECK(bench.store->read(outcome.dossier.id_d) == outcome.dossier);
  }

  TEST_CASE("creating again under the same identifier finds the dossier") {
    Bench bench(created_at);
    const pes::flow::Creation creation{.id_e = "2",
                                       .id = DossierId::parse("O5uC72H"),
                                       .objet = "TEST-PES-0322",
                                       .file = flow_file()};
    pes::flow::create(bench.services, creation);

    const auto again = pes::flow::create(bench.services, creation);
    auto other = creation;
    other.objet = "autre";

    CHECK_FALSE(again.changed);
    CHECK(bench.events().size() == 2);
    CHECK(code_of([&] { pes::flow::create(bench.services, other); }) == ErrorCode::state_forbids);
  }

  TEST_CASE("what cannot be a flow makes no dossier") {
    Bench bench(created_at);
    const auto text = bench.scratch.path() / "text.xml";
    pes::test::write(text, "bonjour");

    CHECK(code_of([&] { pes::flow::create(bench.services, {.id_e = "2", .file = text}); }) ==
          ErrorCode::input_not_xml);
    CHECK(code_of([&] { pes::flow::create(bench.services, {.id_e = "9", .file = flow_file()}); }) ==
          ErrorCode::entity_unknown);
    CHECK(code_of([&] { pes::flow::create(bench.services, {.id_e = "2", .objet = "5 €"}); }) ==
          ErrorCode::field_invalid);
    CHECK(bench.events().empty());
  }

  TEST_CASE("the object takes 256 characters, and neither œ nor €") {
    CHECK_NOTHROW(pes::flow::require_valid_objet(std::string(256, 'x')));
    std::string accents;
    for (int i = 0; i < 256; ++i) accents += "é";
    CHECK_NOTHROW(pes::flow::require_valid_objet(accents));
    CHECK(code_of([] { pes::flow::require_valid_objet(std::string(257, 'x')); }) ==
          ErrorCode::field_invalid);
    CHECK(code_of([] { pes::flow::require_valid_objet("main d'œuvre"); }) ==
          ErrorCode::field_invalid);
    CHECK(code_of([] { pes::flow::require_valid_objet("a\nb"); }) == ErrorCode::field_invalid);
    CHECK(code_of([] { pes::flow::require_valid_objet("\xE9"); }) == ErrorCode::field_invalid);
    try {
      pes::flow::require_valid_objet("été à 5 €");
    } catch (const Error& error) {
      CHECK(error.message().find('9') != std::string::npos);
    }
    CHECK(pes::flow::objet_warnings("l’été").size() == 1);
  }

  TEST_CASE("an incomplete dossier is saved but not sent") {
    Bench bench(created_at);
    const auto id = pes::flow::create(bench.services, {.id_e = "2"}).dossier.id_d;

    CHECK(pes::flow::form_faults(bench.store->read(id)) ==
          std::vector<std::string>{
              "Le formulaire est incomplet : le champ «Objet» est obligatoire.",
              "Le formulaire est incomplet : le champ «Fichier PES» est obligatoire."});
    CHECK(code_of([&] { pes::flow::send(bench.services, id); }) == ErrorCode::state_forbids);
    CHECK(bench.store->read(id).state() == Action::creation);
  }

  TEST_CASE("a flow that must be signed is not sent unsigned") {
    Bench bench(created_at);
    const auto id =
        pes::flow::create(bench.services, {.id_e = "2", .objet = "o", .file = flow_file()})
            .dossier.id_d;

    CHECK(code_of([&] { pes::flow::send(bench.services, id); }) == ErrorCode::state_forbids);
  }

  TEST_CASE("another file in a signed dossier takes the signature away") {
    Bench bench(created_at);
    const DossierId id = ready(bench);
    const auto other = bench.scratch.path() / "other.xml";
    pes::test::write(other, pes::test::content(flow_file()) + "\n");

    const auto same = pes::flow::edit(bench.services, id, {.file = flow_file()});
    const auto changed = pes::flow::edit(bench.services, id, {.file = other});

    CHECK_FALSE(same.changed);
    CHECK(changed.changed);
    CHECK(changed.dossier.file("fichier_pes")->name == "other.xml");
    CHECK(changed.dossier.etats.size() == 2);
  }

  TEST_CASE("a deleted dossier stays in the journal alone") {
    Bench bench(created_at);
    const DossierId id = ready(bench);

    pes::flow::erase(bench.services, id);

    CHECK(code_of([&] { static_cast<void>(bench.store->read(id)); }) == ErrorCode::dossier_unknown);
    CHECK(bench.events().back().action == "suppression");
    CHECK(bench.events().back().message ==
          "Le document « TEST-PES-0322 » (" + id.text() + ") a été supprimé");
  }

  TEST_CASE("the states follow in order to the end of the route") {
    Bench bench(created_at);
    bench.tdt.acquit_bytes = acquit_with("1");
    const DossierId id = ready(bench);
    bench.clock.set(sent_at);
    pes::flow::send(bench.services, id);

    const Step step =
        pes::flow::advance_until_rest(bench.services, bench.partners, id, sent_at + 1h);

    CHECK(step.result == Step::Result::resting);
    CHECK(screen(step.dossier) ==
          std::vector<std::string>{
              "Créé|adminMegalis", "En cours de rédaction|adminMegalis",
              "Préparation de l'extraction des informations|adminMegalis",
              "Extraction des informations du PES ALLER|Action automatique",
              "Préparation de l'envoi au TdT|Action automatique",
              "Transmis au TdT|Action automatique",
              "Un fichier de réponse PES est disponible|Action automatique",
              "Préparation de l'envoi au SAE|Action automatique", "Versé au SAE|Action automatique",
              "AR SAE reçu|Action automatique", "Archive acceptée par le SAE|Action automatique",
              "Traitement terminé|Action automatique"});
    CHECK(step.dossier.value("pes_tedetis_transaction_id") == "123");
    CHECK(step.dossier.value("pes_etat_ack") == "1");
    CHECK(step.dossier.value("sae_archival_identifier") == "160");
    CHECK(step.dossier.file("pes_acquit")->name == "test-032022_ACK.xml");
    CHECK(step.dossier.file("ar_sae")->name == "ACK_1.xml");
    CHECK(step.dossier.file("reply_sae")->name == "ATR_1.xml");
    CHECK_FALSE(step.dossier.job.has_value());
    CHECK(bench.tdt.submissions == 1);
    CHECK(bench.sae.deposits == 1);
  }

  TEST_CASE("sending again what is sent already changes nothing") {
    Bench bench(created_at);
    const DossierId id = about_to_post(bench);

    const auto again = pes::flow::send(bench.services, id);

    CHECK_FALSE(again.changed);
    CHECK(again.dossier.state() == Action::pre_send_tdt);
  }

  TEST_CASE("a dossier on its way can be neither edited nor deleted") {
    Bench bench(created_at);
    const DossierId id = about_to_post(bench);

    CHECK(code_of([&] { pes::flow::edit(bench.services, id, {.objet = "x"}); }) ==
          ErrorCode::state_forbids);
    CHECK(code_of([&] { pes::flow::erase(bench.services, id); }) == ErrorCode::state_forbids);
  }

  TEST_CASE("the intention is journaled with its digests before anything is posted") {
    Bench bench(created_at);
    const DossierId id = about_to_post(bench);
    std::string seen;
    bench.tdt.next_submission = [&] {
      seen = bench.events().back().message;
      const Dossier state = bench.store->read(id);
      CHECK(state.attempt.has_value());
      return pes::port::TdtAccepted{.transaction_id = "9"};
    };

    pes::flow::advance(bench.services, bench.partners, id);

    CHECK(seen.find("SHA-256 ") != std::string::npos);
    CHECK(seen.find("SHA-1 ") != std::string::npos);
    CHECK(seen.find("NomFic PESALR2_00000000000018_220302_001.xml") != std::string::npos);
    CHECK_FALSE(bench.store->read(id).attempt.has_value());
  }

  TEST_CASE("an answer lost is never followed by a second post before it can tell") {
    Bench bench(created_at);
    const DossierId id = about_to_post(bench);
    bench.tdt.next_submission = [] { return pes::port::TdtUnknown{.reason = "cut"}; };

    const Step step = pes::flow::advance(bench.services, bench.partners, id);
    pes::test::run_due(bench.services, bench.partners);
    bench.clock.set(created_at + 299s);
    pes::test::run_due(bench.services, bench.partners);
    pes::flow::send(bench.services, id);

    REQUIRE(step.error.has_value());
    CHECK(step.error->code() == ErrorCode::fate_unknown);
    CHECK(bench.tdt.submissions == 1);
    const Dossier dossier = bench.store->read(id);
    CHECK(dossier.state() == Action::pre_send_tdt);
    REQUIRE(dossier.attempt.has_value());
    CHECK(dossier.attempt->unknown);
    CHECK_FALSE(dossier.job->is_lock);
    CHECK(dossier.job->next_try == created_at + 5min);
    CHECK(bench.events().back().type == EventType::failed_attempt);

    SUBCASE("a person who found the transaction gives its number") {
      pes::flow::adopt_transaction(bench.services, id, "456");

      CHECK(bench.store->read(id).state() == Action::send_tdt);
      CHECK(bench.store->read(id).value("pes_tedetis_transaction_id") == "456");
      CHECK(bench.tdt.submissions == 1);
    }
    SUBCASE("held back and let go on, it waits for its five minutes all the same") {
      pes::flow::suspend(bench.services, id, "budget");
      pes::flow::resume(bench.services, id);

      CHECK(bench.store->read(id).job->next_try == created_at + 5min);
      pes::test::run_due(bench.services, bench.partners);
      CHECK(bench.tdt.submissions == 1);
    }
    SUBCASE("a person may have it decided now") {
      CHECK(code_of([&] { pes::flow::resend(bench.services, id, "other"); }) ==
            ErrorCode::state_forbids);
      pes::flow::resend(bench.services, id, dossier.attempt->id);
      bench.tdt.next_submission = [] { return pes::port::TdtAccepted{.transaction_id = "9"}; };
      pes::test::run_due(bench.services, bench.partners);

      CHECK(bench.tdt.submissions == 2);
      CHECK(bench.store->read(id).value("pes_tedetis_transaction_id") == "9");
    }
  }

  TEST_CASE("the same bytes, sent again in time, tell what became of the first") {
    Bench bench(created_at);
    const DossierId id = about_to_post(bench);
    bench.tdt.next_submission = [] { return pes::port::TdtUnknown{.reason = "cut"}; };
    pes::flow::advance(bench.services, bench.partners, id);
    const std::string attempt = bench.store->read(id).attempt->id;
    bench.clock.set(created_at + 5min);

    SUBCASE("accepted: the first had not arrived") {
      bench.tdt.next_submission = [] { return pes::port::TdtAccepted{.transaction_id = "9"}; };
      pes::flow::advance(bench.services, bench.partners, id);

      const Dossier dossier = bench.store->read(id);
      CHECK(dossier.state() == Action::send_tdt);
      CHECK(dossier.value("pes_tedetis_transaction_id") == "9");
      CHECK_FALSE(dossier.attempt.has_value());
    }
    SUBCASE("a duplicate: it had, and its number is found") {
      bench.tdt.next_submission = [] {
        return pes::port::TdtRefused{.message = "doublon détecté.", .duplicate = true};
      };
      bench.tdt.next_search = [] { return pes::port::TdtFound{.transaction_id = "456"}; };
      pes::flow::advance(bench.services, bench.partners, id);

      const Dossier dossier = bench.store->read(id);
      CHECK(dossier.state() == Action::send_tdt);
      CHECK(dossier.value("pes_tedetis_transaction_id") == "456");
      CHECK(bench.tdt.searched ==
            std::vector<std::string>{"PESALR2_00000000000018_220302_001.xml 123"});
    }
    SUBCASE("a duplicate whose number cannot be seen yet is looked for, and not sent again") {
      bench.tdt.next_submission = [] {
        return pes::port::TdtRefused{.message = "doublon détecté.", .duplicate = true};
      };
      bench.tdt.next_search = [] { return pes::port::TdtNotFound{}; };
      const Step waiting = pes::flow::advance(bench.services, bench.partners, id);
      CHECK(waiting.result == Step::Result::unchanged);
      CHECK(bench.store->read(id).attempt->received);

      bench.tdt.next_search = [] { return pes::port::TdtFound{.transaction_id = "456"}; };
      bench.clock.set(created_at + 10min);
      pes::flow::advance(bench.services, bench.partners, id);
      CHECK(bench.store->read(id).value("pes_tedetis_transaction_id") == "456");
      CHECK(bench.tdt.submissions == 2);
    }
    SUBCASE("a duplicate is never taken for the flow of another dossier") {
      const DossierId older = about_to_post(bench);
      bench.tdt.next_submission = [] { return pes::port::TdtAccepted{.transaction_id = "456"}; };
      bench.store->let_go(bench.store->read(id).attempt->flow_name(), id);
      pes::flow::advance(bench.services, bench.partners, older);
      bench.tdt.next_submission = [] {
        return pes::port::TdtRefused{.message = "doublon détecté.", .duplicate = true};
      };
      bench.tdt.next_search = [] { return pes::port::TdtFound{.transaction_id = "456"}; };
      pes::flow::advance(bench.services, bench.partners, id);

      // Its bytes are the other's, whose number it is: nothing is left to send.
      const Dossier closed = bench.store->read(id);
      CHECK(closed.state() == Action::tdt_error);
      CHECK_FALSE(closed.attempt.has_value());
      CHECK(bench.events().back().message.find(older.text()) != std::string::npos);
      CHECK_FALSE(pes::flow::retry_of(closed).has_value());
      pes::flow::erase(bench.services, id);
    }
    SUBCASE("the number of a dossier that sent other bytes is no person's to give") {
      const DossierId older = about_to_post(bench, corrected_flow(bench));
      bench.tdt.next_submission = [] { return pes::port::TdtAccepted{.transaction_id = "456"}; };
      bench.store->let_go(bench.store->read(id).attempt->flow_name(), id);
      pes::flow::advance(bench.services, bench.partners, older);

      CHECK(code_of([&] { pes::flow::adopt_transaction(bench.services, id, "456"); }) ==
            ErrorCode::state_forbids);
      pes::flow::adopt_transaction(bench.services, id, "457");
      CHECK(bench.store->read(id).value("pes_tedetis_transaction_id") == "457");
    }
    SUBCASE("a duplicate whose number only a person can see waits for that person") {
      bench.tdt.next_submission = [] {
        return pes::port::TdtRefused{.message = "doublon détecté.", .duplicate = true};
      };
      const Step step = pes::flow::advance(bench.services, bench.partners, id);

      REQUIRE(step.error.has_value());
      CHECK(step.error->code() == ErrorCode::fate_unknown);
      CHECK(step.error->hint().find("--transaction") != std::string::npos);
      CHECK(bench.store->read(id).job->is_lock);
      pes::flow::adopt_transaction(bench.services, id, "456");
      CHECK(bench.store->read(id).state() == Action::send_tdt);
    }
    SUBCASE("a refusal for another reason says nothing of the first") {
      bench.tdt.next_submission = [] {
        return pes::port::TdtRefused{.message = "Votre certificat n'est pas RGS"};
      };
      const Step step = pes::flow::advance(bench.services, bench.partners, id);

      CHECK(step.error->code() == ErrorCode::fate_unknown);
      CHECK(bench.store->read(id).attempt->id == attempt);
      CHECK(bench.store->read(id).attempt->unknown);
      CHECK(bench.store->read(id).job->is_lock);
    }
    SUBCASE("a TdT out of reach is asked again later") {
      bench.tdt.next_submission = []() -> pes::port::TdtSubmission {
        throw Error(ErrorCode::service_unreachable, "no route");
      };
      const Step step = pes::flow::advance(bench.services, bench.partners, id);

      CHECK(step.error->code() == ErrorCode::fate_unknown);
      CHECK(bench.store->read(id).attempt->unknown);
      CHECK(bench.store->read(id).job->next_try == created_at + 10min);
    }
  }

  TEST_CASE("a process that dies while posting leaves an attempt of unknown fate") {
    Bench bench(created_at);
    const DossierId id = about_to_post(bench);
    struct Death {};
    bench.tdt.next_submission = []() -> pes::port::TdtSubmission { throw Death{}; };
    CHECK_THROWS_AS(pes::flow::advance(bench.services, bench.partners, id), Death);
    bench.tdt.next_submission = [] { return pes::port::TdtAccepted{.transaction_id = "9"}; };

    const Step step = pes::flow::advance(bench.services, bench.partners, id);

    REQUIRE(step.error.has_value());
    CHECK(step.error->code() == ErrorCode::fate_unknown);
    CHECK(bench.tdt.submissions == 1);
    bench.clock.set(created_at + 5min);
    pes::test::run_due(bench.services, bench.partners);
    CHECK(bench.tdt.submissions == 2);
    CHECK(bench.store->read(id).value("pes_tedetis_transaction_id") == "9");
  }

  TEST_CASE("two flows of one name: the second leaves once the fate of the first is known") {
    Bench bench(created_at);
    const DossierId first = about_to_post(bench);
    bench.tdt.next_submission = [] { return pes::port::TdtUnknown{.reason = "cut"}; };
    pes::flow::advance(bench.services, bench.partners, first);
    const DossierId second = about_to_post(bench);
    bench.tdt.next_submission = [] { return pes::port::TdtAccepted{.transaction_id = "9"}; };

    const Step waiting = pes::flow::advance(bench.services, bench.partners, second);

    CHECK(waiting.result == Step::Result::unchanged);
    CHECK(bench.tdt.submissions == 1);
    CHECK(waiting.dossier.job->last_message.find(first.text()) != std::string::npos);

    bench.clock.set(created_at + 5min);
    pes::flow::advance(bench.services, bench.partners, first);
    CHECK(bench.store->read(first).value("pes_tedetis_transaction_id") == "9");
    pes::flow::advance(bench.services, bench.partners, second);
    CHECK(bench.tdt.submissions == 3);
  }

  TEST_CASE("nothing accepted is retried later, and each failure is an event") {
    Bench bench(created_at);
    const DossierId id = about_to_post(bench);
    bench.tdt.next_submission = []() -> pes::port::TdtSubmission {
      throw Error(ErrorCode::service_unreachable, "no route");
    };

    const Step step = pes::flow::advance(bench.services, bench.partners, id);

    CHECK(step.result == Step::Result::failed);
    const Dossier dossier = bench.store->read(id);
    CHECK_FALSE(dossier.attempt.has_value());
    CHECK(dossier.job->nb_try == 1);
    CHECK(dossier.job->next_try == created_at + 30s);
    CHECK(dossier.job->last_message == "no route");
    CHECK(bench.events().back().reason == "service.unreachable");
    bench.tdt.next_submission = [] { return pes::port::TdtAccepted{.transaction_id = "9"}; };
    pes::test::run_due(bench.services, bench.partners);
    CHECK(bench.tdt.submissions == 1);
    bench.clock.set(created_at + 31s);
    pes::test::run_due(bench.services, bench.partners);
    CHECK(bench.store->read(id).value("pes_tedetis_transaction_id") == "9");
  }

  TEST_CASE("failures in a row are further and further apart; a question answered ends the row") {
    Bench bench(created_at);
    const DossierId id = about_to_post(bench);
    pes::flow::advance(bench.services, bench.partners, id);
    const auto answer = [] { return pes::port::TdtStatus{.code = 2, .label = "En attente"}; };
    const auto fail = []() -> pes::port::TdtStatus {
      throw Error(ErrorCode::service_unreachable, "no route");
    };
    const auto pause = [&](const auto& next) {
      bench.tdt.next_status = next;
      bench.clock.set(bench.store->read(id).job->next_try);
      pes::flow::advance(bench.services, bench.partners, id);
      return bench.store->read(id).job->next_try - bench.clock.now();
    };

    for (int poll = 0; poll < 30; ++poll) CHECK(pause(answer) == 45s);
    CHECK(pause(fail) == 30s);
    CHECK(bench.store->read(id).job->reason == "service.unreachable");
    CHECK(pause(fail) == 60s);
    CHECK(pause(answer) == 45s);
    CHECK(bench.store->read(id).job->reason.empty());
    CHECK(pause(fail) == 30s);
    for (int failure = 0; failure < 20; ++failure) pause(fail);
    CHECK(pause(fail) == 1h);
    bench.services.chance = [] { return 0.5; };
    CHECK(pause(fail) == 75min);
  }

  TEST_CASE("a service is left alone for as long as it asks") {
    Bench bench(created_at);
    const DossierId id = about_to_post(bench);

    SUBCASE("it said so instead of taking the flow") {
      bench.tdt.next_submission = []() -> pes::port::TdtSubmission {
        throw Error(ErrorCode::service_unreachable, "HTTP 429").with_retry_after(20min);
      };
    }
    SUBCASE("it said so, and nobody knows what became of the flow") {
      bench.tdt.next_submission = [] {
        return pes::port::TdtUnknown{.reason = "HTTP 503", .retry_after = 20min};
      };
    }
    pes::flow::advance(bench.services, bench.partners, id);

    CHECK(bench.store->read(id).job->next_try == created_at + 20min);
  }

  TEST_CASE("a status that cannot have changed sooner is not asked for sooner") {
    Bench bench(created_at);
    const DossierId id = about_to_post(bench);
    pes::flow::advance(bench.services, bench.partners, id);
    bench.tdt.next_status = [] {
      return pes::port::TdtStatus{.code = 3, .label = "Transmis", .soonest_change = 5min};
    };

    pes::flow::advance(bench.services, bench.partners, id);

    CHECK(bench.store->read(id).job->next_try == created_at + 5min);
  }

  TEST_CASE("a status that lasts too long is told once, journaled, and seen while it lasts") {
    using Stay = pes::port::LongestStay;
    Bench bench(created_at);  // a Wednesday
    const DossierId id = about_to_post(bench);
    pes::flow::advance(bench.services, bench.partners, id);
    const pes::Instant sent = bench.store->read(id).last_row().date;
    Stay stay;
    bench.tdt.next_status = [&stay] {
      return pes::port::TdtStatus{.code = 3, .label = "Transmis", .longest_stay = stay};
    };
    const auto is_told_after = [&](std::chrono::seconds passed) {
      bench.notices.clear();
      bench.clock.set(sent + passed);
      CHECK(pes::flow::advance(bench.services, bench.partners, id).result ==
            Step::Result::unchanged);
      return std::any_of(bench.notices.begin(), bench.notices.end(), [](const Notice& notice) {
        return notice.kind == Notice::Kind::warning &&
               notice.text.find("Transmis (3) ; c'est plus long") != std::string::npos;
      });
    };

    SUBCASE("every day counts") {
      stay = {std::chrono::days(2), Stay::Counted::every_day};
      CHECK_FALSE(is_told_after(48h));
      CHECK(is_told_after(49h));
    }
    SUBCASE("no Saturday, no Sunday") {
      stay = {std::chrono::days(3), Stay::Counted::working_days};
      CHECK_FALSE(is_told_after(5 * 24h));
      CHECK(is_told_after(5 * 24h + 1h));
    }
    const std::size_t events = bench.events().size();
    CHECK_FALSE(is_told_after(6 * 24h));
    CHECK(bench.events().size() == events);
    CHECK(bench.store->read(id).job->last_message.find("plus long") != std::string::npos);
  }

  TEST_CASE("a SAE that keeps its messages for too long is told") {
    Bench bench(created_at);
    const DossierId id = about_to_archive(bench);
    const auto pending = [](const std::string&) {
      return pes::port::SaePending{.message = "Transfert en cours de traitement"};
    };
    const auto words_after = [&](std::chrono::seconds passed) {
      bench.clock.set(bench.store->read(id).last_row().date + passed);
      pes::flow::advance(bench.services, bench.partners, id);
      return bench.store->read(id).job->last_message;
    };
    bench.sae.next_acknowledgement = pending;
    bench.sae.next_reply = pending;
    while (bench.store->read(id).state() != Action::send_archive) {
      REQUIRE(pes::flow::advance(bench.services, bench.partners, id).result == Step::Result::moved);
    }

    CHECK(words_after(1h) == "Transfert en cours de traitement");
    CHECK(words_after(2h).find("pas d'AR depuis plus d'une heure") != std::string::npos);
    bench.sae.next_acknowledgement = [](const std::string& transfer) {
      return pes::port::SaeMessage{pes::test::ScriptedSae::acknowledgement_of(transfer)};
    };
    words_after(3h);
    REQUIRE(bench.store->read(id).state() == Action::ar_recu_sae);
    CHECK(words_after(72h) == "Transfert en cours de traitement");
    CHECK(words_after(73h).find("un archiviste doit agir") != std::string::npos);
  }

  TEST_CASE("nothing is tried with a service that is left alone, and the dossier says until when") {
    Bench bench(created_at);
    const DossierId id = about_to_post(bench);
    bench.tdt.interrupted =
        Error(ErrorCode::service_unreachable, "interrupted").with_retry_after(10min);
    const std::size_t events_before = bench.events().size();

    const auto report = pes::test::run_due(bench.services, bench.partners);

    REQUIRE(report.steps.size() == 1);
    CHECK(report.steps[0].error->code() == ErrorCode::service_unreachable);
    CHECK(bench.tdt.submissions == 0);
    CHECK(bench.events().size() == events_before);
    const Dossier dossier = bench.store->read(id);
    CHECK_FALSE(dossier.attempt.has_value());
    CHECK(dossier.job->nb_try == 0);
    CHECK(dossier.job->next_try == created_at + 10min);
    CHECK(dossier.job->last_message == "interrupted");
    CHECK(dossier.job->reason == "service.unreachable");

    SUBCASE("until its date has come") {
      bench.clock.set(created_at + 10min);
      bench.tdt.interrupted.reset();
      bench.tdt.acquit_bytes = acquit_with("1");
      pes::test::run_due(bench.services, bench.partners);
      CHECK(bench.store->read(id).state() == Action::termine);
    }
  }

  TEST_CASE("a sending of unknown fate stays one while the TdT is left alone") {
    Bench bench(created_at);
    const DossierId id = about_to_post(bench);
    bench.tdt.next_submission = [] { return pes::port::TdtUnknown{.reason = "cut"}; };
    pes::flow::advance(bench.services, bench.partners, id);
    bench.clock.set(created_at + 5min);
    bench.tdt.interrupted =
        Error(ErrorCode::service_unreachable, "interrupted").with_retry_after(15min);

    const Step step = pes::flow::advance(bench.services, bench.partners, id);

    CHECK(step.error->code() == ErrorCode::fate_unknown);
    CHECK(bench.tdt.submissions == 1);
    CHECK(bench.store->read(id).attempt->unknown);
    CHECK(bench.store->read(id).job->next_try == created_at + 20min);
  }

  TEST_CASE("a deposit is not tried with a SAE that is left alone, and nothing is in error") {
    Bench bench(created_at);
    const DossierId id = about_to_archive(bench);
    bench.sae.interrupted =
        Error(ErrorCode::service_unreachable, "interrupted").with_retry_after(10min);

    pes::test::run_due(bench.services, bench.partners);

    CHECK(bench.store->read(id).state() == Action::preparation_send_sae);
    CHECK(bench.sae.deposits == 0);
    bench.sae.interrupted.reset();
    bench.clock.set(created_at + 10min);
    pes::test::run_due(bench.services, bench.partners);
    CHECK(bench.store->read(id).state() == Action::termine);
  }

  TEST_CASE("a refusal by the TdT waits for a person, who can let it go on") {
    Bench bench(created_at);
    const DossierId id = about_to_post(bench);
    bench.tdt.next_submission = [] {
      return pes::port::TdtRefused{.message = "Votre certificat n'est pas RGS"};
    };

    const Step step = pes::flow::advance(bench.services, bench.partners, id);
    bench.clock.set(created_at + 24h);
    pes::test::run_due(bench.services, bench.partners);

    CHECK(step.error->code() == ErrorCode::service_refused);
    CHECK(bench.tdt.submissions == 1);
    bench.tdt.next_submission = [] { return pes::port::TdtAccepted{.transaction_id = "9"}; };
    pes::flow::send(bench.services, id);
    bench.tdt.acquit_bytes = acquit_with("1");
    pes::test::run_due(bench.services, bench.partners);
    CHECK(bench.store->read(id).state() == Action::termine);
  }

  TEST_CASE("a status that says nothing new is asked again later and journaled once") {
    Bench bench(created_at);
    const DossierId id = about_to_post(bench);
    pes::flow::advance(bench.services, bench.partners, id);
    bench.tdt.next_status = [] {
      return pes::port::TdtStatus{.code = 2, .label = "En attente de transmission"};
    };

    pes::flow::advance(bench.services, bench.partners, id);
    const std::size_t after_first = bench.events().size();
    bench.clock.set(created_at + 1min);
    const Step step = pes::flow::advance(bench.services, bench.partners, id);

    CHECK(step.result == Step::Result::unchanged);
    CHECK(bench.events().size() == after_first);
    CHECK(step.dossier.job->nb_try == 2);
    CHECK(step.dossier.job->last_message ==
          "La transaction est dans l'état : En attente de transmission (2)");
    CHECK(step.dossier.job->next_try == created_at + 1min + 45s);
  }

  TEST_CASE("an error of the TdT keeps its words, and the acquit of a technical rejection") {
    Bench bench(created_at);
    const DossierId id = about_to_post(bench);
    pes::flow::advance(bench.services, bench.partners, id);
    bench.tdt.acquit_bytes = acquit_with("0");
    bench.tdt.next_status = [] {
      return pes::port::TdtStatus{.stage = pes::port::TdtStatus::Stage::failed,
                                  .code = -1,
                                  .message = "Transaction 123 : erreur retournée par Helios"};
    };

    pes::flow::advance(bench.services, bench.partners, id);

    const Dossier dossier = bench.store->read(id);
    CHECK(dossier.state() == Action::tdt_error);
    CHECK(dossier.value("pes_etat_ack") == "2");
    CHECK(dossier.file("pes_acquit") != nullptr);
    CHECK(bench.events().back().message ==
          "Transaction en erreur sur le TdT : Transaction 123 : erreur retournée par Helios");
    CHECK(pes::flow::retry_of(dossier) == Action::verif_tdt);
  }

  TEST_CASE("a refused flow goes on to the archives, unless the configuration asks otherwise") {
    Bench bench(created_at);
    bench.tdt.acquit_bytes = acquit_with("0");

    SUBCASE("as in Pastell") {
      const DossierId id = ready(bench);
      pes::flow::send(bench.services, id);
      pes::test::run_due(bench.services, bench.partners);

      CHECK(bench.store->read(id).state() == Action::termine);
      CHECK(bench.store->read(id).value("pes_etat_ack") == "2");
      CHECK(std::any_of(bench.notices.begin(), bench.notices.end(), [](const Notice& notice) {
        return notice.kind == Notice::Kind::warning && notice.text == "Acquittement KO";
      }));
    }
    SUBCASE("sae.require_ack") {
      bench.settings.set("sae.require_ack", "",
                         {.value = "true", .origin = pes::Origin::project_file});
      const DossierId id = ready(bench);
      pes::flow::send(bench.services, id);
      pes::test::run_due(bench.services, bench.partners);

      CHECK(bench.store->read(id).state() == Action::info_tdt);
      CHECK(bench.store->read(id).job->is_lock);
      CHECK(bench.sae.deposits == 0);
      pes::flow::send(bench.services, id);
      pes::test::run_due(bench.services, bench.partners);
      CHECK(bench.store->read(id).state() == Action::termine);
    }
  }

  TEST_CASE("a process asked to stop ends the step that it is in, and begins no other") {
    Bench bench(created_at);
    const DossierId id = about_to_post(bench);
    const DossierId other = ready(bench);
    bench.clock.set(created_at + 1s);
    const Dossier waiting = pes::flow::send(bench.services, other).dossier;
    bench.tdt.next_submission = [&] {
      bench.clock.end();
      return pes::port::TdtAccepted{.transaction_id = "123"};
    };

    SUBCASE("among all that is due") {
      const auto report = pes::test::run_due(bench.services, bench.partners);

      CHECK(report.steps.size() == 1);
      CHECK(report.not_started == 1);
      CHECK(bench.store->read(other) == waiting);
    }
    SUBCASE("while it follows one dossier") {
      const Step step =
          pes::flow::advance_until_rest(bench.services, bench.partners, id, pes::Instant::max());

      CHECK(step.result == Step::Result::moved);
    }
    CHECK(bench.store->read(id).state() == Action::send_tdt);
    CHECK_FALSE(bench.store->read(id).attempt.has_value());
  }

  TEST_CASE("who opens a dossier is journaled once, unless he has acted on it") {
    Bench bench(created_at);
    const DossierId id = ready(bench);
    const std::size_t before = bench.events().size();
    const auto open = [&] { pes::flow::record_reading(bench.services, bench.store->read(id)); };

    open();
    CHECK(bench.events().size() == before);

    bench.services.user = {.id_u = "7", .name = "Camille Martin"};
    open();
    open();

    REQUIRE(bench.events().size() == before + 1);
    CHECK(bench.events().back().type == pes::EventType::consultation);
    CHECK(bench.events().back().action == "Consulté");
    CHECK(bench.events().back().message == "Camille Martin a consulté le dossier");
    CHECK(bench.store->read(id).etats.back().user.name == "adminMegalis");
  }

  TEST_CASE("a deposit that fails rests in its error state until a person asks again") {
    Bench bench(created_at);
    const DossierId id = about_to_archive(bench);
    const auto known = bench.sae.next_acknowledgement;
    bench.sae.next_acknowledgement = knows_none_of_them;
    bench.sae.next_deposit = [] { return pes::port::SaeRefused{.message = "non"}; };

    pes::test::run_due(bench.services, bench.partners);
    bench.clock.set(created_at + 48h);
    pes::test::run_due(bench.services, bench.partners);

    CHECK(bench.store->read(id).state() == Action::erreur_envoie_sae);
    CHECK(bench.sae.deposits == 1);
    CHECK(pes::flow::possible_actions(bench.store->read(id)) ==
          std::vector<Action>{Action::send_archive});
    CHECK(bench.events().back().message == "L'envoi du bordereau a échoué : non");
    const std::string refused(bench.store->read(id).value("sae_transfert_id"));
    bench.sae.next_acknowledgement = known;
    bench.sae.next_deposit = [] { return pes::port::SaeDeposited{}; };
    pes::flow::order(bench.services, id, Action::send_archive);
    pes::test::run_due(bench.services, bench.partners);
    CHECK(bench.store->read(id).state() == Action::termine);
    CHECK(bench.store->read(id).value("sae_transfert_id") != refused);
    // The row of what a person asked for bears that person's name.
    CHECK(bench.store->read(id).etats[9].action == Action::send_archive);
    CHECK(bench.store->read(id).etats[9].user.name == "adminMegalis");
  }

  TEST_CASE("a deposit interrupted before it left is due again, without an error state") {
    Bench bench(created_at);
    const DossierId id = about_to_archive(bench);
    bench.sae.next_deposit = []() -> pes::port::SaeDeposit {
      throw Error(ErrorCode::cancelled, "interrupted");
    };

    pes::test::run_due(bench.services, bench.partners);

    CHECK(bench.store->read(id).state() == Action::preparation_send_sae);
    CHECK_FALSE(bench.store->read(id).attempt.has_value());
    bench.sae.next_deposit = [] { return pes::port::SaeDeposited{}; };
    pes::test::run_due(bench.services, bench.partners);
    CHECK(bench.store->read(id).state() == Action::termine);
  }

  TEST_CASE("a deposit that never arrived is made again under the same transfer") {
    Bench bench(created_at);
    const DossierId id = about_to_archive(bench);
    bench.sae.next_deposit = []() -> pes::port::SaeDeposit {
      throw Error(ErrorCode::service_unreachable, "no route");
    };
    pes::test::run_due(bench.services, bench.partners);
    const std::string first(bench.store->read(id).value("sae_transfert_id"));
    bench.clock.set(created_at + 1h);
    bench.sae.next_deposit = [] { return pes::port::SaeDeposited{}; };

    pes::flow::order(bench.services, id, Action::send_archive);
    pes::test::run_due(bench.services, bench.partners);

    CHECK(bench.store->read(id).state() == Action::termine);
    CHECK(bench.store->read(id).value("sae_transfert_id") == first);
  }

  TEST_CASE("a deposit whose answer was lost is settled by asking for its AR") {
    Bench bench(created_at);
    const DossierId id = about_to_archive(bench);
    bench.sae.next_deposit = [] { return pes::port::SaeUnknown{.reason = "cut"}; };

    SUBCASE("it had arrived") {
      pes::test::run_due(bench.services, bench.partners);

      CHECK(bench.store->read(id).state() == Action::termine);
      CHECK(bench.sae.deposits == 1);
    }
    SUBCASE("it had not: once no script of the SAE can be at work on it, it is made again") {
      const auto known = bench.sae.next_acknowledgement;
      bench.sae.next_acknowledgement = knows_none_of_them;
      pes::test::run_due(bench.services, bench.partners);
      const Dossier waiting = bench.store->read(id);
      CHECK(waiting.attempt->unknown);
      CHECK(waiting.job->next_try >= waiting.job->last_try.value() + bench.sae.settling_time());

      bench.clock.set(waiting.job->next_try);
      bench.sae.next_deposit = [&bench, known] {
        bench.sae.next_acknowledgement = known;
        return pes::port::SaeDeposited{};
      };
      pes::test::run_due(bench.services, bench.partners);
      CHECK(bench.store->read(id).state() == Action::termine);
      CHECK(bench.sae.deposits == 2);
      CHECK(bench.store->read(id).value("sae_transfert_id") == waiting.value("sae_transfert_id"));
    }
    SUBCASE("it had, later than the SAE said: the second is refused, and the first counts") {
      const auto known = bench.sae.next_acknowledgement;
      bench.sae.next_acknowledgement = knows_none_of_them;
      pes::test::run_due(bench.services, bench.partners);
      const Dossier waiting = bench.store->read(id);

      bench.clock.set(waiting.job->next_try);
      bench.sae.next_deposit = [&bench, known] {
        bench.sae.next_acknowledgement = known;
        return pes::port::SaeRefused{.message = "transfert déjà déposé"};
      };
      pes::test::run_due(bench.services, bench.partners);
      CHECK(bench.store->read(id).state() == Action::termine);
      CHECK(bench.store->read(id).value("sae_transfert_id") == waiting.value("sae_transfert_id"));
    }
    SUBCASE("nobody can tell yet") {
      auto& ask = bench.sae.next_acknowledgement;
      const auto answer = ask;
      ask = [](const std::string&) -> pes::port::SaeAnswer {
        throw Error(ErrorCode::service_unreachable, "no route");
      };
      const auto report = pes::test::run_due(bench.services, bench.partners);

      REQUIRE(report.steps.size() == 1);
      CHECK(report.steps[0].error->code() == ErrorCode::fate_unknown);
      CHECK(bench.store->read(id).attempt->unknown);
      // Told anew each time, not added to what was told before.
      bench.clock.set(created_at + 1h);
      pes::test::run_due(bench.services, bench.partners);
      const Dossier waiting = bench.store->read(id);
      CHECK(waiting.job->last_message ==
            "Envoi au sort inconnu (" + waiting.attempt->id + ") : no route");
      ask = answer;
      bench.clock.set(created_at + 2h);
      pes::test::run_due(bench.services, bench.partners);
      CHECK(bench.store->read(id).state() == Action::termine);
      CHECK(bench.sae.deposits == 1);
    }
  }

  TEST_CASE("an archive rejected is built anew when a person deposits it again") {
    Bench bench(created_at);
    const DossierId id = about_to_archive(bench);
    const auto accepting = bench.sae.next_reply;
    bench.sae.next_reply = [](const std::string& transfer) {
      return pes::port::SaeMessage{pes::test::ScriptedSae::reply_of(transfer, "300")};
    };
    pes::test::run_due(bench.services, bench.partners);
    const Dossier rejected = bench.store->read(id);
    REQUIRE(rejected.state() == Action::rejet_sae);
    CHECK(bench.events().back().message ==
          "La transaction a été refusée par le SAE. Commentaire (Archive refusée - code de retour "
          ": 300) : accord de versement non valide ; voir avec le service d'archives");

    bench.sae.next_reply = accepting;
    pes::flow::order(bench.services, id, Action::send_archive);
    pes::test::run_due(bench.services, bench.partners);

    CHECK(bench.store->read(id).state() == Action::termine);
    CHECK(bench.store->read(id).value("sae_transfert_id") != rejected.value("sae_transfert_id"));
  }

  TEST_CASE("an AR that answers another transfer is an error, not an answer") {
    Bench bench(created_at);
    const DossierId id = about_to_archive(bench);
    bench.sae.next_acknowledgement = [](const std::string&) {
      return pes::port::SaeMessage{pes::test::ScriptedSae::acknowledgement_of("other")};
    };

    pes::test::run_due(bench.services, bench.partners);

    CHECK(bench.store->read(id).state() == Action::verif_sae_erreur);
    CHECK(pes::flow::retry_of(bench.store->read(id)) == Action::verif_sae);
  }

  TEST_CASE("an agreement that is not configured is an error state that names the key") {
    Bench bench(created_at);
    const DossierId id = about_to_archive(bench);
    bench.settings.set("sae.agreement", "", {.value = "", .origin = pes::Origin::project_file});

    pes::test::run_due(bench.services, bench.partners);

    CHECK(bench.store->read(id).state() == Action::erreur_envoie_sae);
    CHECK(bench.events().back().message.find("sae.agreement") != std::string::npos);
    CHECK(bench.sae.deposits == 0);
  }
}
