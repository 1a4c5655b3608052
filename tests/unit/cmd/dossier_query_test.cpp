#include "dossier_query.hpp"

#include "pes/error.hpp"
#include "sample.hpp"

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using pes::Dossier;
using pes::cmd::DossierQuery;
using pes::cmd::SortColumn;
using pes::cmd::SortOrder;

namespace {

Dossier dossier(const char* id, const char* titre, std::chrono::seconds age) {
  Dossier result = pes::test::tutorial_dossier();
  result.id_d = *pes::DossierId::parse(id);
  result.fields.insert_or_assign(std::string(pes::field::objet), titre);
  result.etats.back().date = pes::test::tutorial_start() - age;
  return result;
}

std::vector<std::string> ids(const std::vector<Dossier>& dossiers) {
  std::vector<std::string> result;
  for (const Dossier& each : dossiers) result.push_back(each.id_d.text());
  return result;
}

}  // namespace

TEST_SUITE("cmd") {
  TEST_CASE("a page says its position, even when there is nothing") {
    CHECK(pes::cmd::page_of(292, 1, 20).position() == "Position 1 à 20 sur 292");
    CHECK(pes::cmd::page_of(292, 15, 20).position() == "Position 281 à 292 sur 292");
    CHECK(pes::cmd::page_of(0, 1, 20).position() == "Position 1 à 0 sur 0");
  }

  TEST_CASE("a list is filtered by entity, type, state and title") {
    const Dossier one = pes::test::tutorial_dossier();

    CHECK(matches(DossierQuery{}, one));
    CHECK(matches(DossierQuery{.id_e = "2", .type = "pes-avec-signature"}, one));
    CHECK_FALSE(matches(DossierQuery{.id_e = "1"}, one));
    CHECK_FALSE(matches(DossierQuery{.type = "pes"}, one));
    CHECK(matches(DossierQuery{.states = {pes::Action::termine, pes::Action::modification}}, one));
    CHECK_FALSE(matches(DossierQuery{.states = {pes::Action::termine}}, one));
    CHECK(matches(DossierQuery{.title_part = "pes-03"}, one));
    CHECK_FALSE(matches(DossierQuery{.title_part = "avril"}, one));
  }

  TEST_CASE("the last moved comes first, equals follow their identifiers") {
    std::vector<Dossier> dossiers{dossier("ccccccc", "b", 5s), dossier("bbbbbbb", "a", 5s),
                                  dossier("aaaaaaa", "c", 9s)};

    sort(dossiers, SortColumn::date_dernier_etat, SortOrder::descending);
    CHECK(ids(dossiers) == std::vector<std::string>{"bbbbbbb", "ccccccc", "aaaaaaa"});

    sort(dossiers, SortColumn::titre, SortOrder::ascending);
    CHECK(ids(dossiers) == std::vector<std::string>{"bbbbbbb", "ccccccc", "aaaaaaa"});

    sort(dossiers, SortColumn::titre, SortOrder::descending);
    CHECK(ids(dossiers) == std::vector<std::string>{"aaaaaaa", "ccccccc", "bbbbbbb"});
  }

  TEST_CASE("what is no column or no count is refused") {
    CHECK(pes::cmd::parse_sort_column("titre") == SortColumn::titre);
    CHECK_THROWS_AS(pes::cmd::parse_sort_column("title"), pes::Error);
    CHECK(pes::cmd::parse_count("--page", "12") == 12);
    for (const char* text : {"", "0", "-1", "1x", "99999999999999999999"}) {
      CAPTURE(text);
      CHECK_THROWS_AS(pes::cmd::parse_count("--page", text), pes::Error);
    }
  }
}
