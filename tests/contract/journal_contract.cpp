#include "contract/journal_contract.hpp"

#include "pes/error.hpp"
#include "support/child_process.hpp"
#include "support/refusal.hpp"
#include "support/sample_dossier.hpp"

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

namespace pes::test {

namespace {

std::vector<Event> all_events(const port::Journal& journal, std::uint64_t from = 0) {
  std::vector<Event> events;
  journal.visit(from, [&](const Event& event) {
    events.push_back(event);
    return true;
  });
  return events;
}

/// An event that uses every part of the format.
Event full_event() {
  Event event = sample_event("Le document a été envoyé au TdT « é\"\\\n » \u2028");
  event.type = EventType::failed_attempt;
  event.reason = "service.unreachable";
  event.attempt = "01J9Z";
  Change change;
  change.row = Action::send_tdt;
  change.fields = {{"objet", "Été"}, {"id_pj", std::nullopt}};
  change.files = {{"fichier_pes", StoredFile{.name = "é.xml",
                                             .path = "fichier_pes-0011223344556677.xml",
                                             .size = 5'000'000'000,
                                             .sha256 = std::string(64, 'b')}},
                  {"pes_acquit", std::nullopt}};
  change.job = Job{.etat_cible = Action::verif_tdt,
                   .user = sample_user(),
                   .nb_try = 2,
                   .first_try = sample_instant(1),
                   .last_try = sample_instant(2),
                   .next_try = sample_instant(3),
                   .last_message = "attente",
                   .is_lock = true};
  change.attempt = std::optional<Attempt>();
  event.change = change;
  return event;
}

void events_are_chained(const OpenJournal& open) {
  const auto journal = open();

  const Event first = journal->append(sample_event("un"));
  const Event second = journal->append(sample_event("deux"));

  CHECK(first.id_j == 1);
  CHECK(second.id_j == 2);
  CHECK(first.previous == std::string(64, '0'));
  CHECK(second.previous == first.sha256);
  CHECK(first.sha256.size() == 64);
  CHECK(second.sha256 != first.sha256);
}

void an_event_is_read_as_it_was_given_back(const OpenJournal& open) {
  const auto journal = open();
  Event change_of_attempt = sample_event();
  change_of_attempt.change = Change{};
  change_of_attempt.change->attempt = Attempt{.id = "01J9Z",
                                              .kind = Attempt::Kind::tdt_import,
                                              .started = sample_instant(),
                                              .sha256 = std::string(64, 'c'),
                                              .sha1 = std::string(40, 'd'),
                                              .nom_fic = "PESALR1.xml",
                                              .cod_col = "123",
                                              .unknown = true};
  Event without_dossier;
  without_dossier.type = EventType::journal;
  without_dossier.date = sample_instant();
  without_dossier.id_e = "0";
  without_dossier.user = automaton();
  without_dossier.action = "Consulté";
  const std::vector<Event> given = {journal->append(full_event()),
                                    journal->append(change_of_attempt),
                                    journal->append(without_dossier)};

  const std::vector<Event> read = all_events(*open());

  CHECK(read == given);
  Event expected = full_event();
  expected.id_j = 1;
  expected.previous = std::string(64, '0');
  expected.sha256 = given[0].sha256;
  expected.line = given[0].line;
  CHECK(given[0] == expected);
}

void bytes_that_are_no_text_are_readable_and_given_back_as_read(const OpenJournal& open) {
  const auto journal = open();

  const Event given = journal->append(sample_event("r\xE9ponse"));

  CHECK(all_events(*journal) == std::vector<Event>{given});
  CHECK(given.message == "r\uFFFDponse");
}

void a_visit_starts_at_a_position_and_stops_when_told(const OpenJournal& open) {
  const auto journal = open();
  CHECK(journal->position() == 0);
  journal->append(sample_event("un"));
  const std::uint64_t after_first = journal->position();
  journal->append(sample_event("deux"));
  journal->append(sample_event("trois"));
  const auto only_one = [](const Event&) { return false; };

  CHECK(all_events(*journal, after_first).front().message == "deux");
  CHECK(all_events(*journal, after_first).size() == 2);
  CHECK(journal->visit(0, only_one) == after_first);
  CHECK(all_events(*journal, journal->visit(after_first, only_one)).front().message == "trois");
  CHECK(all_events(*journal, journal->position()).empty());
  CHECK(journal->visit(journal->position(), only_one) == journal->position());
}

std::vector<std::string> messages_of(const port::Journal& journal, const DossierId& id,
                                     std::uint64_t first = 0) {
  std::vector<std::string> messages;
  journal.visit_dossier(id, first, [&](const Event& event) {
    messages.push_back(event.message);
    return event.message != "enough";
  });
  return messages;
}

void the_events_of_a_dossier_are_found_among_the_others(const OpenJournal& open) {
  using Messages = std::vector<std::string>;
  const auto journal = open();
  const DossierId other = *DossierId::parse("JV63Fyu");
  Event of_other = sample_event("speaks of \"O5uC72H\"");
  of_other.id_d = other;
  Event of_none = sample_event("Journal vérifié");
  of_none.id_d = {};
  // More than can be read at once.
  const std::string long_message(40'000, 'x');

  journal->append(sample_event("un"));
  journal->append(of_other);
  journal->append(of_none);
  for (int rank = 0; rank < 20; ++rank) journal->append(sample_event(long_message));
  const Event last = journal->append(sample_event("enough"));
  journal->append(sample_event("more"));

  CHECK(messages_of(*journal, sample_id()).size() == 22);
  CHECK(messages_of(*journal, sample_id()).front() == "un");
  CHECK(messages_of(*journal, sample_id(), last.id_j) == Messages{"enough"});
  CHECK(messages_of(*journal, sample_id(), last.id_j + 1) == Messages{"more"});
  CHECK(messages_of(*journal, other) == Messages{of_other.message});
  CHECK(messages_of(*journal, *DossierId::parse("VUHKM40")).empty());
}

void a_second_opening_goes_on_with_the_chain(const OpenJournal& open) {
  const auto one = open();
  const auto other = open();

  one->append(sample_event("un"));
  other->append(sample_event("deux"));
  one->append(sample_event("trois"));

  const auto events = all_events(*other);
  REQUIRE(events.size() == 3);
  CHECK(events[2].message == "trois");
  CHECK(events[2].previous == events[1].sha256);
  CHECK(one->verify({}).empty());
}

void threads_append_to_one_chain(const OpenJournal& open) {
  const auto journal = open();
  constexpr int writers = 4;
  constexpr int each = 25;

  std::vector<std::thread> threads;
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&] {
      for (int i = 0; i < each; ++i) journal->append(sample_event());
    });
  }
  for (std::thread& thread : threads) thread.join();

