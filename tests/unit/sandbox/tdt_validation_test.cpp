#include "support/scratch.hpp"
#include "unit/sandbox/client.hpp"
#include "unit/sandbox/flows.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>

namespace pes::test {
namespace {

FlowText valid() {
  FlowText flow;
  flow.body = depense("1");
  return flow;
}

std::string without(std::string text, const std::string& part) {
  const std::size_t begin = text.find(part);
  REQUIRE(begin != std::string::npos);
  return text.erase(begin, part.size());
}

std::string replaced(std::string text, const std::string& part, const std::string& by) {
  const std::size_t begin = text.find(part);
  REQUIRE(begin != std::string::npos);
  return text.replace(begin, part.size(), by);
}

/// The message of the transaction once the validation worker has seen it.
std::string validated(Bench& bench, const std::string& bytes) {
  const std::string id = bench.import_accepted(bytes);
  CHECK(bench.status(id) == "-1");
  return bench.message(id);
}

/// Imports what is valid and looks twice: validation, then sending.
std::string sent(Bench& bench, const std::string& bytes) {
  const std::string id = bench.import_accepted(bytes);
  CHECK(bench.status(id) == "2");
  CHECK(bench.status(id) == "-1");
  return bench.message(id);
}

TEST_SUITE("sandbox") {
  TEST_CASE("a sound flow goes through 2, 3 and 8") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    const std::string id = bench.import_accepted(valid().bytes());

    CHECK(bench.status(id) == "2");
    CHECK(bench.status(id) == "3");
    CHECK(bench.status(id) == "8");
    CHECK(bench.status(id) == "8");
    CHECK(bench.message(id) == "Transaction 1 : information disponible");
  }

  TEST_CASE("validation refuses with S²LOW's messages") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    FlowText flow = valid();

    SUBCASE("encoding") {
      flow.prolog = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
      CHECK(validated(bench, flow.bytes()) ==
            "Transaction 1 : ce fichier n&#039;est pas encodé en ISO-8859-1");
    }
    SUBCASE("encoding declared too far") {
      flow.prolog = "<?xml version=\"1.0\"                         encoding=\"ISO-8859-1\"?>";
      CHECK(validated(bench, flow.bytes()) ==
            "Transaction 1 : ce fichier n&#039;est pas encodé en ISO-8859-1");
    }
    SUBCASE("not XML") {
      CHECK(validated(bench, without(flow.bytes(), "</n:PES_Aller>")) ==
            "Transaction 1 : ce fichier n&#039;est pas en XML");
    }
    SUBCASE("nothing to account for") {
      flow.body.clear();
      CHECK(validated(bench, flow.bytes()) ==
            "Transaction 1 : ce fichier ne contient ni bordereau, ni PJ, ni marché");
    }
    SUBCASE("blocks of a namespace do not count") {
      flow.body = "<n:PES_DepenseAller/>";
      CHECK(validated(bench, flow.bytes()) ==
            "Transaction 1 : ce fichier ne contient ni bordereau, ni PJ, ni marché");
    }
    SUBCASE("no NomFic") {
      flow.nom_fic.clear();
      CHECK(validated(bench, flow.bytes()) ==
            "Transaction 1 : La balise Enveloppe/Parametre/NomFic n&#039;est pas présente ou est "
            "vide");
    }
    SUBCASE("CodCol too long") {
      flow.header = replaced(flow.header, "\"123\"", "\"1234\"");
      CHECK(validated(bench, flow.bytes()) == "Transaction 1 : Le CodCol est trop long");
    }
    SUBCASE("IdColl too long") {
      flow.header = replaced(flow.header, "12345678912345", "123456789123456");
      CHECK(validated(bench, flow.bytes()) == "Transaction 1 : La balise IdCol est trop longue");
    }
  }

  TEST_CASE("a file changed on the platform is refused") {
    const Scratch scratch;
    sandbox::Options options = options_in(scratch.path());
    options.automatic_ticks = false;
    Bench bench(options);
    const std::string id = bench.import_accepted(flow_named("A"));

    SUBCASE("before validation") {
      write(scratch.path() / "tdt/transactions/1/pes.xml", flow_named("B"));
      sandbox::tick(options);
      CHECK(bench.message(id) == "Le fichier a été modifé depuis son postage sur la plateforme");
    }
    SUBCASE("before sending") {
      sandbox::tick(options);
      write(scratch.path() / "tdt/transactions/1/pes.xml", flow_named("B"));
      sandbox::tick(options);
      CHECK(bench.message(id) ==
            "Transaction 1 : le fichier a été altéré depuis son postage ou sa signature sur la "
            "plateforme\n");
    }
    CHECK(bench.status(id) == "-1");
  }

