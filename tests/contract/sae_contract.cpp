#include "contract/sae_contract.hpp"

#include "pes/error.hpp"
#include "pes/seda.hpp"
#include "support/refusal.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <variant>

namespace pes::test {

namespace {

using port::SaeAnswer;
using port::SaeDeposited;
using port::SaeMessage;
using port::SaeNoTransfer;
using port::SaePending;
using port::SaeRefused;
using port::SaeUnknown;
using Fate = SaeBench::Fate;
using Transfer = SaeBench::Transfer;
using Kind = SaeMessageContent::Kind;

port::SaeDeposit deposit(port::Sae& sae, const Transfer& transfer) {
  return sae.deposit(transfer.bordereau_seda, transfer.archive, "archive.tar.gz");
}

SaeAnswer acknowledgement(port::Sae& sae, const Transfer& transfer) {
  return sae.acknowledgement(transfer.agency, transfer.id);
}

SaeAnswer reply(port::Sae& sae, const Transfer& transfer) {
  return sae.reply(transfer.agency, transfer.id);
}

SaeMessageContent content_of(const SaeAnswer& answer, SaeMessageExpected expected,
                             const Transfer& transfer) {
  REQUIRE(std::holds_alternative<SaeMessage>(answer));
  return read_sae_message(std::get<SaeMessage>(answer).bytes, expected, transfer.id);
}

/// One of the failures that the port allows.
void check_failure(const Error& error) {
  CAPTURE(error.message());
  const bool is_allowed = error.code() == ErrorCode::service_unreachable ||
                          error.code() == ErrorCode::identity_refused ||
                          error.code() == ErrorCode::service_unexpected;
  CHECK(is_allowed);
  CHECK_FALSE(error.message().empty());
}

void an_account_is_tested(SaeBench& bench) {
  CHECK_FALSE(bench.open()->name().empty());
  CHECK_FALSE(bench.open()->test_connection().empty());
  CHECK(refusal([&] { bench.open_with_wrong_password()->test_connection(); }).code() ==
        ErrorCode::identity_refused);
  CHECK(refusal([&] { bench.open_where_nobody_listens()->test_connection(); }).code() ==
        ErrorCode::service_unreachable);
}

void a_transfer_is_followed_to_its_reply(SaeBench& bench, Fate fate) {
  const Transfer transfer = bench.write("VERSEMENT-1", fate);
  const auto sae = bench.open();

  const port::SaeDeposit told = deposit(*sae, transfer);
  REQUIRE(std::holds_alternative<SaeDeposited>(told));
  CHECK_FALSE(std::get<SaeDeposited>(told).answer.empty());
  CHECK(std::holds_alternative<SaePending>(acknowledgement(*sae, transfer)));
  CHECK(std::holds_alternative<SaePending>(reply(*sae, transfer)));

  bench.advance();
  const SaeMessageContent ar =
      content_of(acknowledgement(*sae, transfer), SaeMessageExpected::acknowledgement, transfer);
  CHECK(ar.kind == Kind::acknowledgement);
  CHECK(ar.transfer_id == transfer.id);
  CHECK(std::holds_alternative<SaePending>(reply(*sae, transfer)));

  bench.advance();
  const SaeMessageContent decision =
      content_of(reply(*bench.open(), transfer), SaeMessageExpected::reply, transfer);
  CHECK(decision.kind == (fate == Fate::accepted ? Kind::accepted : Kind::rejected));
  CHECK(decision.transfer_id == transfer.id);
  CHECK(std::get<SaeMessage>(reply(*sae, transfer)).bytes ==
        std::get<SaeMessage>(reply(*sae, transfer)).bytes);
}

void a_deposit_may_be_refused_at_once(SaeBench& bench) {
  const Transfer transfer = bench.write("VERSEMENT-1", Fate::refused_at_once);

  const port::SaeDeposit told = deposit(*bench.open(), transfer);

  REQUIRE(std::holds_alternative<SaeRefused>(told));
  CHECK_FALSE(std::get<SaeRefused>(told).message.empty());
  CHECK(bench.received() == 0);
  CHECK(std::holds_alternative<SaeNoTransfer>(acknowledgement(*bench.open(), transfer)));
}

void what_was_never_deposited_is_told(SaeBench& bench) {
  const Transfer deposited = bench.write("VERSEMENT-1", Fate::accepted);
  REQUIRE(std::holds_alternative<SaeDeposited>(deposit(*bench.open(), deposited)));

  const auto sae = bench.open();

  CHECK(std::holds_alternative<SaeNoTransfer>(sae->acknowledgement(deposited.agency, "AUTRE")));
  CHECK(std::holds_alternative<SaeNoTransfer>(sae->reply(deposited.agency, "AUTRE")));
  CHECK(std::holds_alternative<SaeNoTransfer>(sae->acknowledgement("AUTRE", deposited.id)));
}

/// Names with what an address has to escape.
void names_are_carried_whole(SaeBench& bench) {
  const Transfer transfer = bench.write("Versement n° 1/2 : été+hiver & 100 %", Fate::accepted);
  const auto sae = bench.open();

  REQUIRE(std::holds_alternative<SaeDeposited>(deposit(*sae, transfer)));
  bench.advance();

  CHECK(content_of(acknowledgement(*sae, transfer), SaeMessageExpected::acknowledgement, transfer)
            .transfer_id == transfer.id);
}

void the_same_transfer_is_taken_once(SaeBench& bench) {
  const Transfer transfer = bench.write("VERSEMENT-1", Fate::accepted);
  REQUIRE(std::holds_alternative<SaeDeposited>(deposit(*bench.open(), transfer)));

  CHECK(std::holds_alternative<SaeRefused>(deposit(*bench.open(), transfer)));

  CHECK(bench.received() == 1);
  bench.advance();
  CHECK(std::holds_alternative<SaeMessage>(acknowledgement(*bench.open(), transfer)));
}

/// Whatever happened, asking for the AR tells, and the deposit can be made again when it did
/// not arrive.
/// @param exchange the one that suffers, from 1
void a_deposit_in_trouble_is_never_told_wrong(SaeBench& bench, Trouble trouble, int exchange) {
  const Transfer transfer =
      bench.write(std::to_string(exchange) + "-" + number_of(trouble), Fate::accepted);
  const bool completes = exchange == bench.exchanges_of_deposit();
  const bool arrives = completes && comes_after_work(trouble);
  const std::size_t before = bench.received();
  const auto sae = bench.open();
  bench.trouble_exchange(exchange, trouble);

  try {
    const port::SaeDeposit told = deposit(*sae, transfer);
    REQUIRE(std::holds_alternative<SaeUnknown>(told));
    CHECK_FALSE(std::get<SaeUnknown>(told).reason.empty());
  } catch (const Error& error) {
    check_failure(error);
    CHECK_MESSAGE(bench.received() == before, "deposit throws only when nothing was taken");
  }

  CHECK(bench.received() == before + (arrives ? 1 : 0));
  const SaeAnswer asked = acknowledgement(*bench.open(), transfer);
  CHECK(std::holds_alternative<SaeNoTransfer>(asked) == !arrives);
  CHECK(std::holds_alternative<SaePending>(asked) == arrives);
  if (!arrives) CHECK(std::holds_alternative<SaeDeposited>(deposit(*bench.open(), transfer)));
  CHECK(bench.received() == before + 1);
}

void what_never_left_is_a_failure(SaeBench& bench) {
  const Transfer transfer = bench.write("VERSEMENT-1", Fate::accepted);

  check_failure(refusal([&] { deposit(*bench.open_where_nobody_listens(), transfer); }));
  CHECK(refusal([&] { deposit(*bench.open_with_wrong_password(), transfer); }).code() ==
        ErrorCode::identity_refused);

  CHECK(bench.received() == 0);
}

/// The answer to a question in trouble is a failure, never a message nor its absence.
void a_question_in_trouble_fails_and_may_be_repeated(SaeBench& bench) {
  const Transfer transfer = bench.write("VERSEMENT-1", Fate::accepted);
  const auto sae = bench.open();
  REQUIRE(std::holds_alternative<SaeDeposited>(deposit(*sae, transfer)));
  bench.advance();
  bench.advance();

  for (const Trouble trouble : all_troubles) {
    CAPTURE(number_of(trouble));
    bench.trouble_exchange(1, trouble);
    check_failure(refusal([&] { sae->test_connection(); }));
    bench.trouble_exchange(1, trouble);
    check_failure(refusal([&] { static_cast<void>(acknowledgement(*sae, transfer)); }));
    bench.trouble_exchange(1, trouble);
    check_failure(refusal([&] { static_cast<void>(reply(*sae, transfer)); }));
  }

  CHECK_NOTHROW(sae->test_connection());
  CHECK(std::holds_alternative<SaeMessage>(acknowledgement(*sae, transfer)));
  CHECK(std::holds_alternative<SaeMessage>(reply(*sae, transfer)));
}

void pauses_grow_and_are_never_nothing(SaeBench& bench) {
  const auto sae = bench.open();
  auto last = std::chrono::seconds(0);

  for (int tries = 0; tries < 100; ++tries) {
    const std::chrono::seconds pause = sae->pause(tries);
    CHECK(pause.count() > 0);
    CHECK(pause >= last);
    last = pause;
  }
}

}  // namespace

void sae_contract(SaeBench& bench) {
  SUBCASE("an account is tested") { an_account_is_tested(bench); }
  SUBCASE("a transfer is followed to its acceptance") {
    a_transfer_is_followed_to_its_reply(bench, Fate::accepted);
  }
  SUBCASE("a transfer is followed to its rejection") {
    a_transfer_is_followed_to_its_reply(bench, Fate::rejected);
  }
  SUBCASE("a deposit may be refused at once") { a_deposit_may_be_refused_at_once(bench); }
  SUBCASE("what was never deposited is told") { what_was_never_deposited_is_told(bench); }
  SUBCASE("names are carried whole") { names_are_carried_whole(bench); }
  SUBCASE("the same transfer is taken once") { the_same_transfer_is_taken_once(bench); }
  SUBCASE("what never left is a failure") { what_never_left_is_a_failure(bench); }
  SUBCASE("a deposit in trouble is never told wrong") {
    for (const Trouble trouble : all_troubles) {
      for (int exchange = 1; exchange <= bench.exchanges_of_deposit(); ++exchange) {
        CAPTURE(number_of(trouble));
        CAPTURE(exchange);
        a_deposit_in_trouble_is_never_told_wrong(bench, trouble, exchange);
      }
    }
  }
  SUBCASE("a question in trouble fails and may be repeated") {
    a_question_in_trouble_fails_and_may_be_repeated(bench);
  }
  SUBCASE("pauses grow and are never nothing") { pauses_grow_and_are_never_nothing(bench); }
}

}  // namespace pes::test