  CHECK(all_events(*journal).size() == writers * each);
  CHECK(journal->verify({}).empty());
}

void processes_append_to_one_chain(const OpenJournal& open) {
  constexpr int writers = 4;
  constexpr int each = 200;

  std::vector<ChildProcess> children;
  for (int writer = 0; writer < writers; ++writer) {
    children.emplace_back([&] {
      const auto journal = open();
      for (int i = 0; i < each; ++i) journal->append(sample_event(std::to_string(writer)));
    });
  }
  for (ChildProcess& child : children) CHECK(child.ended_well());

  const auto journal = open();
  CHECK(all_events(*journal).size() == writers * each);
  CHECK(journal->verify({}).empty());
}

void an_event_that_is_too_large_is_refused_and_leaves_nothing(const OpenJournal& open) {
  const auto journal = open();
  journal->append(sample_event("un"));

  const Error error = refusal([&] { journal->append(sample_event(std::string(2'000'000, 'x'))); });

  CHECK(error.code() == ErrorCode::input_too_large);
  CHECK(all_events(*journal).size() == 1);
  CHECK(journal->append(sample_event("deux")).id_j == 2);
}

void lines_of_another_journal_are_taken_as_they_are(const OpenJournal& open) {
  const auto journal = open();
  const Event first = journal->append(sample_event("un"));
  // Keys and spaces that this version would not write.
  const std::string second = R"({"schema": "pes.event/1", "id_j": 2, "type": 1, )"
                             R"("date": "2022-03-02T14:48:08Z", "id_e": "12", "id_u": null, )"
                             R"("utilisateur": null, "id_d": null, "document_type": null, )"
                             R"("titre": null, "action": "a", "message": "été", "reason": null, )"
                             R"("attempt": null, "change": null, "later": 1, "previous": ")" +
                             first.sha256 + "\"}";

  CHECK(refusal([&] { journal->continue_with({first.line}); }).code() ==
        ErrorCode::journal_damaged);
  journal->continue_with({second});
  journal->continue_with({});

  CHECK(all_events(*open()).back().line == second);
  const Event third = open()->append(sample_event("trois"));
  CHECK(third.id_j == 3);
  CHECK(journal->verify({}).empty());
  CHECK(journal->find(2)->message == "été");
}

