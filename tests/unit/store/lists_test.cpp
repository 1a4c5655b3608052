#include "adapter/store/index.hpp"
#include "pes/error.hpp"
#include "support/child_process.hpp"
#include "unit/store/store_home.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <vector>

using pes::Action;
using pes::Dossier;
using pes::test::ChildProcess;
using pes::test::sample_id;
using pes::test::sample_instant;
using Ids = std::vector<std::string>;

namespace {

/// A home whose changes are journaled, as the flow does.
class Home {
 public:
  Home() {
    pes::create_home(scratch_.path());
    store = pes::make_file_store(scratch_.path());
    journal = pes::make_file_journal(scratch_.path());
  }

  [[nodiscard]] std::filesystem::path path(const std::string& name) const {
    return scratch_.path() / name;
  }
  [[nodiscard]] std::filesystem::path state(const std::string& id) const {
    return path("dossiers") / id.substr(0, 2) / id / "dossier.json";
  }
  [[nodiscard]] std::filesystem::path index() const {
    for (const auto& entry : std::filesystem::directory_iterator(path("index"))) {
      if (entry.path().extension() == ".sqlite") return entry.path();
    }
    FAIL("there is no index");
    return {};
  }

  pes::Event announce(const std::string& id, const std::string& titre) const {
    pes::Event event = pes::test::sample_event();
    event.id_d = sample_id(id);
    event.change = pes::Change{};
    event.change->row = Action::creation;
    event.change->fields.emplace("objet", titre);
    return journal->append(event);
  }
  void create(const std::string& id, const std::string& titre) const {
    const auto held = store->create(sample_id(id), "create", journal->position());
    Dossier dossier{.id_d = sample_id(id), .id_e = "12", .type = "pes"};
    pes::apply(dossier, announce(id, titre));
    held->save(dossier);
  }
  void rename(const std::string& id, const std::string& titre) const {
    const auto held = store->hold(sample_id(id), "edit", journal->position());
    Dossier dossier = held->dossier();
    pes::apply(dossier, announce(id, titre));
    held->save(dossier);
  }

  /// By title, as another process sees them.
  [[nodiscard]] Ids titles() const {
    Ids titles;
    const auto found =
        pes::make_file_store(scratch_.path())
            ->query({.sort = pes::SortColumn::titre, .order = pes::SortOrder::ascending});
    for (const Dossier& dossier : found.dossiers) titles.push_back(dossier.titre());
    CHECK(found.total == titles.size());
    return titles;
  }
  [[nodiscard]] Ids titles_that_hold(const std::string& part) const {
    Ids titles;
    for (const Dossier& dossier :
         pes::make_file_store(scratch_.path())->query({.title_part = part}).dossiers) {
      titles.push_back(dossier.titre());
    }
    return titles;
  }

  std::unique_ptr<pes::port::Store> store;
  std::unique_ptr<pes::port::Journal> journal;

 private:
  pes::test::Scratch scratch_;
};

/// Where a writer is killed, between its event and the index.
enum class Killed { before_saving, after_saving };

void die_renaming(const Home& home, const std::string& id, const std::string& titre,
                  Killed killed) {
  ChildProcess child([&] {
    const auto held = home.store->hold(sample_id(id), "edit", home.journal->position());
    Dossier dossier = held->dossier();
    pes::apply(dossier, home.announce(id, titre));
    if (killed == Killed::after_saving) held->save(dossier);
    ::_exit(0);
  });
  REQUIRE(child.ended_well());
}

}  // namespace

