#include "journal_query.hpp"

#include "pes/error.hpp"
#include "sample.hpp"
#include "zone.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using pes::Event;
using pes::cmd::JournalQuery;

namespace {

Event sending() {
  Event event;
  event.id_j = 4711;
  event.date = pes::test::tutorial_start() + 15min;
  event.id_e = "2";
  event.user = pes::automaton();
  event.id_d = *pes::DossierId::parse("O5uC72H");
  event.document_type = "pes-avec-signature";
  event.titre = "TEST-PES-0322";
  event.action = "send-tdt";
  event.message = "Le document a été envoyé au TdT";
  event.previous = "aa";
  event.sha256 = "bb";
  return event;
}

}  // namespace

TEST_SUITE("cmd") {
  TEST_CASE("the time-stamped text is Pastell's") {
    const pes::test::Zone zone(pes::test::paris);

    CHECK(pes::cmd::message_horodate(sending()) ==
          "1 - 2 - 0 - O5uC72H - send-tdt - Le document a été envoyé au TdT - 2022-03-02 16:03:08 "
          "- pes-avec-signature");
  }

  TEST_CASE("events are filtered, dates included") {
    const Event event = sending();

    CHECK(matches(JournalQuery{}, event));
    CHECK(matches(JournalQuery{.id_d = event.id_d, .id_e = "2"}, event));
    CHECK_FALSE(matches(JournalQuery{.id_e = "1"}, event));
    CHECK(matches(JournalQuery{.user = "Action automatique"}, event));
    CHECK(matches(JournalQuery{.user = "0"}, event));
    CHECK_FALSE(matches(JournalQuery{.user = "adminMegalis"}, event));
    CHECK_FALSE(matches(JournalQuery{.event_type = pes::EventType::failed_attempt}, event));
    CHECK(matches(JournalQuery{.from = event.date, .to = event.date}, event));
    CHECK_FALSE(matches(JournalQuery{.from = event.date + 1s}, event));
    CHECK_FALSE(matches(JournalQuery{.to = event.date - 1s}, event));
    CHECK(matches(JournalQuery{.text = "ENVOY"}, event));
    CHECK_FALSE(matches(JournalQuery{.text = "SAE"}, event));
  }

  TEST_CASE("a type of event is named by number or label") {
    CHECK(pes::cmd::parse_event_type("9") == pes::EventType::failed_attempt);
    CHECK(pes::cmd::parse_event_type("Action sur le journal") == pes::EventType::journal);
    CHECK_THROWS_AS(pes::cmd::parse_event_type("15"), pes::Error);
    CHECK_THROWS_AS(pes::cmd::parse_event_type("autre"), pes::Error);
  }

  TEST_CASE("an event has the names of Pastell's API, times in UTC") {
    const pes::test::Zone zone(pes::test::paris);

    CHECK(
        pes::cmd::event_json(sending(), pes::test::tutorial_entities(), {}).dump() ==
        "{\"id_j\":4711,\"type\":1,\"type_libelle\":\"Action sur un dossier\",\"id_e\":\"2\","
        "\"id_u\":\"0\",\"id_d\":\"O5uC72H\",\"action\":\"send-tdt\",\"message\":\"Le document a "
        "été envoyé au TdT\",\"date\":\"2022-03-02T15:03:08Z\",\"message_horodate\":\"1 - 2 - 0 - "
        "O5uC72H - send-tdt - Le document a été envoyé au TdT - 2022-03-02 16:03:08 - "
        "pes-avec-signature\",\"date_horodatage\":null,\"document_type\":\"pes-avec-signature\","
        "\"titre\":\"TEST-PES-0322\",\"denomination\":\"test\",\"siren\":null,\"utilisateur\":"
        "\"Action automatique\",\"document_type_libelle\":\"PES (avec signature)\","
        "\"action_libelle\":\"Transmis au TdT\",\"attempt\":null,\"reason\":null,\"previous\":"
        "\"aa\",\"sha256\":\"bb\"}");
  }

  TEST_CASE("an event that was stamped bears the time of its stamp") {
    const pes::test::Zone zone(pes::test::paris);
    const Event event = sending();
    const pes::cmd::StampTimes times{{event.id_j, event.date + std::chrono::seconds(2)}};

    CHECK(pes::cmd::event_json(event, pes::test::tutorial_entities(), times)["date_horodatage"] ==
          "2022-03-02T15:03:10Z");
    CHECK(pes::cmd::csv_line(event, pes::test::tutorial_entities(), times)
              .find(",2022-03-02 16:03:10,pes-avec-signature,") != std::string::npos);
  }

  TEST_CASE("a line of CSV has as many cells as the header, and stays one line") {
    const pes::test::Zone zone(pes::test::paris);
    Event event = sending();
    event.message = "a, \"b\"\nc";
    event.id_d = {};

    CHECK(
        pes::cmd::csv_line(event, pes::test::tutorial_entities(), {}) ==
        "4711,1,2,0,0,send-tdt,\"a, \"\"b\"\" c\",2022-03-02 16:03:08,\"1 - 2 - 0 - 0 - send-tdt - "
        "a, \"\"b\"\" c - 2022-03-02 16:03:08 - pes-avec-signature\",,pes-avec-signature,"
        "TEST-PES-0322,test,,Action automatique,PES (avec signature),Transmis au TdT\n");
  }
}