  TEST_CASE("NomFic and CodCol together are unique on the platform once validated") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    FlowText flow = valid();
    REQUIRE(bench.status(bench.import_accepted(flow.bytes())) == "2");

    SUBCASE("same pair") {
      flow.body = depense("2");
      CHECK(validated(bench, flow.bytes()) ==
            "Transaction 2 : ce fichier existe déjà sur la plateforme");
    }
    SUBCASE("another CodCol") {
      flow.header = replaced(flow.header, "\"123\"", "\"124\"");
      CHECK(bench.status(bench.import_accepted(flow.bytes())) == "2");
    }
  }

  TEST_CASE("a flow refused before the reservation leaves its NomFic free") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    FlowText flow = valid();
    flow.body.clear();
    REQUIRE(bench.status(bench.import_accepted(flow.bytes())) == "-1");

    CHECK(bench.status(bench.import_accepted(valid().bytes())) == "2");
  }

  TEST_CASE("a flow refused after the reservation keeps its NomFic for ever") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    FlowText flow = valid();
    flow.header = replaced(flow.header, "12345678912345", "123456789123456");
    REQUIRE(bench.status(bench.import_accepted(flow.bytes())) == "-1");

    CHECK(validated(bench, valid().bytes()) ==
          "Transaction 2 : ce fichier existe déjà sur la plateforme");
  }

  TEST_CASE("sending refuses with S²LOW's messages") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    FlowText flow = valid();

    SUBCASE("no CodCol") {
      flow.header = without(flow.header, "<CodCol V=\"123\"/>");
      CHECK(sent(bench, flow.bytes()) ==
            "Transaction 1 : La balise EnTetePES/CodCol ou EnTetePES/CodColl n&#039;est pas "
            "présente ou est vide");
    }
    SUBCASE("short CodCol") {
      flow.header = replaced(flow.header, "\"123\"", "\"12\"");
      CHECK(sent(bench, flow.bytes()) ==
            "Transaction 1 : Non-conformité PES aller : la balise EnTetePES/CodCol ou "
            "EnTetePES/CodColl contient 2 caractères (3 attendus).");
    }
    SUBCASE("IdPost") {
      flow.header = replaced(flow.header, "034000", "0340000");
      CHECK(sent(bench, flow.bytes()) ==
            "Transaction 1 : Non-conformité PES aller : la balise EnTetePES/IdPost contient 7 "
            "caractères (6 attendus).");
    }
    SUBCASE("CodBud") {
      flow.header = without(flow.header, "<CodBud V=\"12\"/>");
      CHECK(sent(bench, flow.bytes()) ==
            "Transaction 1 : La balise EnTetePES/CodBud n&#039;est pas présente ou est vide");
    }
  }

  TEST_CASE("what S²LOW does not look at is accepted") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    FlowText flow = valid();

    SUBCASE("another root") { flow.root = "Autre"; }
    SUBCASE("an encoding that only begins like the right one") {
      flow.prolog = "<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?>";
    }
    SUBCASE("UTF-8 bytes under an ISO declaration") {
      flow.body += "<PES_PJ><A V=\"é\"/></PES_PJ>";
    }
    SUBCASE("no IdColl") { flow.header = without(flow.header, "<IdColl V=\"12345678912345\"/>"); }
    CHECK(bench.status(bench.import_accepted(flow.bytes())) == "2");
  }

  TEST_CASE("an acknowledgement of PES retour ends in 24") {
    const Scratch scratch;
    Bench bench(options_in(scratch.path()));
    FlowText flow = valid();
    flow.root = "PES_ACQUIT_RETOUR";
    flow.header = replaced(flow.header, "CodCol V", "CodColl V");
    flow.body = "<ACQUIT_RETOUR/>";

    const std::string id = bench.import_accepted(flow.bytes());

    CHECK(bench.status(id) == "2");
    CHECK(bench.status(id) == "24");
    CHECK(bench.message(id) == "Transaction 1 transmise au serveur.");
    CHECK(bench.status(id) == "24");
  }

  TEST_CASE("explicit ticks move each transaction by one step") {
    const Scratch scratch;
    sandbox::Options options = options_in(scratch.path());
    options.automatic_ticks = false;
    Bench bench(options);
    const std::string id = bench.import_accepted(flow_named("A"));
    CHECK(bench.status(id) == "1");

    CHECK(sandbox::tick(options).validated == 1);
    CHECK(bench.status(id) == "2");
    CHECK(sandbox::tick(options).sent == 1);
    CHECK(bench.status(id) == "3");
    CHECK(sandbox::tick(options).answered == 1);
    CHECK(bench.status(id) == "8");

    const sandbox::TickResult rest = sandbox::tick(options);
    CHECK(rest.validated + rest.sent + rest.answered + rest.archived == 0);
  }
}

}  // namespace
}  // namespace pes::test