TEST_SUITE("store") {
  TEST_CASE("a list that was made goes on with what is journaled since") {
    const Home home;
    home.create("aaaaaaa", "un");
    CHECK(home.titles() == Ids{"un"});

    home.create("bbbbbbb", "deux");
    home.rename("aaaaaaa", "zéro");

    CHECK(home.titles() == Ids{"deux", "zéro"});
    CHECK(home.titles_that_hold("zé") == Ids{"zéro"});
  }

  TEST_CASE("an index that is thrown away, of another version or damaged is made anew") {
    const Home home;
    home.create("aaaaaaa", "un");
    home.create("bbbbbbb", "deux");
    CHECK(home.titles() == Ids{"deux", "un"});

    SUBCASE("thrown away, even while a store has it open") {
      CHECK(home.store->query({}).total == 2);
      std::filesystem::remove_all(home.path("index"));
      CHECK(home.store->query({}).total == 2);
    }
    SUBCASE("no database") { pes::replace_file(home.index(), std::string(5000, 'x')); }
    SUBCASE("cut") { std::filesystem::resize_file(home.index(), 4096 + 100); }
    SUBCASE("empty") { std::filesystem::resize_file(home.index(), 0); }

    CHECK(home.titles() == Ids{"deux", "un"});
    home.create("ccccccc", "trois");
    CHECK(home.titles() == Ids{"deux", "trois", "un"});
  }

  TEST_CASE("a writer that dies at any point leaves no list that is wrong") {
    const Home home;
    home.create("aaaaaaa", "un");
    home.create("bbbbbbb", "deux");
    CHECK(home.titles() == Ids{"deux", "un"});

    SUBCASE("its state saved") {
      die_renaming(home, "aaaaaaa", "mort", Killed::after_saving);
      CHECK(home.titles() == Ids{"deux", "mort"});
      CHECK(home.titles_that_hold("mort") == Ids{"mort"});
    }
    SUBCASE("its event journaled alone, listed, then replayed by another that dies too") {
      die_renaming(home, "aaaaaaa", "mort", Killed::before_saving);
      CHECK(home.titles() == Ids{"deux", "un"});
      CHECK(home.titles_that_hold("un") == Ids{"un"});
      ChildProcess replaying([&] {
        const auto held = home.store->hold(sample_id("aaaaaaa"), "run", home.journal->position());
        Dossier dossier = held->dossier();
        home.journal->visit(*held->interrupted_since(), [&](const pes::Event& event) {
          if (event.id_d == dossier.id_d && event.id_j > dossier.id_j) pes::apply(dossier, event);
          return true;
        });
        held->save(dossier);
        ::_exit(0);
      });
      REQUIRE(replaying.ended_well());
      CHECK(home.titles_that_hold("mort") == Ids{"mort"});
      CHECK(home.titles_that_hold("un").empty());
    }
    SUBCASE("the same, the index made in between") {
      die_renaming(home, "aaaaaaa", "mort", Killed::before_saving);
      std::filesystem::remove_all(home.path("index"));
      CHECK(home.titles() == Ids{"deux", "un"});
      home.store->hold(sample_id("aaaaaaa"), "run", 0)->save([&] {
        Dossier dossier = home.store->read(sample_id("aaaaaaa"));
        home.journal->visit(0, [&](const pes::Event& event) {
          if (event.id_d == dossier.id_d && event.id_j > dossier.id_j) pes::apply(dossier, event);
          return true;
        });
        return dossier;
      }());
      CHECK(home.titles_that_hold("mort") == Ids{"mort"});
    }
  }

  TEST_CASE("states that somebody changed by hand are shown as they are") {
    const Home home;
    home.create("aaaaaaa", "un");
    home.create("bbbbbbb", "deux");
    CHECK(home.titles() == Ids{"deux", "un"});

    SUBCASE("one is taken away") {
      std::filesystem::remove_all(home.state("aaaaaaa").parent_path());
      CHECK(home.titles() == Ids{"deux"});
    }
    SUBCASE("one is damaged, then mended") {
      const std::string text = pes::read_file(home.state("aaaaaaa"), 65536);
      pes::replace_file(home.state("aaaaaaa"), "{");
      for (int time = 0; time < 2; ++time) {
        const auto found = home.store->query({});
        CHECK(found.total == 1);
        REQUIRE(found.damaged.size() == 1);
        CHECK(found.damaged[0].second.code() == pes::ErrorCode::state_damaged);
        CHECK(home.store->due(sample_instant(), 10).damaged.size() == 1);
      }
      pes::replace_file(home.state("aaaaaaa"), text);
      CHECK(home.titles() == Ids{"deux", "un"});
    }
    SUBCASE("the whole home is that of a backup") {
      std::filesystem::copy(home.path("journal"), home.path("backup-journal"));
      std::filesystem::copy(home.path("dossiers"), home.path("backup-dossiers"),
                            std::filesystem::copy_options::recursive);
      home.create("ccccccc", "trois");
      CHECK(home.titles().size() == 3);
      std::filesystem::remove_all(home.path("journal"));
      std::filesystem::remove_all(home.path("dossiers"));
      std::filesystem::rename(home.path("backup-journal"), home.path("journal"));
      std::filesystem::rename(home.path("backup-dossiers"), home.path("dossiers"));
      CHECK(home.titles() == Ids{"deux", "un"});
      home.create("ddddddd", "quatre et un titre de longueur égale");
      CHECK(home.titles() == Ids{"deux", "quatre et un titre de longueur égale", "un"});
    }
  }

  TEST_CASE("a home in which no index can be kept is listed all the same") {
    const Home home;
    home.create("aaaaaaa", "un");
    // In the way of the folder: root, whom no right stops, may run this.
    pes::replace_file(home.path("index"), "");

    CHECK(home.titles() == Ids{"un"});
    CHECK(pes::read_file(home.path("index"), 10).empty());
  }

  TEST_CASE("why an index cannot be used is told") {
    const Home home;
    home.create("aaaaaaa", "un");
    CHECK_FALSE(pes::index_trouble(home.path({})).has_value());

    std::filesystem::remove_all(home.path("index"));
    pes::replace_file(home.path("index"), "");

    const auto trouble = pes::index_trouble(home.path({}));
    REQUIRE(trouble.has_value());
    CHECK(trouble->message().find(home.path("index").native()) != std::string::npos);
  }

  TEST_CASE("an index that root makes belongs to whom the home belongs to") {
    if (::geteuid() != 0) return;
    constexpr uid_t somebody = 65534;
    const Home home;
    home.create("aaaaaaa", "un");
    REQUIRE(::chown(home.path({}).c_str(), somebody, somebody) == 0);

    CHECK(home.titles() == Ids{"un"});

    for (const auto& path : {home.path("index"), home.path("index/lock"), home.index()}) {
      struct stat facts {};
      CHECK(::stat(path.c_str(), &facts) == 0);
      CHECK(facts.st_uid == somebody);
    }
  }

  TEST_CASE("indexes of machines that were not there for a month go when one is made") {
    const Home home;
    home.create("aaaaaaa", "un");
    std::filesystem::create_directory(home.path("index"));
    const auto now = std::filesystem::file_time_type::clock::now();
    for (const char* name : {"gone.sqlite", "gone.sqlite-wal", "here.sqlite", "here.sqlite-wal"}) {
      pes::replace_file(home.path("index") / name, "x");
      std::filesystem::last_write_time(home.path("index") / name,
                                       now - std::chrono::hours(31 * 24));
    }
    std::filesystem::last_write_time(home.path("index/here.sqlite-wal"), now);

    CHECK(home.titles() == Ids{"un"});

    CHECK_FALSE(std::filesystem::exists(home.path("index/gone.sqlite")));
    CHECK_FALSE(std::filesystem::exists(home.path("index/gone.sqlite-wal")));
    CHECK(std::filesystem::exists(home.path("index/here.sqlite")));
  }

  TEST_CASE("a creation is awaited as long as its maker lives") {
    const Home home;
    home.create("aaaaaaa", "un");
    CHECK(home.titles() == Ids{"un"});
    const auto awaited = [&] {
      home.announce("bbbbbbb", "deux");
      CHECK(home.titles() == Ids{"un"});
      return pes::store::Index(home.index()).awaited().size();
    };

    {
      const auto held = home.store->create(sample_id("bbbbbbb"), "create", 0);
      CHECK(awaited() == 1);
    }
    ChildProcess child([&] {
      const auto held = home.store->create(sample_id("bbbbbbb"), "create", 0);
      ::_exit(0);
    });
    REQUIRE(child.ended_well());

    CHECK(awaited() == 0);
  }

  TEST_CASE("a journal that is damaged hides no dossier") {
    const Home home;
    home.create("aaaaaaa", "un");
    CHECK(home.titles() == Ids{"un"});
    const std::string lines = pes::read_file(home.path("journal/journal.jsonl"), 65536);
    pes::replace_file(home.path("journal/journal.jsonl"), lines + "{\n");

    CHECK(home.titles() == Ids{"un"});
    CHECK(home.titles() == Ids{"un"});
  }

  TEST_CASE("several processes list while others write") {
    const Home home;
    home.create("aaaaaaa", "un");
    std::vector<ChildProcess> children;
    for (int writer = 0; writer < 2; ++writer) {
      children.emplace_back([&, writer] {
        for (int rank = 0; rank < 20; ++rank) {
          home.create("w" + std::to_string(writer) + "xxx" + std::to_string(10 + rank), "x");
        }
      });
    }
    for (int reader = 0; reader < 2; ++reader) {
      children.emplace_back([&] {
        for (int rank = 0; rank < 20; ++rank) (void)home.store->query({});
      });
    }
    for (ChildProcess& child : children) CHECK(child.ended_well());

    CHECK(home.store->query({}).total == 41);
  }
}
