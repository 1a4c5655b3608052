#include "pes/patience.hpp"

#include "support/refusal.hpp"
#include "unit/flow/bench.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace pes::test;
using pes::Error;
using pes::ErrorCode;
using pes::Instant;
using pes::Patience;
using pes::port::SaeAnswer;
using pes::port::TdtStatus;
using pes::port::TdtSubmission;

namespace {

const Instant noon{std::chrono::sys_days(std::chrono::year(2026) / 1 / 5) + 12h};

/// A status that fails a number of times before it is told, and when it was asked for.
struct Flaky {
  explicit Flaky(StillClock& a_clock) : clock(a_clock) {}

  TdtStatus operator()() {
    asked_after.push_back((clock.now() - noon).count());
    if (failures == 0) return {.code = 3};
    --failures;
    throw error;
  }

  StillClock& clock;
  int failures = 0;
  Error error{ErrorCode::service_unreachable, "nobody takes the call"};
  std::vector<long> asked_after;  // seconds
};

/// A TdT behind patience, and what stays in our hands of it.
struct Partner {
  explicit Partner(const Patience& patience = {}, double chance = 0)
      : circuit(pes::make_circuit(
            patience, clock, [chance] { return chance; },
            [this](const std::string& words) { told.push_back(words); })) {
    auto owned = std::make_unique<ScriptedTdt>();
    scripted = owned.get();
    scripted->next_status = [this] { return flaky(); };
    tdt = pes::make_patient_tdt(std::move(owned), circuit);
  }

  /// A submission that leaves and brings no answer.
  void lose() const {
    scripted->next_submission = [] { return pes::port::TdtUnknown{.reason = "cut"}; };
    tdt->submit("f", "f");
  }

  StillClock clock{noon};
  Flaky flaky{clock};
  std::vector<std::string> told;
  std::shared_ptr<pes::Circuit> circuit;
  ScriptedTdt* scripted = nullptr;
  std::unique_ptr<pes::port::Tdt> tdt;
};

Error failure_of(pes::port::Tdt& tdt) {
  return refusal([&] { tdt.status("1"); });
}

}  // namespace

