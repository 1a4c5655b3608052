#include "contract/store_contract.hpp"

#include "support/child_process.hpp"
#include "support/refusal.hpp"
#include "support/sample_dossier.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

namespace pes::test {

namespace {

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

std::set<std::string> ids_in(const port::Store& store) {
  std::set<std::string> ids;
  store.visit([&](const Dossier& dossier) { ids.insert(dossier.id_d.text()); },
              [](const DossierId& id, const Error&) { FAIL("damaged: " << id.text()); });
  return ids;
}

/// A dossier that nobody holds any more.
Dossier stored_dossier(port::Store& store, std::string_view id = "O5uC72H") {
  const Dossier dossier = sample_dossier(id);
  store.create(dossier.id_d, "create", 0)->save(dossier);
  return dossier;
}

void a_saved_dossier_is_read_back(const OpenStore& open) {
  Dossier dossier = sample_dossier();
  dossier.fields.emplace("objet", "Été « à \" \\");
  dossier.job = Job{.etat_cible = Action::verif_tdt, .next_try = sample_instant(60)};
  dossier.attempt = Attempt{.id = "01J9Z",
                            .kind = Attempt::Kind::sae_deposit,
                            .started = sample_instant(),
                            .sha256 = std::string(64, 'c'),
                            .transfert_id = "t-1"};
  const auto store = open();

  {
    const auto held = store->create(dossier.id_d, "create", 0);
    dossier.files.emplace("fichier_pes", held->keep_bytes("fichier_pes", "é.xml", "<PES/>"));
    held->save(dossier);
    CHECK(held->dossier() == dossier);
  }

  CHECK(open()->read(dossier.id_d) == dossier);
  CHECK(store->hold(dossier.id_d, "edit", 0)->dossier() == dossier);
  CHECK(ids_in(*store) == std::set<std::string>{"O5uC72H"});
}

void what_is_recorded_is_in_the_journal_and_in_the_state(const OpenStore& open,
                                                         const OpenJournal& open_journal) {
  const auto store = open();
  Dossier dossier;
  dossier.id_d = sample_id();
  dossier.id_e = "12";
  dossier.type = "pes-avec-signature";

  const auto held = store->create(dossier.id_d, "create", 0);
  held->record(dossier, sample_event());
  Event second = sample_event("Envoi");
  second.change = Change{.row = Action::send_tdt};
  held->record(dossier, second);

  CHECK_FALSE(held->owes_save());
  CHECK(held->dossier() == dossier);
  CHECK(open()->read(sample_id()) == dossier);
  CHECK(dossier.state() == Action::send_tdt);
  CHECK(dossier.id_j == 2);
  const auto event = open_journal()->find(2);
  REQUIRE(event.has_value());
  CHECK(event->message == "Envoi");
  CHECK(event->sha256 == dossier.id_j_sha256);
  CHECK(open_journal()->verify({}).empty());
}

void what_the_journal_refuses_changes_nothing(const OpenStore& open,
                                              const OpenJournal& open_journal) {
  const auto store = open();
  Dossier dossier = stored_dossier(*store);
  const auto held = store->hold(sample_id(), "edit", 0);

  const Error error =
      refusal([&] { held->record(dossier, sample_event(std::string(2'000'000, 'x'))); });

  CHECK(error.code() == ErrorCode::input_too_large);
  CHECK(dossier == sample_dossier());
  CHECK_FALSE(held->owes_save());
  CHECK(open_journal()->position() == 0);
  CHECK(open()->read(sample_id()) == sample_dossier());
}

void a_place_that_is_not_saved_goes(const OpenStore& open) {
  const auto store = open();

  store->create(sample_id(), "create", 0)->keep_bytes("fichier_pes", "a.xml", "<PES/>");

  CHECK(refusal([&] { store->read(sample_id()); }).code() == ErrorCode::dossier_unknown);
  CHECK(ids_in(*store).empty());
  const auto again = store->create(sample_id(), "create", 0);
  CHECK_FALSE(again->interrupted_since().has_value());
}

void a_taken_identifier_is_refused(const OpenStore& open) {
  const auto store = open();
  stored_dossier(*store);

  const Error error = refusal([&] { store->create(sample_id(), "create", 0); });

  CHECK(error.code() == ErrorCode::state_forbids);
  CHECK(store->read(sample_id()) == sample_dossier());
}

void an_unknown_dossier_is_told(const OpenStore& open) {
  const auto store = open();

  CHECK(refusal([&] { store->read(sample_id()); }).code() == ErrorCode::dossier_unknown);
  CHECK(refusal([&] { store->hold(sample_id(), "edit", 0); }).code() == ErrorCode::dossier_unknown);
  CHECK(ids_in(*store).empty());
}

void a_held_dossier_is_refused_to_others(const OpenStore& open) {
  const auto store = open();
  stored_dossier(*store);

  auto held = store->hold(sample_id(), "pes send O5uC72H", 0);
  const Error error = refusal([&] { open()->hold(sample_id(), "pes edit", 0); });

  CHECK(error.code() == ErrorCode::dossier_locked);
  CHECK(error.message().find("pes send O5uC72H") != std::string::npos);
  CHECK(error.message().find(std::to_string(::getpid())) != std::string::npos);
  CHECK(store->read(sample_id()) == sample_dossier());
  held.reset();
  CHECK_NOTHROW(open()->hold(sample_id(), "pes edit", 0));
}

void only_one_of_several_processes_creates(const OpenStore& open) {
  std::vector<ChildProcess> children;
  for (int child = 0; child < 4; ++child) {
    children.emplace_back([&] { stored_dossier(*open()); });
  }

  int winners = 0;
  for (ChildProcess& child : children) winners += child.ended_well() ? 1 : 0;

  CHECK(winners == 1);
  CHECK(open()->read(sample_id()) == sample_dossier());
}

/// Where the holder was on another machine, it takes a moment to notice that it died.
std::unique_ptr<port::HeldDossier> hold_after_a_death(port::Store& store, std::string_view command,
                                                      std::uint64_t journal_position) {
  constexpr int tries = 1000;
  for (int remaining = tries; true; --remaining) {
    try {
      return store.hold(sample_id(), command, journal_position);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::dossier_locked || remaining == 0) throw;
    }
  }
}

/// Dies without any destructor, as by kill -9.
void die_holding(const OpenStore& open, std::uint64_t journal_position) {
  ChildProcess child([&] {
    const auto store = open();
    const auto held = hold_after_a_death(*store, "pes send", journal_position);
    held->keep_bytes("pes_acquit", "acquit.xml", "<ACQ/>");
    ::_exit(0);
  });
  REQUIRE(child.ended_well());
}

void the_death_of_a_holder_is_told_until_the_state_is_saved(const OpenStore& open) {
  const auto store = open();
  stored_dossier(*store);
  CHECK_FALSE(store->hold(sample_id(), "pes edit", 7)->interrupted_since().has_value());

  die_holding(open, 40);
  CHECK(hold_after_a_death(*store, "looks, saves nothing", 90)->interrupted_since() == 40);
  die_holding(open, 95);

  {
    const auto held = hold_after_a_death(*store, "pes edit", 99);
    CHECK(held->interrupted_since() == 40);
    held->save(sample_dossier());
  }
  CHECK_FALSE(store->hold(sample_id(), "pes edit", 99)->interrupted_since().has_value());
}

void what_a_dead_holder_kept_is_there_to_be_named(const OpenStore& open) {
  const auto store = open();
  Dossier dossier = stored_dossier(*store);
  StoredFile file;
  {
    // What the journal would say of it.
    const auto held = store->hold(sample_id(), "pes edit", 0);
    file = held->keep_bytes("pes_acquit", "acquit.xml", "<ACQ/>");
  }
  die_holding(open, 0);

  hold_after_a_death(*store, "looks, saves nothing", 0);
  dossier.files.emplace("pes_acquit", file);
  store->hold(sample_id(), "replays", 0)->save(dossier);

  CHECK(bytes_of(store->readable(sample_id(), file).path()) == "<ACQ/>");
}

void files_are_kept_byte_for_byte(const OpenStore& open) {
  const Scratch outside;
  const std::string bytes("PES\0\xE9\r\n", 7);
  write(outside.path() / "original.xml", bytes);
  const auto store = open();
  Dossier dossier = sample_dossier();
  auto held = store->create(dossier.id_d, "create", 0);

  const StoredFile copied =
      held->keep("fichier_pes", "PESALR1 é.xml", outside.path() / "original.xml");
  const StoredFile given = held->keep_bytes("pes_acquit", "acquit", bytes);
  const auto place = held->scratch("archive.tar.gz");
  write(place, bytes);
  const StoredFile built = held->keep_scratch("sae_archive", "archive.tar.gz", place);
  dossier.files = {{"fichier_pes", copied}, {"pes_acquit", given}, {"sae_archive", built}};
  held->save(dossier);
  held.reset();

  for (const StoredFile& file : {copied, given, built}) {
    CAPTURE(file.path);
    CHECK(file.size == 7);
    CHECK(file.sha256 == copied.sha256);
    CHECK(bytes_of(store->readable(dossier.id_d, file).path()) == bytes);
  }
  CHECK(copied.name == "PESALR1 é.xml");
  CHECK(copied.sha256.size() == 64);
  CHECK(bytes_of(outside.path() / "original.xml") == bytes);
  CHECK_FALSE(std::filesystem::exists(place));
}

void the_same_content_is_the_same_file_and_another_content_another(const OpenStore& open) {
  const auto store = open();
  const auto held = store->create(sample_id(), "create", 0);

  const StoredFile first = held->keep_bytes("fichier_pes", "a.xml", "one");
  const StoredFile again = held->keep_bytes("fichier_pes", "a.xml", "one");
  const StoredFile other = held->keep_bytes("fichier_pes", "a.xml", "two");

  CHECK(first == again);
  CHECK(first.path != other.path);
  CHECK(bytes_of(store->readable(sample_id(), first).path()) == "one");
  CHECK(bytes_of(store->readable(sample_id(), other).path()) == "two");
}

void files_live_as_long_as_a_state_names_them(const OpenStore& open) {
  const auto store = open();
  Dossier dossier = sample_dossier();
  auto held = store->create(dossier.id_d, "create", 0);
  const StoredFile original = held->keep_bytes("fichier_pes", "a.xml", "one");
  dossier.files = {{"fichier_pes", original}};
  held->save(dossier);
  const StoredFile signed_file = held->keep_bytes("fichier_pes", "a.xml", "two");
  const StoredFile unnamed = held->keep_bytes("pes_acquit", "b.xml", "three");
  const auto place = held->scratch("being-built");
  write(place, "half");
  const auto exists = [&](const StoredFile& file) {
    return std::filesystem::exists(store->readable(dossier.id_d, file).path());
  };

  dossier.files = {{"fichier_pes", signed_file}, {"fichier_original", original}};
  held->save(dossier);
  CHECK(exists(original));
  CHECK(exists(unnamed));
  dossier.files = {{"fichier_pes", signed_file}};
  held->save(dossier);
  CHECK_FALSE(exists(original));
  held.reset();

  CHECK(exists(signed_file));
  CHECK_FALSE(exists(unnamed));
  CHECK_FALSE(std::filesystem::exists(place));
}

void an_absent_source_is_told_and_leaves_nothing(const OpenStore& open) {
  const auto store = open();
  stored_dossier(*store);
  const auto held = store->hold(sample_id(), "edit", 0);

  const Error error = refusal([&] { held->keep("fichier_pes", "a.xml", "/absent/a.xml"); });

  CHECK(error.code() == ErrorCode::file_unknown);
  held->save(sample_dossier());
}

void an_erased_dossier_is_gone(const OpenStore& open) {
  const auto store = open();
  stored_dossier(*store);
  stored_dossier(*store, "O5uC72I");

  const auto held = store->hold(sample_id(), "delete", 0);
  held->erase();

  CHECK(refusal([&] { store->read(sample_id()); }).code() == ErrorCode::dossier_unknown);
  CHECK(ids_in(*store) == std::set<std::string>{"O5uC72I"});
  CHECK(refusal([&] { held->save(sample_dossier()); }).code() == ErrorCode::internal);
  CHECK_NOTHROW(stored_dossier(*store));
}

void a_state_is_not_saved_in_the_place_of_another(const OpenStore& open) {
  const auto store = open();
  const auto held = store->create(sample_id(), "create", 0);

  const Error error = refusal([&] { held->save(sample_dossier("O5uC72I")); });

  CHECK(error.code() == ErrorCode::internal);
}

void a_state_that_could_not_be_read_again_is_not_saved(const OpenStore& open) {
  const auto store = open();
  const Dossier before = stored_dossier(*store);
  Dossier bad = before;
  bad.modification = std::chrono::sys_days(std::chrono::year(12022) / 3 / 2);

  const Error error = refusal([&] { store->hold(sample_id(), "edit", 0)->save(bad); });

  CHECK(error.code() == ErrorCode::internal);
  CHECK(store->read(sample_id()) == before);
}

void every_dossier_is_visited(const OpenStore& open) {
  const auto store = open();
  const std::set<std::string> ids = {"O5uC72H", "O5uC72I", "abcdefg", "0000000"};
  for (const std::string& id : ids) stored_dossier(*store, id);

  CHECK(ids_in(*store) == ids);
}

/// Of the last state, `age` before the usual date.
Dossier listed(std::string_view id, std::string_view titre, std::chrono::seconds age) {
  Dossier dossier = sample_dossier(id);
  dossier.fields.insert_or_assign("objet", std::string(titre));
  dossier.etats.back().date -= age;
  return dossier;
}

void save_all(port::Store& store, const std::vector<Dossier>& dossiers) {
  for (const Dossier& dossier : dossiers) store.create(dossier.id_d, "create", 0)->save(dossier);
}

/// The identifiers of the page, in order.
std::vector<std::string> page(const port::Store& store, const DossierQuery& query) {
  const DossierPage found = store.query(query);
  CHECK(found.damaged.empty());
  std::vector<std::string> ids;
  for (const Dossier& dossier : found.dossiers) ids.push_back(dossier.id_d.text());
  return ids;
}

using Ids = std::vector<std::string>;

void a_list_is_filtered(const OpenStore& open) {
  const auto store = open();
  Dossier sent = listed("aaaaaaa", "Mandats de MARS 100%", std::chrono::seconds(1));
  sent.etats.back().action = Action::send_tdt;
  sent.fields.insert_or_assign("pes_tedetis_transaction_id", "4321");
  sent.fields.insert_or_assign("nom_fic", "PESALR2_1");
  Dossier elsewhere = listed("bbbbbbb", "Titres d'été", std::chrono::seconds(2));
  elsewhere.id_e = "2";
  elsewhere.type = "pes";
  save_all(*store, {sent, elsewhere});

  CHECK(page(*store, {}) == Ids{"aaaaaaa", "bbbbbbb"});
  CHECK(page(*store, {.id_e = "2", .type = "pes"}) == Ids{"bbbbbbb"});
  CHECK(page(*store, {.id_e = "2", .type = "pes-avec-signature"}).empty());
  CHECK(page(*store, {.states = {Action::termine, Action::send_tdt}}) == Ids{"aaaaaaa"});
  CHECK(page(*store, {.states = {Action::termine}}).empty());
  CHECK(page(*store, {.title_part = "de mars"}) == Ids{"aaaaaaa"});
  CHECK(page(*store, {.title_part = "0%"}) == Ids{"aaaaaaa"});
  CHECK(page(*store, {.title_part = "%T"}).empty());
  CHECK(page(*store, {.title_part = "d_"}).empty());
  CHECK(page(*store, {.title_part = "été"}) == Ids{"bbbbbbb"});
  CHECK(page(*store, {.id_prefix = "bb"}) == Ids{"bbbbbbb"});
  CHECK(page(*store, {.transaction = "4321"}) == Ids{"aaaaaaa"});
  CHECK(page(*store, {.transaction = "432"}).empty());
  CHECK(page(*store, {.nom_fic = "PESALR2_1"}) == Ids{"aaaaaaa"});
  CHECK(page(*store, {.nom_fic = "PESALR2"}).empty());
  CHECK(page(*store, {.id_prefix = "b*"}).empty());
}

void a_list_is_sorted_and_cut_in_pages(const OpenStore& open) {
  using namespace std::chrono_literals;
  const auto store = open();
  save_all(*store,
           {listed("ccccccc", "b", 5s), listed("bbbbbbb", "a", 5s), listed("aaaaaaa", "c", 9s)});
  const auto by_title = [&](SortOrder order) {
    return page(*store, {.sort = SortColumn::titre, .order = order});
  };

  CHECK(page(*store, {}) == Ids{"bbbbbbb", "ccccccc", "aaaaaaa"});
  CHECK(by_title(SortOrder::ascending) == Ids{"bbbbbbb", "ccccccc", "aaaaaaa"});
  CHECK(by_title(SortOrder::descending) == Ids{"aaaaaaa", "ccccccc", "bbbbbbb"});
  CHECK(page(*store, {.limit = 2}) == Ids{"bbbbbbb", "ccccccc"});
  CHECK(page(*store, {.offset = 2, .limit = 2}) == Ids{"aaaaaaa"});
  CHECK(page(*store, {.offset = 4, .limit = 2}).empty());
  CHECK(store->query({.offset = 4, .limit = 2}).total == 3);
}

Dossier with_job(Dossier dossier, int seconds, bool is_lock = false) {
  dossier.job =
      Job{.etat_cible = Action::verif_tdt, .next_try = sample_instant(seconds), .is_lock = is_lock};
  return dossier;
}

Ids due(const port::Store& store, int seconds, std::size_t limit = 100) {
  Ids ids;
  for (const DossierId& id : store.due(sample_instant(seconds), limit).ids) {
    ids.push_back(id.text());
  }
  return ids;
}

void what_is_due_is_told_the_longest_due_first(const OpenStore& open) {
  const auto store = open();
  save_all(*store,
           {with_job(sample_dossier("aaaaaaa"), 30), with_job(sample_dossier("bbbbbbb"), 10),
            with_job(sample_dossier("ccccccc"), 20, true), sample_dossier("ddddddd"),
            with_job(sample_dossier("eeeeeee"), 31)});

  CHECK(due(*store, 9).empty());
  CHECK(due(*store, 30) == Ids{"bbbbbbb", "aaaaaaa"});
  CHECK(due(*store, 30, 1) == Ids{"bbbbbbb"});
}

Dossier of_entity(const std::string& id_e, Dossier dossier) {
  dossier.id_e = id_e;
  return dossier;
}

void entities_are_due_in_turn(const OpenStore& open) {
  const auto store = open();
  save_all(*store, {of_entity("1", with_job(sample_dossier("aaaaaaa"), 1)),
                    of_entity("1", with_job(sample_dossier("bbbbbbb"), 2)),
                    of_entity("1", with_job(sample_dossier("ccccccc"), 3)),
                    of_entity("2", with_job(sample_dossier("ddddddd"), 9)),
                    of_entity("2", with_job(sample_dossier("eeeeeee"), 8))});

  CHECK(due(*store, 10) == Ids{"aaaaaaa", "eeeeeee", "bbbbbbb", "ddddddd", "ccccccc"});
  CHECK(due(*store, 10, 2) == Ids{"aaaaaaa", "eeeeeee"});
}

void dossiers_are_listed_by_their_automatic_action(const OpenStore& open) {
  const auto store = open();
  save_all(*store,
           {with_job(sample_dossier("aaaaaaa"), 30), with_job(sample_dossier("bbbbbbb"), 10),
            with_job(sample_dossier("ccccccc"), 20, true), sample_dossier("ddddddd")});
  const auto by_date = [&](DossierQuery query) {
    query.sort = SortColumn::next_try;
    query.order = SortOrder::ascending;
    return page(*store, query);
  };

  CHECK(by_date({.job = JobFilter::any}) == Ids{"bbbbbbb", "ccccccc", "aaaaaaa"});
  CHECK(by_date({.job = JobFilter::planned}) == Ids{"bbbbbbb", "aaaaaaa"});
  CHECK(by_date({.job = JobFilter::suspended}) == Ids{"ccccccc"});
  CHECK(by_date({.due = sample_instant(29)}) == Ids{"bbbbbbb"});
  CHECK(by_date({.due = sample_instant(9)}).empty());
}

/// The wait is for the best part of a minute, which no test may last.
void news_end_a_wait(const OpenStore& open) {
  using namespace std::chrono_literals;
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto store = open();
  Dossier soon = sample_dossier("aaaaaaa");
  soon.job = Job{.etat_cible = Action::verif_tdt, .next_try = now + 2s};
  save_all(*store, {soon});
  CHECK(store->due(now, 10).ids.empty());

  int asked = 0;
  store->wait_for_news(now + 50s, [&] { return ++asked == 2; });
  CHECK(asked == 2);
  store->wait_for_news(now + 50s, [] { return false; });
  CHECK(std::chrono::system_clock::now() >= soon.job->next_try);
  CHECK(store->due(now + 2s, 10).ids.size() == 1);
  store->wait_for_news(now + 2s, [] { return false; });
}

/// No event tells of a plan: another try, later.
void a_plan_is_known_at_once(const OpenStore& open) {
  const auto store = open();
  save_all(*store, {with_job(sample_dossier("aaaaaaa"), 10)});
  CHECK(due(*store, 10) == Ids{"aaaaaaa"});

  store->hold(sample_id("aaaaaaa"), "run", 0)->save(with_job(sample_dossier("aaaaaaa"), 60));

  CHECK(due(*store, 59).empty());
  CHECK(due(*store, 60) == Ids{"aaaaaaa"});
  CHECK(due(*open(), 60) == Ids{"aaaaaaa"});
}

void an_erased_dossier_is_listed_no_more(const OpenStore& open) {
  const auto store = open();
  save_all(*store, {with_job(sample_dossier("aaaaaaa"), 10), sample_dossier("bbbbbbb")});
  CHECK(page(*store, {}).size() == 2);

  store->hold(sample_id("aaaaaaa"), "delete", 0)->erase();

  CHECK(page(*store, {}) == Ids{"bbbbbbb"});
  CHECK(store->query({}).total == 1);
  CHECK(due(*store, 10).empty());
}

const FlowName flow_name{.nom_fic = "PESALR2_1.xml", .cod_col = "123"};

DossierId id_of(std::string_view text) { return *DossierId::parse(text); }

void a_name_is_for_one_dossier_until_it_lets_go(const OpenStore& open) {
  const auto store = open();
  const DossierId other = id_of("aaaaaaa");
  CHECK_FALSE(store->claim(flow_name, sample_id(), std::nullopt).has_value());
  CHECK_FALSE(store->claim(flow_name, sample_id(), std::nullopt).has_value());

  CHECK(open()->claim(flow_name, other, std::nullopt) == sample_id());
  CHECK_FALSE(store->claim({.nom_fic = "PESALR2_1.xml", .cod_col = "124"}, other, std::nullopt));
  store->let_go(flow_name, other);
  CHECK(store->claim(flow_name, other, std::nullopt) == sample_id());

  store->let_go(flow_name, sample_id());
  CHECK_FALSE(store->claim(flow_name, other, std::nullopt).has_value());
}

void a_name_is_taken_only_from_whom_has_it(const OpenStore& open) {
  const auto store = open();
  const DossierId second = id_of("aaaaaaa");
  const DossierId third = id_of("bbbbbbb");
  CHECK_FALSE(store->claim(flow_name, sample_id(), std::nullopt).has_value());

  CHECK(store->claim(flow_name, second, third) == sample_id());
  CHECK_FALSE(store->claim(flow_name, second, sample_id()).has_value());
  CHECK(store->claim(flow_name, third, sample_id()) == second);
  CHECK(ids_in(*store).empty());
}

void only_one_of_several_processes_gets_a_name(const OpenStore& open) {
  std::vector<ChildProcess> children;
  for (const char* id : {"aaaaaaa", "bbbbbbb", "ccccccc", "ddddddd"}) {
    children.emplace_back([&open, id] {
      if (open()->claim(flow_name, id_of(id), std::nullopt)) ::_exit(1);
    });
  }

  int winners = 0;
  for (ChildProcess& child : children) winners += child.ended_well() ? 1 : 0;

  CHECK(winners == 1);
}

}  // namespace

