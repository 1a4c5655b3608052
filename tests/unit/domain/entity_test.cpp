#include "pes/entity.hpp"

#include "pes/error.hpp"

#include <doctest/doctest.h>

using pes::Entity;
using pes::EntityTree;

namespace {

EntityTree tutorial() {
  return EntityTree({{.id_e = "2", .denomination = "test", .entite_mere = "1"},
                     {.id_e = "1", .denomination = "zTest_Megalis", .entite_mere = "0"},
                     {.id_e = "3", .denomination = "Commune", .entite_mere = ""}});
}

pes::ErrorCode refusal(std::vector<Entity> entities) {
  try {
    const EntityTree tree(std::move(entities));
  } catch (const pes::Error& error) {
    return error.code();
  }
  return pes::ErrorCode::internal;
}

}  // namespace

TEST_SUITE("domain") {
  TEST_CASE("an entity is found by number, by name and by path") {
    const EntityTree tree = tutorial();

    CHECK(tree.find("2").denomination == "test");
    CHECK(tree.find("test").id_e == "2");
    CHECK(tree.find("zTest_Megalis/test").id_e == "2");
    CHECK(tree.path("2") == "Entité Racine / zTest_Megalis / test");
    CHECK(tree.depth("2") == 2);
    CHECK(tree.line_of("2") == std::vector<std::string>{"2", "1"});
  }

  TEST_CASE("the tree is listed depth first, by denomination") {
    const EntityTree tree = tutorial();
    std::vector<std::string> names;
    for (const Entity& entity : tree.all()) names.push_back(entity.denomination);

    CHECK(names == std::vector<std::string>{"Commune", "zTest_Megalis", "test"});
  }

  TEST_CASE("a name that several entities bear designates none") {
    const EntityTree tree({{.id_e = "1", .denomination = "A"},
                           {.id_e = "2", .denomination = "B"},
                           {.id_e = "3", .denomination = "compta", .entite_mere = "1"},
                           {.id_e = "4", .denomination = "compta", .entite_mere = "2"}});

    CHECK_THROWS_AS(static_cast<void>(tree.find("compta")), pes::Error);
    CHECK(tree.find("B/compta").id_e == "4");
  }

  TEST_CASE("a tree that hangs together badly is refused") {
    using enum pes::ErrorCode;
    CHECK(refusal({{.id_e = "1", .denomination = "A", .entite_mere = "9"}}) == config_invalid);
    CHECK(refusal({{.id_e = "1", .denomination = "A", .entite_mere = "2"},
                   {.id_e = "2", .denomination = "B", .entite_mere = "1"}}) == config_invalid);
    CHECK(refusal({{.id_e = "1", .denomination = "A"}, {.id_e = "1", .denomination = "B"}}) ==
          config_invalid);
    CHECK(refusal({{.id_e = "1", .denomination = " "}}) == config_invalid);
    CHECK(refusal({{.id_e = "0", .denomination = "A"}}) == config_invalid);
  }

  TEST_CASE("a SIREN has nine digits and Luhn's key") {
    CHECK_NOTHROW(EntityTree({{.id_e = "1", .denomination = "A", .siren = "732829320"}}));
    CHECK(refusal({{.id_e = "1", .denomination = "A", .siren = "732829321"}}) ==
          pes::ErrorCode::config_invalid);
    CHECK(refusal({{.id_e = "1", .denomination = "A", .siren = "73282932"}}) ==
          pes::ErrorCode::config_invalid);
  }

  TEST_CASE("an entity is found by a SIRET of its SIREN") {
    const EntityTree tree(
        {{.id_e = "1", .denomination = "Commune", .siren = "732829320"},
         {.id_e = "2", .denomination = "Ancienne", .siren = "000000000", .is_active = false},
         {.id_e = "3", .denomination = "CCAS", .siren = "356000000"},
         {.id_e = "4", .denomination = "Régie", .siren = "356000000"},
         {.id_e = "5", .denomination = "Sans numéro"}});
    const auto refused = [&](const char* siret) {
      try {
        (void)tree.find_by_siret(siret);
      } catch (const pes::Error& error) {
        return error.code() == pes::ErrorCode::entity_unknown;
      }
      return false;
    };

    CHECK(tree.find_by_siret("73282932000074").id_e == "1");
    CHECK(tree.find_by_siret("73282932000082").id_e == "1");
    CHECK(refused(""));
    CHECK(refused("73282932"));
    CHECK(refused("00000000000018"));
    CHECK(refused("35600000000048"));
    CHECK(refused("55210055400013"));
  }

  TEST_CASE("zeros that a SIRET lost are put back") {
    const EntityTree tree({{.id_e = "1", .denomination = "Commune", .siren = "005520242"}});

    CHECK(tree.find_by_siret("552024200012").id_e == "1");
  }
}
