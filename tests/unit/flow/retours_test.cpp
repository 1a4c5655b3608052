#include "pes/retours.hpp"

#include "support/refusal.hpp"
#include "support/scratch.hpp"
#include "unit/flow/bench.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

using pes::Entity;
using pes::EntityTree;
using pes::Error;
using pes::ErrorCode;
using pes::flow::FetchedRetour;
using pes::flow::Marking;
using pes::flow::RetourOrder;
using pes::port::Retour;
using pes::test::Bench;
using pes::test::refusal;
using namespace std::chrono_literals;

namespace {

const pes::Instant now = std::chrono::sys_days(std::chrono::year(2022) / 3 / 2) + 14h;
constexpr const char* siren_of_2 = "219900016";

std::string retour_for(const std::string& siret) {
  return "<PES_Retour><Enveloppe><Parametres><TypFic V=\"PES2R_DEP\"/></Parametres></Enveloppe>"
         "<EnTetePES><IdColl V=\"" +
         siret +
         "\"/></EnTetePES><PES_DepenseRetour><EnTeteDepense><TypRestit V=\"01\"/>"
         "</EnTeteDepense></PES_DepenseRetour></PES_Retour>";
}

/// A home whose entity 2 has a SIREN.
struct Desk : Bench {
  Desk() : Bench(now) {
    settings.set_entities(
        EntityTree({{.id_e = "1", .denomination = "Ville", .entite_mere = "0"},
                    {.id_e = "2", .denomination = "CCAS", .siren = siren_of_2, .entite_mere = "1"},
                    {.id_e = "3", .denomination = "Régie", .entite_mere = "1"}}));
    retours = pes::make_file_retours(home());
  }

  std::vector<FetchedRetour> fetch(Marking marking = Marking::mark_as_read,
                                   std::vector<std::string> only = {}) {
    const RetourOrder order{.id_e = "1", .only = std::move(only), .marking = marking};
    return pes::flow::fetch_retours(services, *retours, tdt, order);
  }

  std::vector<Retour> kept() const {
    std::vector<Retour> all;
    retours->visit([&](const Retour& retour) { all.push_back(retour); },
                   [](const std::string&, const Error& error) { throw error; });
    return all;
  }

  std::unique_ptr<pes::port::Retours> retours;
};

class FullDisk final : public pes::port::Retours {
 public:
  bool keep(const Retour&, std::string_view) override {
    throw Error(ErrorCode::io_failed, "disque plein");
  }
  [[nodiscard]] Retour read(std::string_view) const override { return {}; }
  void visit(const std::function<void(const Retour&)>&,
             const std::function<void(const std::string&, const Error&)>&) const override {}
  [[nodiscard]] std::vector<Retour> beginning_with(std::string_view, std::size_t) const override {
    return {};
  }
  [[nodiscard]] pes::ReadableFile readable(const Retour&) const override { return {}; }
};

}  // namespace