TEST_SUITE("patience") {
  TEST_CASE("a question is asked again, later and later, until an answer comes") {
    Partner partner({.tries = 4, .first_pause = 2s, .longest = 60s, .failures = 10});
    partner.flaky.failures = 3;

    const TdtStatus status = partner.tdt->status("1");

    CHECK(status.code == 3);
    CHECK(partner.flaky.asked_after == std::vector<long>{0, 2, 6, 14});
    CHECK(partner.told.size() == 3);
    CHECK_FALSE(partner.tdt->interruption().has_value());
  }

  TEST_CASE("chance lengthens a pause by up to its half, and never shortens it") {
    Partner partner({.first_pause = 10s, .longest = 60s}, 0.999);
    partner.flaky.failures = 1;

    partner.tdt->status("1");

    CHECK(partner.flaky.asked_after == std::vector<long>{0, 14});
  }

  TEST_CASE("the tries end with their number, and what failed last is told") {
    Partner partner({.tries = 2, .failures = 10});
    partner.flaky.failures = 5;

    const Error error = failure_of(*partner.tdt);

    CHECK(error.code() == ErrorCode::service_unreachable);
    CHECK(error.message() == "nobody takes the call");
    CHECK(partner.flaky.asked_after.size() == 2);
  }

  TEST_CASE("no try begins after the longest time of a question") {
    Partner partner({.tries = 100, .first_pause = 2s, .longest = 7s, .failures = 100});
    partner.flaky.failures = 100;

    failure_of(*partner.tdt);

    CHECK(partner.flaky.asked_after == std::vector<long>{0, 2, 6});
  }

  TEST_CASE("a process asked to stop waits for nothing more") {
    Partner partner;
    partner.flaky.failures = 5;
    partner.clock.end();

    failure_of(*partner.tdt);

    CHECK(partner.flaky.asked_after.size() == 1);
  }

  TEST_CASE("what no repetition can mend is asked once") {
    for (const ErrorCode code : {ErrorCode::identity_refused, ErrorCode::service_unexpected,
                                 ErrorCode::cancelled, ErrorCode::config_invalid}) {
      Partner partner;
      partner.flaky.failures = 1;
      partner.flaky.error = Error(code, "no");

      CHECK(failure_of(*partner.tdt).code() == code);
      CHECK(partner.flaky.asked_after.size() == 1);
    }
  }

  TEST_CASE("a service that asks for a pause is given it, and not a second less") {
    Partner partner;
    partner.flaky.failures = 1;
    partner.flaky.error = partner.flaky.error.with_retry_after(20s);

    partner.tdt->status("1");

    CHECK(partner.flaky.asked_after == std::vector<long>{0, 20});
  }

  TEST_CASE("a pause too long for a question is one for every request") {
    Partner partner;
    partner.flaky.failures = 1;
    partner.flaky.error = partner.flaky.error.with_retry_after(1h);

    CHECK(failure_of(*partner.tdt).retry_after() == 1h);
    partner.clock.set(noon + 59min);
    const Error interruption = refusal([&] { partner.tdt->acquit("1"); });

    CHECK(interruption.code() == ErrorCode::service_unreachable);
    CHECK(interruption.retry_after() == 1min);
    CHECK(interruption.message().find("as the service asks") != std::string::npos);
    CHECK(partner.flaky.asked_after.size() == 1);
    partner.clock.set(noon + 1h);
    CHECK(partner.tdt->status("1").code == 3);
  }

  TEST_CASE("after too many failures in a row nothing is asked for a while") {
    Partner partner({.failures = 3, .first_rest = 60s});
    partner.flaky.failures = 100;

    failure_of(*partner.tdt);
    for (int dossier = 0; dossier < 500; ++dossier) {
      const Error error = failure_of(*partner.tdt);
      CHECK(error.code() == ErrorCode::service_unreachable);
      CHECK(error.message().find("interrupted until") != std::string::npos);
      CHECK(error.message().find("nobody takes the call") != std::string::npos);
    }

    CHECK(partner.flaky.asked_after.size() == 3);
    CHECK(partner.tdt->interruption()->retry_after() == 60s);
  }

  TEST_CASE("after its rest a service is tried once, and left alone longer if it still fails") {
    Partner partner({.failures = 3, .first_rest = 60s, .longest_rest = 200s});
    partner.flaky.failures = 100;
    failure_of(*partner.tdt);
    const auto tries_before = partner.flaky.asked_after.size();

    for (const auto expected : {120s, 200s, 200s}) {
      partner.clock.set(partner.clock.now() + *partner.tdt->interruption()->retry_after());
      failure_of(*partner.tdt);
      CHECK(partner.tdt->interruption()->retry_after() == expected);
    }

    CHECK(partner.flaky.asked_after.size() == tries_before + 3);
    partner.flaky.failures = 0;
    partner.clock.set(partner.clock.now() + 200s);
    CHECK(partner.tdt->status("1").code == 3);
    CHECK_FALSE(partner.tdt->interruption().has_value());
  }

  TEST_CASE("after its rest one of several tries, and the others leave it alone meanwhile") {
    Partner partner({.failures = 3, .first_rest = 60s});
    partner.flaky.failures = 3;
    failure_of(*partner.tdt);
    const auto other = pes::make_patient_tdt(std::make_unique<ScriptedTdt>(), partner.circuit);
    partner.clock.set(noon + 10min);
    int others_told = 0;
    partner.scripted->next_status = [&]() -> TdtStatus {
      if (failure_of(*other).code() == ErrorCode::service_unreachable) ++others_told;
      return {.code = 3};
    };

    CHECK(partner.tdt->status("1").code == 3);

    CHECK(others_told == 1);
    CHECK_FALSE(other->interruption().has_value());
  }

  TEST_CASE("those who had asked before a rest began do not make it longer") {
    Partner partner({.tries = 1, .failures = 3, .first_rest = 60s});
    partner.scripted->next_status = [&]() -> TdtStatus {
      // As three others would that are asking at the same time.
      for (int time = 0; time < 3; ++time) partner.lose();
      throw Error(ErrorCode::service_unreachable, "nobody takes the call");
    };

    failure_of(*partner.tdt);

    CHECK(partner.tdt->interruption()->retry_after() == 60s);
    CHECK(pes::figures_of(*partner.circuit).requests == 4);
    CHECK(pes::figures_of(*partner.circuit).failures == 4);
  }

  TEST_CASE("a refusal is an answer: failures before it no longer count") {
    Partner partner({.tries = 1, .failures = 2});
    partner.flaky.failures = 1;
    failure_of(*partner.tdt);
    partner.flaky.failures = 1;
    partner.flaky.error = Error(ErrorCode::identity_refused, "who are you");
    failure_of(*partner.tdt);
    partner.flaky.failures = 1;
    partner.flaky.error = Error(ErrorCode::service_unreachable, "nobody takes the call");
    failure_of(*partner.tdt);

    CHECK_FALSE(partner.tdt->interruption().has_value());
  }

  TEST_CASE("a submission is never repeated, whatever becomes of it") {
    Partner partner;

    SUBCASE("nothing left") {
      partner.scripted->next_submission = []() -> TdtSubmission {
        throw Error(ErrorCode::service_unreachable, "no route");
      };
      CHECK(refusal([&] { partner.tdt->submit("f", "f"); }).message() == "no route");
    }
    SUBCASE("its answer was lost") {
      partner.scripted->next_submission = [] {
        return pes::port::TdtUnknown{.reason = "cut", .retry_after = {}};
      };
      CHECK(std::holds_alternative<pes::port::TdtUnknown>(partner.tdt->submit("f", "f")));
    }
    SUBCASE("it was refused") {
      partner.scripted->next_submission = [] { return pes::port::TdtRefused{.message = "no"}; };
      CHECK(std::holds_alternative<pes::port::TdtRefused>(partner.tdt->submit("f", "f")));
    }

    CHECK(partner.scripted->submissions == 1);
    CHECK(partner.clock.now() == noon);
  }

  TEST_CASE("answers of submissions that are lost in a row count as failures") {
    Partner partner;
    partner.scripted->next_submission = [] {
      return pes::port::TdtUnknown{.reason = "cut", .retry_after = {}};
    };
    for (int dossier = 0; dossier < 3; ++dossier) partner.tdt->submit("f", "f");

    const Error error = refusal([&] { partner.tdt->submit("f", "f"); });

    CHECK(error.code() == ErrorCode::service_unreachable);
    CHECK(partner.scripted->submissions == 3);
  }

  TEST_CASE("two entities of one service share what is known of it") {
    Partner partner;
    auto owned = std::make_unique<ScriptedTdt>();
    ScriptedTdt& other = *owned;
    const auto tdt = pes::make_patient_tdt(std::move(owned), partner.circuit);
    partner.flaky.failures = 100;

    failure_of(*partner.tdt);

    refusal([&] { tdt->submit("f", "f"); });
    CHECK(other.submissions == 0);
  }

  TEST_CASE("the SAE: its answers are asked for again, a deposit is not made again") {
    StillClock clock(noon);
    auto owned = std::make_unique<ScriptedSae>();
    ScriptedSae& scripted = *owned;
    const auto sae = pes::make_patient_sae(std::move(owned),
                                           pes::make_circuit({}, clock, [] { return 0.0; }, {}));

    SUBCASE("an acknowledgement") {
      int failures = 1;
      scripted.next_acknowledgement = [&](const std::string&) -> SaeAnswer {
        if (failures-- > 0) throw Error(ErrorCode::service_unreachable, "cut");
        return pes::port::SaePending{"later"};
      };
      CHECK(std::holds_alternative<pes::port::SaePending>(sae->acknowledgement("a", "t")));
      CHECK(scripted.transfers.size() == 2);
    }
    SUBCASE("a deposit that fails") {
      scripted.next_deposit = []() -> pes::port::SaeDeposit {
        throw Error(ErrorCode::service_unreachable, "no route");
      };
      refusal([&] { sae->deposit("b", "a", "a.tar.gz"); });
      CHECK(scripted.deposits == 1);
    }
    SUBCASE("a deposit whose answer is lost, by a service that asks for a pause") {
      scripted.next_deposit = [] {
        return pes::port::SaeUnknown{.reason = "HTTP 503", .retry_after = 5min};
      };
      sae->deposit("b", "a", "a.tar.gz");
      CHECK(sae->interruption()->retry_after() == 5min);
      refusal([&] { sae->reply("a", "t"); });
      CHECK(scripted.deposits == 1);
    }
  }

  TEST_CASE("chance gives numbers from 0 to 1, and not always the same") {
    const pes::Chance chance = pes::make_chance();
    const double first = chance();
    bool differs = false;
    for (int i = 0; i < 100; ++i) {
      const double next = chance();
      CHECK(next >= 0);
      CHECK(next < 1);
      differs = differs || next != first;
    }
    CHECK(differs);
  }
}