void store_contract(const OpenStore& open, const OpenJournal& open_journal) {
  SUBCASE("a saved dossier is read back") { a_saved_dossier_is_read_back(open); }
  SUBCASE("what is recorded is in the journal and in the state") {
    what_is_recorded_is_in_the_journal_and_in_the_state(open, open_journal);
  }
  SUBCASE("what the journal refuses changes nothing") {
    what_the_journal_refuses_changes_nothing(open, open_journal);
  }
  SUBCASE("a place where nothing is saved goes") { a_place_that_is_not_saved_goes(open); }
  SUBCASE("a taken identifier is refused") { a_taken_identifier_is_refused(open); }
  SUBCASE("an unknown dossier is told") { an_unknown_dossier_is_told(open); }
  SUBCASE("a held dossier is refused to others, who read it all the same") {
    a_held_dossier_is_refused_to_others(open);
  }
  SUBCASE("only one of several processes creates") { only_one_of_several_processes_creates(open); }
  SUBCASE("the death of a holder is told until the state is saved") {
    the_death_of_a_holder_is_told_until_the_state_is_saved(open);
  }
  SUBCASE("what a dead holder kept is there to be named") {
    what_a_dead_holder_kept_is_there_to_be_named(open);
  }
  SUBCASE("files are kept byte for byte") { files_are_kept_byte_for_byte(open); }
  SUBCASE("the same content is the same file, another content another") {
    the_same_content_is_the_same_file_and_another_content_another(open);
  }
  SUBCASE("files live as long as a state names them") {
    files_live_as_long_as_a_state_names_them(open);
  }
  SUBCASE("an absent source is told and leaves nothing") {
    an_absent_source_is_told_and_leaves_nothing(open);
  }
  SUBCASE("an erased dossier is gone and its identifier is free") {
    an_erased_dossier_is_gone(open);
  }
  SUBCASE("a state is not saved in the place of another") {
    a_state_is_not_saved_in_the_place_of_another(open);
  }
  SUBCASE("a state that could not be read again is not saved") {
    a_state_that_could_not_be_read_again_is_not_saved(open);
  }
  SUBCASE("every dossier is visited") { every_dossier_is_visited(open); }
  SUBCASE("a list is filtered") { a_list_is_filtered(open); }
  SUBCASE("a list is sorted, and cut in pages") { a_list_is_sorted_and_cut_in_pages(open); }
  SUBCASE("what is due is told, the longest due first") {
    what_is_due_is_told_the_longest_due_first(open);
  }
  SUBCASE("entities are due in turn") { entities_are_due_in_turn(open); }
  SUBCASE("dossiers are listed by their automatic action") {
    dossiers_are_listed_by_their_automatic_action(open);
  }
  SUBCASE("news end a wait") { news_end_a_wait(open); }
  SUBCASE("a plan is known at once") { a_plan_is_known_at_once(open); }
  SUBCASE("an erased dossier is listed no more") { an_erased_dossier_is_listed_no_more(open); }
  SUBCASE("a name is for one dossier until it lets go") {
    a_name_is_for_one_dossier_until_it_lets_go(open);
  }
  SUBCASE("a name is taken only from whom has it") { a_name_is_taken_only_from_whom_has_it(open); }
  SUBCASE("only one of several processes gets a name") {
    only_one_of_several_processes_gets_a_name(open);
  }
}

}  // namespace pes::test
