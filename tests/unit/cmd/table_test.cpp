#include "ui/table.hpp"

#include <doctest/doctest.h>

using pes::ui::Table;

namespace {

Table states() {
  Table table({{"État", Table::Cut::middle},
               {"Date"},
               {"Utilisateur", Table::Cut::middle, Table::Shown::with_room},
               {"Identifiant", Table::Cut::never, Table::Shown::in_pipes}});
  table.add({"Créé", "02/03/2022 15:48:08", "adminMegalis", "O5uC72H"});
  table.add({"Préparation de l'extraction des informations", "02/03/2022 16:03:01",
             "Action automatique", "O5uC72H"});
  return table;
}

}  // namespace

TEST_SUITE("cmd") {
  TEST_CASE("with room enough every cell is whole and columns are aligned by characters") {
    CHECK(
        states().aligned(100) ==
        "État                                          Date                 Utilisateur\n"
        "Créé                                          02/03/2022 15:48:08  adminMegalis\n"
        "Préparation de l'extraction des informations  02/03/2022 16:03:01  Action automatique\n");
  }

  TEST_CASE("a label that finds no room on one line takes two, broken between words") {
    Table table({{"État", Table::Cut::two_lines}, {"Date"}});
    table.add({"Préparation de l'extraction des informations", "02/03/2022 16:03:01"});
    table.add({"Créé", "02/03/2022 15:48:08"});

    CHECK(table.aligned(50) ==
          "État                           Date\n"
          "Préparation de l'extraction    02/03/2022 16:03:01\n"
          "des informations\n"
          "Créé                           02/03/2022 15:48:08\n");
  }

  TEST_CASE("what two lines cannot hold is shortened in its middle") {
    Table table({{"Id"}, {"Message", Table::Cut::two_lines}});
    table.add({"1", "Intention d'envoi : SHA-256 192ab235bba306824e3e625da1168ef8731ad7e94118"});

    CHECK(table.aligned(28) ==
          "Id  Message\n"
          "1   Intention d'envoi :\n"
          "    SH…da1168ef8731ad7e94118\n");
  }

  TEST_CASE("a text that must be whole takes as many lines as it needs") {
    Table table({{"Id"}, {"Message", Table::Cut::wrapped}});
    table.add({"1", "pas fait pour signer : son usage est digitalSignature"});

    CHECK(table.aligned(24) ==
          "Id  Message\n"
          "1   pas fait pour signer\n"
          "    : son usage est\n"
          "    digitalSignature\n");
  }

  TEST_CASE("without any header there is no line for it") {
    Table table({{""}, {""}});
    table.add({"Objet", "TEST-PES-0322"});

    CHECK(table.aligned(80) == "Objet  TEST-PES-0322\n");
  }

  TEST_CASE("a narrow terminal shortens what may be cut, in its middle") {
    CHECK(states().aligned(70) ==
          "État                           Date                 Utilisateur\n"
          "Créé                           02/03/2022 15:48:08  adminMegalis\n"
          "Préparation de…s informations  02/03/2022 16:03:01  Action automatique\n");
  }

  TEST_CASE("a column that needs room goes before the others become unreadable") {
    CHECK(states().aligned(40) ==
          "État                 Date\n"
          "Créé                 02/03/2022 15:48:08\n"
          "Préparati…ormations  02/03/2022 16:03:01\n");
  }

  TEST_CASE("a pipe gets every column, whole, without a header") {
    CHECK(states().tabbed() ==
          "Créé\t02/03/2022 15:48:08\tadminMegalis\tO5uC72H\n"
          "Préparation de l'extraction des informations\t02/03/2022 16:03:01\tAction "
          "automatique\tO5uC72H\n");
  }

  TEST_CASE("a cell can break neither a row nor a terminal") {
    Table table({{"Titre"}, {"Id"}});

    table.add({"un\tdeux\ntrois\x1B[31m", "x"});

    CHECK(table.tabbed() == "un deux trois [31m\tx\n");
  }

  TEST_CASE("an empty table has a header for a person and nothing for a pipe") {
    const Table table({{"Titre"}, {"Id"}});

    CHECK(table.aligned(80) == "Titre  Id\n");
    CHECK(table.tabbed().empty());
  }
}
