#include "adapter/tdt/s2low_status.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <initializer_list>
#include <string>

using pes::tdt::s2low_status;
using pes::tdt::status_number;
using Stage = pes::port::TdtStatus::Stage;

TEST_SUITE("tdt") {
  TEST_CASE("a status number tells what there is to do") {
    const auto all_are = [](std::initializer_list<int> numbers, Stage stage) {
      for (const int number : numbers) {
        CAPTURE(number);
        CHECK(s2low_status(number, {}).stage == stage);
        CHECK(s2low_status(number, {}).code == number);
      }
    };

    all_are({-1}, Stage::failed);
    all_are({0}, Stage::cancelled);
    all_are({1, 2, 3, 5, 7}, Stage::pending);
    all_are({13, 14}, Stage::parked);
    all_are({4, 6, 8, 9, 10, 11, 19, 20, 21, 22, 23}, Stage::acquit);
    all_are({24}, Stage::no_acquit);
  }

  TEST_CASE("what takes the DGFiP or a person to change is not asked for at once") {
    for (const int slow : {3, 13, 14}) {
      CHECK(s2low_status(slow, {}).soonest_change == std::chrono::minutes(5));
    }
    for (const int quick : {-1, 1, 2, 8}) {
      CHECK(s2low_status(quick, {}).soonest_change == std::chrono::minutes(0));
    }
  }

  TEST_CASE("what lasts two days before the DGFiP, or three working days there, should be known") {
    using Counted = pes::port::LongestStay::Counted;
    CHECK(s2low_status(2, {}).longest_stay.days == std::chrono::days(2));
    CHECK(s2low_status(2, {}).longest_stay.counted == Counted::every_day);
    CHECK(s2low_status(3, {}).longest_stay.days == std::chrono::days(3));
    CHECK(s2low_status(3, {}).longest_stay.counted == Counted::working_days);
    CHECK(s2low_status(1, {}).longest_stay.days == std::chrono::days(0));
  }

  TEST_CASE("labels are those that agents know") {
    CHECK(s2low_status(-1, {}).label == "Erreur");
    CHECK(s2low_status(2, {}).label == "En attente de transmission");
    CHECK(s2low_status(4, {}).label == "Acquittement reçu");
    CHECK(s2low_status(8, {}).label == "Information disponible");
  }

  TEST_CASE("a number that no list has is one to wait for") {
    const pes::port::TdtStatus status = s2low_status(99, "nouveau");

    CHECK(status.stage == Stage::pending);
    CHECK(status.code == 99);
    CHECK(status.label == "État inconnu");
    CHECK(status.message == "nouveau");
  }

  TEST_CASE("a status is a whole number and nothing else") {
    CHECK(status_number("8") == 8);
    CHECK(status_number("-1") == -1);
    for (const char* text : {"", "8 ", "8a", "huit", "+8", "99999999999"}) {
      CAPTURE(text);
      CHECK_FALSE(status_number(text));
    }
  }
}