TEST_SUITE("flow") {
  TEST_CASE("one that cannot be kept is journaled, stays unread, and ends the fetching") {
    Desk desk;
    desk.tdt.retours["5"] = retour_for("1");
    desk.tdt.retours["6"] = retour_for("2");
    desk.retours = std::make_unique<FullDisk>();

    const auto fetched = desk.fetch();

    REQUIRE(fetched.size() == 1);
    REQUIRE(fetched[0].error);
    CHECK(fetched[0].error->code() == ErrorCode::io_failed);
    CHECK_FALSE(fetched[0].retour);
    CHECK(desk.tdt.marked.empty());
    CHECK(desk.events().size() == 1);
  }

  TEST_CASE("a PES Retour is journaled, kept as it came, then marked as read") {
    Desk desk;
    desk.tdt.retours["5"] = retour_for("21990001600011");
    desk.tdt.before_marking = [&](const std::string& id) {
      REQUIRE(desk.kept().size() == 1);
      CHECK(desk.kept().front().tdt_id == id);
      CHECK(desk.events().size() == 1);
    };

    const auto fetched = desk.fetch();

    REQUIRE(fetched.size() == 1);
    CHECK(fetched[0].is_new);
    CHECK(fetched[0].is_marked);
    CHECK_FALSE(fetched[0].error);
    const Retour retour = desk.kept().front();
    CHECK(pes::flow::retour_bytes(*desk.retours, retour) == desk.tdt.retours["5"]);
    CHECK(retour.nom == "PES2R_5.xml");
    CHECK(retour.received == "2022-03-02");
    CHECK(retour.fetched == now);
    CHECK(retour.typ_restit == "01");
    CHECK(retour.domaines == "PES_DepenseRetour");
    CHECK(retour.id.starts_with("5-"));
    CHECK(desk.tdt.marked == std::set<std::string>{"5"});
    REQUIRE(desk.events().size() == 2);
    CHECK(desk.events()[0].message.find(retour.sha256) != std::string::npos);
    CHECK(desk.events()[1].message.find("marqué comme lu") != std::string::npos);
    CHECK(desk.fetch().empty());
  }

  TEST_CASE("what was kept and not marked is marked the next time, and not fetched again") {
    Desk desk;
    desk.tdt.retours["5"] = retour_for("1");
    desk.tdt.before_marking = [](const std::string&) {
      throw Error(ErrorCode::service_unexpected, "500");
    };
    const auto first = desk.fetch();
    REQUIRE(first.size() == 1);
    CHECK(first[0].error);
    CHECK(first[0].retour);
    CHECK_FALSE(first[0].is_marked);

    desk.tdt.before_marking = [](const std::string&) {};
    const auto second = desk.fetch();

    REQUIRE(second.size() == 1);
    CHECK_FALSE(second[0].is_new);
    CHECK(second[0].is_marked);
    CHECK(desk.tdt.downloads["5"] == 1);
    CHECK(desk.kept().size() == 1);
  }

  TEST_CASE("one that was altered here is not taken from the TdT's list") {
    Desk desk;
    desk.tdt.retours["5"] = retour_for("1");
    desk.fetch(Marking::leave_unread);
    pes::test::write(desk.retours->readable(desk.kept().front()).path(), "autre chose");

    const auto fetched = desk.fetch();

    REQUIRE(fetched.size() == 1);
    REQUIRE(fetched[0].error);
    CHECK(fetched[0].error->code() == ErrorCode::state_damaged);
    CHECK(desk.tdt.marked.empty());
  }

  TEST_CASE("left unread, they stay in the TdT's list and are kept once") {
    Desk desk;
    desk.tdt.retours["5"] = retour_for("1");

    CHECK(desk.fetch(Marking::leave_unread)[0].is_new);
    CHECK_FALSE(desk.fetch(Marking::leave_unread)[0].is_new);

    CHECK(desk.tdt.marked.empty());
    CHECK(desk.kept().size() == 1);
  }

  TEST_CASE("one failure does not stop the others, unless they would fail as well") {
    Desk desk;
    for (const char* id : {"1", "2", "3"}) desk.tdt.retours[id] = retour_for(id);
    ErrorCode code = ErrorCode::service_refused;
    desk.tdt.before_marking = [&](const std::string& id) {
      if (id == "2") throw Error(code, "non");
    };
    SUBCASE("refused") {
      CHECK(desk.fetch().size() == 3);
      CHECK(desk.tdt.marked == std::set<std::string>{"1", "3"});
    }
    SUBCASE("out of reach") {
      code = ErrorCode::service_unreachable;
      CHECK(desk.fetch().size() == 2);
      CHECK(desk.tdt.marked == std::set<std::string>{"1"});
    }
  }

  TEST_CASE("a number is fetched even when somebody has read it") {
    Desk desk;
    desk.tdt.retours["5"] = retour_for("1");
    desk.tdt.retours["6"] = retour_for("2");
    desk.tdt.marked.insert("5");

    CHECK(desk.fetch(Marking::mark_as_read, {"5"})[0].is_new);
    CHECK(desk.fetch(Marking::mark_as_read, {"9"})[0].error->code() == ErrorCode::service_refused);

    CHECK(desk.kept().size() == 1);
    CHECK(desk.tdt.marked == std::set<std::string>{"5"});
  }

  TEST_CASE("a PES Retour goes to the entity of its SIRET") {
    Desk desk;
    const auto owner = [&](const std::string& siret) {
      desk.tdt.retours.clear();
      desk.tdt.retours["5" + siret] = retour_for(siret);
      const Retour retour = *desk.fetch().front().retour;
      return retour.id_e + " " + retour.rattachement;
    };

    SUBCASE("the only one of its SIREN") { CHECK(owner("21990001600011") == "2 siren"); }
    SUBCASE("the one that sent flows of it, leading zeros or not") {
      pes::flow::create(desk.services,
                        {.type = "pes",
                         .id_e = "3",
                         .objet = "TEST",
                         .file = std::filesystem::path(PES_TEST_DATA) / "pes" / "test-032022.xml"});
      pes::flow::send(desk.services, [&] {
        pes::DossierId id;
        desk.store->visit([&](const pes::Dossier& dossier) { id = dossier.id_d; },
                          [](const pes::DossierId&, const Error&) {});
        return id;
      }());
      pes::test::run_due(desk.services, desk.partners);
      CHECK(owner("18") == "3 flux");
      CHECK(owner("00000000000018") == "3 flux");
    }
    SUBCASE("the one that asked, when nothing tells") {
      CHECK(owner("99999999999999") == "1 compte");
      CHECK(owner("") == "1 compte");
    }
  }

  TEST_CASE("one that cannot be read is kept all the same") {
    Desk desk;
    desk.tdt.retours["5"] = "<PES_Retour>\xE9";

    const auto fetched = desk.fetch();

    CHECK_FALSE(fetched[0].error);
    CHECK(desk.kept().front().id_coll.empty());
    CHECK(desk.kept().front().rattachement == "compte");
    CHECK(pes::flow::retour_bytes(*desk.retours, desk.kept().front()) == desk.tdt.retours["5"]);
  }

  TEST_CASE("reading one is journaled") {
    Desk desk;
    desk.tdt.retours["5"] = retour_for("1");
    desk.fetch();

    pes::flow::record_consultation(desk.services, desk.kept().front());

    CHECK(desk.events().back().type == pes::EventType::consultation);
    CHECK(desk.events().back().message.starts_with("adminMegalis a consulté le PES Retour 5-"));
  }
}
