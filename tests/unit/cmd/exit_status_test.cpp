#include "exit_status.hpp"

#include "sample.hpp"

#include <doctest/doctest.h>

#include <utility>
#include <vector>

using pes::Action;
using pes::ErrorCode;
using pes::cmd::exit_status_of;

TEST_SUITE("cmd") {
  TEST_CASE("every error code has the exit status that scripts were promised") {
    const std::vector<std::pair<ErrorCode, int>> promised{
        {ErrorCode::usage, 2},
        {ErrorCode::answer_needed, 2},
        {ErrorCode::cancelled, 6},
        {ErrorCode::internal, 70},
        {ErrorCode::io_failed, 1},
        {ErrorCode::dossier_unknown, 10},
        {ErrorCode::entity_unknown, 10},
        {ErrorCode::type_unknown, 10},
        {ErrorCode::file_unknown, 10},
        {ErrorCode::home_unknown, 21},
        {ErrorCode::dossier_locked, 11},
        {ErrorCode::state_forbids, 12},
        {ErrorCode::dossier_failed, 1},
        {ErrorCode::state_damaged, 13},
        {ErrorCode::state_newer, 13},
        {ErrorCode::journal_damaged, 13},
        {ErrorCode::journal_newer, 13},
        {ErrorCode::input_empty, 20},
        {ErrorCode::input_not_xml, 20},
        {ErrorCode::input_doctype, 20},
        {ErrorCode::input_not_pes, 20},
        {ErrorCode::input_encoding, 20},
        {ErrorCode::input_too_large, 20},
        {ErrorCode::input_no_id, 20},
        {ErrorCode::input_duplicate_id, 20},
        {ErrorCode::input_already_signed, 20},
        {ErrorCode::input_not_dematerialised, 20},
        {ErrorCode::input_invalid, 20},
        {ErrorCode::field_invalid, 20},
        {ErrorCode::config_missing, 21},
        {ErrorCode::config_invalid, 21},
        {ErrorCode::key_missing, 22},
        {ErrorCode::key_expired, 22},
        {ErrorCode::key_not_yet_valid, 22},
        {ErrorCode::key_mismatch, 22},
        {ErrorCode::key_unsupported, 22},
        {ErrorCode::pin_wrong, 23},
        {ErrorCode::pin_blocked, 24},
        {ErrorCode::identity_refused, 25},
        {ErrorCode::service_unreachable, 30},
        {ErrorCode::service_unexpected, 31},
        {ErrorCode::service_refused, 31},
        {ErrorCode::fate_unknown, 32},
        {ErrorCode::timed_out, 4},
    };

    for (const auto& promise : promised) {
      CAPTURE(pes::id(promise.first));
      CHECK(exit_status_of(promise.first) == promise.second);
    }
    // The last code of the enum: a new one needs its line above.
    CHECK(promised.size() == static_cast<std::size_t>(ErrorCode::timed_out) + 1);
  }

  TEST_CASE("where a dossier stands is an answer") {
    pes::Dossier dossier = pes::test::tutorial_dossier();
    const auto answer_in = [&](Action state) {
      dossier.etats.back().action = state;
      return exit_status_of(dossier);
    };

    CHECK(answer_in(Action::modification) == 4);
    CHECK(answer_in(Action::send_tdt) == 4);
    CHECK(answer_in(Action::accepter_sae) == 4);
    CHECK(answer_in(Action::termine) == 0);
    CHECK(answer_in(Action::rejet_sae) == 5);
    CHECK(answer_in(Action::tdt_error) == 31);
    CHECK(answer_in(Action::erreur_envoie_sae) == 1);
    CHECK(answer_in(Action::fatal_error) == 1);
  }

  TEST_CASE("a finished dossier whose acquit refuses is a no") {
    pes::Dossier dossier = pes::test::tutorial_dossier();
    dossier.etats.back().action = Action::termine;
    dossier.fields.emplace(pes::field::pes_etat_ack, "2");

    CHECK(exit_status_of(dossier) == 5);
  }

  TEST_CASE("an unknown fate comes before any state, a suspended job is a failure") {
    pes::Dossier dossier = pes::test::tutorial_dossier();
    dossier.job = pes::Job{.etat_cible = Action::send_tdt, .is_lock = true};
    CHECK(exit_status_of(dossier) == 1);

    dossier.attempt = pes::Attempt{.unknown = true};
    CHECK(exit_status_of(dossier) == 32);
  }

  TEST_CASE("several dossiers have one status") {
    CHECK(exit_status_of(std::vector<int>{}) == 0);
    CHECK(exit_status_of(std::vector<int>{0, 0}) == 0);
    CHECK(exit_status_of(std::vector<int>{30}) == 30);
    CHECK(exit_status_of(std::vector<int>{30, 30}) == 30);
    CHECK(exit_status_of(std::vector<int>{0, 30}) == 3);
    CHECK(exit_status_of(std::vector<int>{12, 30}) == 3);
    CHECK(exit_status_of(std::vector<int>{0, 4}) == 4);
    CHECK(exit_status_of(std::vector<int>{0, 4, 5}) == 5);
  }
}
