#include "contract/tdt_contract.hpp"

#include "pes/error.hpp"
#include "pes/pes_acquit.hpp"
#include "support/refusal.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace pes::test {

namespace {

using port::TdtAccepted;
using port::TdtRefused;
using port::TdtStatus;
using port::TdtUnknown;
using Fate = TdtBench::Fate;
using Flow = TdtBench::Flow;

port::TdtSubmission submit(port::Tdt& tdt, const Flow& flow) {
  return tdt.submit(flow.file, flow.file.filename().native());
}

std::string accepted(port::Tdt& tdt, const Flow& flow) {
  const port::TdtSubmission told = submit(tdt, flow);
  REQUIRE(std::holds_alternative<TdtAccepted>(told));
  return std::get<TdtAccepted>(told).transaction_id;
}

bool is_duplicate(const port::TdtSubmission& told) {
  const auto* const refused = std::get_if<TdtRefused>(&told);
  return refused != nullptr && refused->duplicate;
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

void an_account_is_tested(TdtBench& bench) {
  CHECK_FALSE(bench.open()->name().empty());
  CHECK_NOTHROW(bench.open()->test_connection());
  CHECK(refusal([&] { bench.open_with_wrong_password()->test_connection(); }).code() ==
        ErrorCode::identity_refused);
  CHECK(refusal([&] { bench.open_where_nobody_listens()->test_connection(); }).code() ==
        ErrorCode::service_unreachable);
}

void a_flow_is_followed_to_its_acquit(TdtBench& bench) {
  const Flow flow = bench.write("FLUX-1", Fate::accepted);
  const auto tdt = bench.open();

  const std::string id = accepted(*tdt, flow);
  CHECK_FALSE(id.empty());
  const TdtStatus sent = tdt->status(id);
  CHECK(sent.stage == TdtStatus::Stage::pending);
  CHECK_FALSE(sent.label.empty());
  CHECK_FALSE(tdt->acquit(id).has_value());

  bench.advance();
  CHECK(tdt->status(id).stage == TdtStatus::Stage::acquit);
  const auto acquit = bench.open()->acquit(id);
  REQUIRE(acquit.has_value());
  CHECK_FALSE(acquit->name.empty());
  CHECK(read_pes_acquit(acquit->bytes).nom_fic == flow.name.nom_fic);
  CHECK(tdt->acquit(id)->bytes == acquit->bytes);
  CHECK(tdt->status(id).stage == TdtStatus::Stage::acquit);
}

void several_flows_have_their_own_numbers(TdtBench& bench) {
  const auto tdt = bench.open();

  const std::string first = accepted(*tdt, bench.write("FLUX-1", Fate::accepted));
  const std::string second = accepted(*tdt, bench.write("FLUX-2", Fate::accepted));

  CHECK(first != second);
  bench.advance();
  CHECK(read_pes_acquit(tdt->acquit(first)->bytes).nom_fic == "FLUX-1");
  CHECK(read_pes_acquit(tdt->acquit(second)->bytes).nom_fic == "FLUX-2");
}

void the_same_bytes_are_taken_once(TdtBench& bench) {
  const Flow flow = bench.write("FLUX-1", Fate::accepted);
  accepted(*bench.open(), flow);

  const port::TdtSubmission again = submit(*bench.open(), flow);

  CHECK(is_duplicate(again));
  CHECK_FALSE(std::get<TdtRefused>(again).message.empty());
  bench.advance();
  CHECK(is_duplicate(submit(*bench.open(), flow)));
  CHECK(bench.received() == 1);
}

/// The one promise that money depends on. Whatever happened, the same bytes tell.
void a_submission_in_trouble_is_never_told_wrong(TdtBench& bench, Trouble trouble) {
  const Flow flow = bench.write("FLUX-" + number_of(trouble), Fate::accepted);
  const std::size_t before = bench.received();
  const auto tdt = bench.open();
  bench.trouble_exchange(1, trouble);

  try {
    const port::TdtSubmission told = submit(*tdt, flow);
    REQUIRE(std::holds_alternative<TdtUnknown>(told));
    CHECK_FALSE(std::get<TdtUnknown>(told).reason.empty());
  } catch (const Error& error) {
    check_failure(error);
    CHECK_MESSAGE(bench.received() == before, "submit throws only when nothing was accepted");
  }

  CHECK(bench.received() == before + (comes_after_work(trouble) ? 1 : 0));
  const port::TdtSubmission again = submit(*bench.open(), flow);
  CHECK(is_duplicate(again) == comes_after_work(trouble));
  CHECK(std::holds_alternative<TdtAccepted>(again) != comes_after_work(trouble));
  CHECK(bench.received() == before + 1);
}

void what_never_left_is_a_failure(TdtBench& bench) {
  const Flow flow = bench.write("FLUX-1", Fate::accepted);

  check_failure(refusal([&] { submit(*bench.open_where_nobody_listens(), flow); }));
  CHECK(refusal([&] { submit(*bench.open_with_wrong_password(), flow); }).code() ==
        ErrorCode::identity_refused);

  CHECK(bench.received() == 0);
  accepted(*bench.open(), flow);
}

void a_question_in_trouble_fails_and_may_be_repeated(TdtBench& bench) {
  const auto tdt = bench.open();
  const std::string id = accepted(*tdt, bench.write("FLUX-1", Fate::accepted));
  bench.advance();

  for (const Trouble trouble : all_troubles) {
    CAPTURE(number_of(trouble));
    bench.trouble_exchange(1, trouble);
    check_failure(refusal([&] { tdt->test_connection(); }));
    bench.trouble_exchange(1, trouble);
    check_failure(refusal([&] { static_cast<void>(tdt->status(id)); }));
  }

  CHECK_NOTHROW(tdt->test_connection());
  CHECK(tdt->status(id).stage == TdtStatus::Stage::acquit);
}

/// A file that is not an acquit is none, or a failure: never one that accepts.
void an_acquit_in_trouble_is_never_half_an_acquit(TdtBench& bench) {
  const auto tdt = bench.open();
  const std::string id = accepted(*tdt, bench.write("FLUX-1", Fate::accepted));
  bench.advance();

  for (const Trouble trouble : all_troubles) {
    CAPTURE(number_of(trouble));
    bench.trouble_exchange(1, trouble);
    try {
      const auto told = tdt->acquit(id);
      CHECK_FALSE(told.has_value());
    } catch (const Error& error) {
      check_failure(error);
    }
  }

  CHECK(tdt->acquit(id).has_value());
}

void fates_are_told_apart(TdtBench& bench) {
  const auto tdt = bench.open();
  const auto told = [&](Fate fate) {
    const std::string id = accepted(*tdt, bench.write("FLUX-1", fate));
    bench.advance();
    return std::pair(id, tdt->status(id));
  };

  SUBCASE("refused: the acquit says so, not the status") {
    const auto [id, status] = told(Fate::refused);
    CHECK(status.stage == TdtStatus::Stage::acquit);
    CHECK(tdt->acquit(id).has_value());
  }
  SUBCASE("refused by the TdT itself: in its words, and no acquit") {
    const auto [id, status] = told(Fate::refused_by_tdt);
    CHECK(status.stage == TdtStatus::Stage::failed);
    CHECK_FALSE(status.message.empty());
    CHECK_FALSE(tdt->acquit(id).has_value());
  }
  SUBCASE("refused as a whole by Hélios: the acquit tells why") {
    const auto [id, status] = told(Fate::technical);
    CHECK(status.stage == TdtStatus::Stage::failed);
    CHECK(tdt->acquit(id).has_value());
  }
  SUBCASE("not answered") {
    const auto [id, status] = told(Fate::unanswered);
    CHECK(status.stage == TdtStatus::Stage::pending);
    CHECK_FALSE(tdt->acquit(id).has_value());
  }
  SUBCASE("cancelled") {
    const auto [id, status] = told(Fate::cancelled);
    CHECK(status.stage == TdtStatus::Stage::cancelled);
  }
}

void a_flow_may_wait_for_a_person(TdtBench& bench) {
  const auto [sender, follower] = bench.open_parking();

  const std::string id = accepted(*sender, bench.write("FLUX-1", Fate::accepted));
  bench.advance();

  CHECK(follower->status(id).stage == TdtStatus::Stage::parked);
}

void an_unknown_number_is_a_failure_and_no_fate(TdtBench& bench) {
  const auto tdt = bench.open();

  for (const char* id : {"999999", "0", ""}) {
    CAPTURE(id);
    check_failure(refusal([&] { static_cast<void>(tdt->status(id)); }));
    CHECK_FALSE(tdt->acquit(id).has_value());
  }
}

Instant this_second() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

constexpr auto nobodys = [](const std::string&) { return false; };

void a_lost_number_is_found_by_the_name_of_the_flow(TdtBench& bench) {
  const Instant since = this_second();
  const Flow flow = bench.write("FLUX-1", Fate::accepted);
  CHECK(std::holds_alternative<port::TdtNoSearch>(bench.open()->find(flow.name, since, nobodys)));
  const auto tdt = bench.open_with_archivist();
  if (tdt == nullptr) return;
  CHECK(std::holds_alternative<port::TdtNotFound>(tdt->find(flow.name, since, nobodys)));
  accepted(*tdt, bench.write("FLUX-0", Fate::accepted));

  bench.trouble_exchange(1, Trouble::cut_before_answer);
  REQUIRE(std::holds_alternative<TdtUnknown>(submit(*tdt, flow)));
  accepted(*tdt, bench.write("FLUX-2", Fate::technical));
  bench.advance();
  const port::TdtSearch found = bench.open_with_archivist()->find(flow.name, since, nobodys);

  REQUIRE(std::holds_alternative<port::TdtFound>(found));
  const std::string id = std::get<port::TdtFound>(found).transaction_id;
  CHECK(read_pes_acquit(tdt->acquit(id)->bytes).nom_fic == flow.name.nom_fic);
  CHECK(std::holds_alternative<port::TdtNotFound>(tdt->find({"FLUX-9", "123"}, since, nobodys)));
  CHECK(std::holds_alternative<port::TdtNotFound>(bench.open_with_archivist()->find(
      flow.name, since, [&](const std::string& transaction) { return transaction == id; })));
}

void the_right_to_follow_is_told(TdtBench& bench) {
  CHECK(bench.open()->may_follow());
  CHECK(refusal([&] { bench.open_with_wrong_password()->may_follow(); }).code() ==
        ErrorCode::identity_refused);

  const auto [sender, follower] = bench.open_parking();

  CHECK_FALSE(sender->may_follow());
  CHECK(follower->may_follow());
  accepted(*sender, bench.write("FLUX-1", Fate::accepted));
}

void logins_are_those_of_the_certificate(TdtBench& bench) {
  const std::vector<std::string> logins = bench.open()->logins();

  CHECK(std::count(logins.begin(), logins.end(), bench.login().name) == 1);
  CHECK(bench.open_with_wrong_password()->logins() == logins);
  CHECK(bench.open_without_login()->logins() == logins);

  const auto unknown = bench.open_unknown();
  CHECK(unknown->logins().empty());
  CHECK(refusal([&] { unknown->test_connection(); }).code() == ErrorCode::identity_refused);
}

std::vector<std::string> ids_of(const std::vector<port::TdtRetour>& retours) {
  std::vector<std::string> ids;
  for (const port::TdtRetour& retour : retours) ids.push_back(retour.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

/// Whole, or a failure; read by nobody but who asks for it.
void a_retour_in_trouble_is_neither_half_nor_read(TdtBench& bench) {
  const port::TdtFile received = bench.receive_retour();
  const auto tdt = bench.open();
  const std::string id = tdt->unread_retours().at(0).id;

  for (const Trouble trouble : all_troubles) {
    CAPTURE(number_of(trouble));
    bench.trouble_exchange(1, trouble);
    check_failure(refusal([&] { tdt->unread_retours(); }));
    bench.trouble_exchange(1, trouble);
    check_failure(refusal([&] { tdt->retour(id); }));
    CHECK(ids_of(tdt->unread_retours()) == std::vector{id});
  }

  CHECK(tdt->retour(id).bytes == received.bytes);
}

void a_mark_in_trouble_may_be_repeated(TdtBench& bench) {
  const auto tdt = bench.open();

  for (const Trouble trouble : all_troubles) {
    CAPTURE(number_of(trouble));
    bench.receive_retour();
    const std::string id = tdt->unread_retours().at(0).id;
    bench.trouble_exchange(1, trouble);
    check_failure(refusal([&] { tdt->mark_retour_read(id); }));
    CHECK(tdt->unread_retours().empty() == comes_after_work(trouble));
    CHECK_NOTHROW(tdt->mark_retour_read(id));
    CHECK(tdt->unread_retours().empty());
  }
}

void who_is_not_let_in_has_no_retours(TdtBench& bench) {
  bench.receive_retour();
  const std::string id = bench.open()->unread_retours().at(0).id;
  const auto tdt = bench.open_with_wrong_password();

  for (const std::function<void()>& question :
       {std::function<void()>([&] { tdt->unread_retours(); }),
        std::function<void()>([&] { tdt->retour(id); }),
        std::function<void()>([&] { tdt->mark_retour_read(id); })}) {
    CHECK(refusal(question).code() == ErrorCode::identity_refused);
  }

  CHECK(ids_of(bench.open()->unread_retours()) == std::vector{id});
}

constexpr int transmitted = 3;
constexpr int answered = 8;
constexpr int failed = -1;

void transactions_are_listed_to_an_archivist(TdtBench& bench) {
  const Instant since = this_second();
  CHECK(refusal([&] { bench.open()->transactions(answered, since); }).code() ==
        ErrorCode::config_missing);
  const auto tdt = bench.open();
  const std::string first = accepted(*tdt, bench.write("FLUX-1", Fate::accepted));
  const std::string refused = accepted(*tdt, bench.write("FLUX-2", Fate::refused_by_tdt));
  const std::string silent = accepted(*tdt, bench.write("FLUX-3", Fate::unanswered));
  const std::string second = accepted(*tdt, bench.write("FLUX-4", Fate::accepted));
  if (bench.open_with_archivist() == nullptr) return;
  const auto listed = [&](int status, Instant from) {
    return bench.open_with_archivist()->transactions(status, from);
  };
  CHECK(listed(answered, since).empty());

  bench.advance();

  CHECK(listed(answered, since) == std::vector{second, first});
  CHECK(listed(failed, since) == std::vector{refused});
  CHECK(listed(transmitted, since) == std::vector{silent});
  CHECK(listed(answered, since + std::chrono::days(3)).empty());
  for (const Trouble trouble : all_troubles) {
    CAPTURE(number_of(trouble));
    const auto archivist = bench.open_with_archivist();
    bench.trouble_exchange(1, trouble);
    check_failure(refusal([&] { archivist->transactions(answered, since); }));
    CHECK(archivist->transactions(answered, since) == std::vector{second, first});
  }
}

std::string acquitted(TdtBench& bench, const std::string& nom_fic) {
  const std::string id = accepted(*bench.open(), bench.write(nom_fic, Fate::accepted));
  bench.advance();
  return id;
}

void what_is_archived_is_told_by_an_archivist(TdtBench& bench) {
  const std::string id = acquitted(bench, "FLUX-1");
  CHECK(refusal([&] { bench.open()->tell_archived(id); }).code() == ErrorCode::config_missing);
  const auto tdt = bench.open_with_archivist();
  if (tdt == nullptr) return;

  const std::string unanswered = accepted(*tdt, bench.write("FLUX-2", Fate::unanswered));
  bench.advance();
  CHECK(refusal([&] { tdt->tell_archived(unanswered); }).code() == ErrorCode::service_refused);
  CHECK(tdt->status(unanswered).stage == TdtStatus::Stage::pending);
  check_failure(refusal([&] { tdt->tell_archived("999999"); }));

  archiving_of_tdt_contract(*tdt, {id, acquitted(bench, "FLUX-3")});
  CHECK(tdt->acquit(id).has_value());
  CHECK(tdt->status(id).stage == TdtStatus::Stage::acquit);
}

/// Wherever it stops, it goes on from there.
void telling_of_an_archive_in_trouble_may_be_repeated(TdtBench& bench) {
  const auto tdt = bench.open_with_archivist();
  if (tdt == nullptr) return;
  constexpr int exchanges = 3;

  for (int exchange = 1; exchange <= exchanges; ++exchange) {
    for (const Trouble trouble : all_troubles) {
      CAPTURE(number_of(trouble));
      CAPTURE(exchange);
      const std::string id =
          acquitted(bench, "FLUX-" + number_of(trouble) + "-" + std::to_string(exchange));
      bench.trouble_exchange(exchange, trouble);
      check_failure(refusal([&] { tdt->tell_archived(id); }));
      const bool is_told = exchange == exchanges && comes_after_work(trouble);
      CHECK(tdt->tell_archived(id) != is_told);
      CHECK_FALSE(tdt->tell_archived(id));
    }
  }
}

void a_page_is_given_without_the_password(TdtBench& bench) {
  const std::string transaction = "424242";
  const auto tdt = bench.open();
  const std::string page = tdt->page(transaction).reveal();

  CHECK(page.starts_with("https://"));
  CHECK(page.find(transaction) != std::string::npos);
  CHECK(page.find(bench.login().password().reveal()) == std::string::npos);
  CHECK(tdt->page(transaction).reveal() != page);
  CHECK(tdt->page("").reveal().starts_with("https://"));
  CHECK(refusal([&] { bench.open_without_login()->page(transaction); }).code() ==
        ErrorCode::config_missing);
  CHECK(refusal([&] { bench.open_with_wrong_password()->page(transaction); }).code() ==
        ErrorCode::identity_refused);
  for (const Trouble trouble : all_troubles) {
    CAPTURE(number_of(trouble));
    bench.trouble_exchange(1, trouble);
    check_failure(refusal([&] { tdt->page(transaction); }));
  }
}

void pauses_grow_and_are_never_nothing(TdtBench& bench) {
  const auto tdt = bench.open();
  auto last = std::chrono::seconds(0);

  for (int tries = 0; tries < 100; ++tries) {
    const std::chrono::seconds pause = tdt->pause(tries);
    CHECK(pause.count() > 0);
    CHECK(pause >= last);
    last = pause;
  }
  CHECK(tdt->settling_time().count() > 0);
}

}  // namespace

void retours_of_tdt_contract(port::Tdt& tdt, const std::function<port::TdtFile()>& receive) {
  CHECK(tdt.unread_retours().empty());
  std::map<std::string, std::string> received;  // name to bytes
  for (int i = 0; i < 2; ++i) {
    const port::TdtFile file = receive();
    received[file.name] = file.bytes;
  }

  const std::vector<port::TdtRetour> unread = tdt.unread_retours();
  REQUIRE(ids_of(unread).size() == 2);
  REQUIRE(unread[0].id != unread[1].id);
  for (const port::TdtRetour& retour : unread) {
    CHECK_FALSE(retour.received.empty());
    const port::TdtFile file = tdt.retour(retour.id);
    CHECK(file.name == retour.name);
    CHECK(file.bytes == received.at(retour.name));
  }
  CHECK(refusal([&] { tdt.retour("999999"); }).code() == ErrorCode::service_refused);
  CHECK(ids_of(tdt.unread_retours()) == ids_of(unread));

  for (int times = 0; times < 2; ++times) {
    tdt.mark_retour_read(unread[0].id);
    CHECK(ids_of(tdt.unread_retours()) == std::vector{unread[1].id});
  }
  CHECK(tdt.retour(unread[0].id).bytes == received.at(unread[0].name));
}

void archiving_of_tdt_contract(port::Tdt& tdt, const std::array<std::string, 2>& acquitted) {
  for (const std::string& transaction : acquitted) {
    CHECK(tdt.tell_archived(transaction));
    CHECK_FALSE(tdt.tell_archived(transaction));
  }
}

void tdt_contract(TdtBench& bench) {
  SUBCASE("an account is tested") { an_account_is_tested(bench); }
  SUBCASE("a flow is followed to its acquit") { a_flow_is_followed_to_its_acquit(bench); }
  SUBCASE("several flows have their own numbers") { several_flows_have_their_own_numbers(bench); }
  SUBCASE("the same bytes are taken once") { the_same_bytes_are_taken_once(bench); }
  SUBCASE("a submission in trouble is never told wrong") {
    for (const Trouble trouble : all_troubles) {
      CAPTURE(number_of(trouble));
      a_submission_in_trouble_is_never_told_wrong(bench, trouble);
    }
  }
  SUBCASE("a question in trouble fails and may be repeated") {
    a_question_in_trouble_fails_and_may_be_repeated(bench);
  }
  SUBCASE("an acquit in trouble is never half an acquit") {
    an_acquit_in_trouble_is_never_half_an_acquit(bench);
  }
  SUBCASE("what never left is a failure") { what_never_left_is_a_failure(bench); }
  SUBCASE("fates are told apart") { fates_are_told_apart(bench); }
  SUBCASE("a flow may wait for a person") { a_flow_may_wait_for_a_person(bench); }
  SUBCASE("an unknown number is a failure and no fate") {
    an_unknown_number_is_a_failure_and_no_fate(bench);
  }
  SUBCASE("a lost number is found by the name of the flow") {
    a_lost_number_is_found_by_the_name_of_the_flow(bench);
  }
  SUBCASE("the right to follow is told") { the_right_to_follow_is_told(bench); }
  SUBCASE("logins are those of the certificate") { logins_are_those_of_the_certificate(bench); }
  SUBCASE("PES Retours are given, and marked as read") {
    retours_of_tdt_contract(*bench.open(), [&] { return bench.receive_retour(); });
  }
  SUBCASE("a PES Retour in trouble is neither half nor read") {
    a_retour_in_trouble_is_neither_half_nor_read(bench);
  }
  SUBCASE("a mark in trouble may be repeated") { a_mark_in_trouble_may_be_repeated(bench); }
  SUBCASE("who is not let in has no PES Retours") { who_is_not_let_in_has_no_retours(bench); }
  SUBCASE("transactions are listed to an archivist") {
    transactions_are_listed_to_an_archivist(bench);
  }
  SUBCASE("what is archived is told by an archivist") {
    what_is_archived_is_told_by_an_archivist(bench);
  }
  SUBCASE("telling of an archive in trouble may be repeated") {
    telling_of_an_archive_in_trouble_may_be_repeated(bench);
  }
  SUBCASE("a page is given without the password") { a_page_is_given_without_the_password(bench); }
  SUBCASE("pauses grow and are never nothing") { pauses_grow_and_are_never_nothing(bench); }
}

}  // namespace pes::test