void witnesses_are_heard(const OpenJournal& open) {
  const auto journal = open();
  const Event first = journal->append(sample_event("un"));
  const Event second = journal->append(sample_event("deux"));
  const auto kinds = [&](const port::Witness& witness) {
    std::vector<port::JournalFault::Kind> found;
    for (const auto& fault : journal->verify({witness})) found.push_back(fault.kind);
    return found;
  };
  using Kind = port::JournalFault::Kind;
  const std::string other(64, 'f');

  CHECK(kinds({.id_j = 1, .sha256 = first.sha256, .source = "a"}).empty());
  CHECK(kinds({.id_j = 2, .sha256 = second.sha256, .source = "a"}).empty());
  CHECK(kinds({.id_j = 1, .sha256 = other, .source = "a"}) == std::vector{Kind::altered});
  CHECK(kinds({.id_j = 5, .sha256 = other, .source = "a"}) == std::vector{Kind::removed});
  const auto faults = journal->verify({{.id_j = 1, .sha256 = other, .source = "dossier X"}});
  CHECK(faults.at(0).id_j == 1);
  CHECK(faults.at(0).message.find("dossier X") != std::string::npos);
}

}  // namespace

void journal_contract(const OpenJournal& open) {
  SUBCASE("events are numbered from one and chained") { events_are_chained(open); }
  SUBCASE("an event is read as it was given back") { an_event_is_read_as_it_was_given_back(open); }
  SUBCASE("bytes that are no text are made readable, and given back as they will be read") {
    bytes_that_are_no_text_are_readable_and_given_back_as_read(open);
  }
  SUBCASE("a visit starts at a position and stops when told") {
    a_visit_starts_at_a_position_and_stops_when_told(open);
  }
  SUBCASE("the events of a dossier are found among the others") {
    the_events_of_a_dossier_are_found_among_the_others(open);
  }
  SUBCASE("a second opening goes on with the chain") {
    a_second_opening_goes_on_with_the_chain(open);
  }
  SUBCASE("threads append to one chain") { threads_append_to_one_chain(open); }
  SUBCASE("processes append to one chain") { processes_append_to_one_chain(open); }
  SUBCASE("an event that is too large is refused and leaves nothing") {
    an_event_that_is_too_large_is_refused_and_leaves_nothing(open);
  }
  SUBCASE("lines of another journal are taken as they are") {
    lines_of_another_journal_are_taken_as_they_are(open);
  }
  SUBCASE("witnesses are heard when the journal is verified") { witnesses_are_heard(open); }
}

}  // namespace pes::test
