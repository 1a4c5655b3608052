#include "adapter/tdt/s2low_answer.hpp"

#include "support/file.hpp"
#include "support/shared.hpp"

#include <doctest/doctest.h>

#include <string>

using pes::tdt::account_refusal;
using pes::tdt::is_pes_acquit;
using pes::tdt::read_s2low_answer;
using pes::tdt::size_limit_in;

namespace {

std::string sample(const std::string& name) {
  return pes::read_file(pes::test::shared() / "samples" / "tdt" / name, 1'000'000);
}

}  // namespace

TEST_SUITE("tdt") {
  TEST_CASE("the answers of the server are read") {
    if (!pes::test::has_shared()) return;

    const auto accepted = read_s2low_answer(sample("answer_import_ok.xml"), "import");
    const auto refused = read_s2low_answer(sample("answer_import_ko_doublon.xml"), "import");
    const auto status = read_s2low_answer(sample("answer_status_2.xml"), "transaction");

    REQUIRE(accepted);
    CHECK(accepted->id == "123");
    CHECK(accepted->resultat == "OK");
    CHECK(accepted->message == "Téléchargement du fichier réussi.");
    REQUIRE(refused);
    CHECK(refused->id.empty());
    CHECK(refused->resultat == "KO");
    CHECK(refused->message == "doublon détecté. Ce fichier a déjà été posté.");
    REQUIRE(status);
    CHECK(status->id == "12");
    CHECK(status->message == "Transaction 12 dans la file d'attente");
    CHECK(status->status == "2");
  }

  TEST_CASE("accents are read in UTF-8 and in ISO-8859-1 whatever the prolog declares") {
    const std::string prolog = R"(<?xml version="1.0" encoding="ISO-8859-1"?>)";

    const auto utf8 = read_s2low_answer(prolog +
                                            "<transaction ><message>accept\xC3\xA9"
                                            "e</message></transaction>",
                                        "transaction");
    const auto latin1 = read_s2low_answer(prolog +
                                              "<transaction>\t<message>accept\xE9"
                                              "e</message></transaction>",
                                          "transaction");

    REQUIRE(utf8);
    CHECK(utf8->message == "acceptée");
    REQUIRE(latin1);
    CHECK(latin1->message == "acceptée");
  }

  TEST_CASE("what is not the whole document that was expected is no answer") {
    const std::string whole = "<import><id>1</id><resultat>OK</resultat></import>";

    for (const std::string& body :
         {std::string(), std::string("OK"), std::string("KO\nrefus"),
          std::string("<html><body/></html>"), std::string("<transaction/>"),
          whole.substr(0, whole.size() - 1), whole.substr(0, 20)}) {
      CAPTURE(body);
      CHECK_FALSE(read_s2low_answer(body, "import"));
    }
    CHECK(read_s2low_answer(whole, "import"));
  }

  TEST_CASE("a refused account is KO and a line end, whatever follows") {
    CHECK(account_refusal("KO\nLe certificat n&#039;est pas valide : aucun compte trouv\xE9\n") ==
          "Le certificat n'est pas valide : aucun compte trouvé");
    CHECK(account_refusal("KO\nLa connexion n&#039;a pas pu ?tre ?tablie\n") ==
          "La connexion n'a pas pu ?tre ?tablie");
    CHECK(account_refusal("KO") == "");
    CHECK_FALSE(account_refusal("OK"));
    CHECK_FALSE(account_refusal("KOALA"));
    CHECK_FALSE(account_refusal("<import><resultat>KO</resultat></import>"));
  }

  TEST_CASE("an acquit is recognised by its root") {
    CHECK(is_pes_acquit("<PES_ACQUIT/>"));
    CHECK(is_pes_acquit("<n:PES_ACQUIT xmlns:n=\"urn:x\"></n:PES_ACQUIT>"));
    CHECK_FALSE(is_pes_acquit("<PES_ACQUIT>"));
    CHECK(is_pes_acquit("<PES_NonAcquit/>"));
    CHECK(is_pes_acquit("<pes_acquit/>"));
    CHECK_FALSE(is_pes_acquit("<a><PES_ACQUIT/></a>"));
    CHECK_FALSE(is_pes_acquit("<br>helios Tansaction_class: sendAcquit"));
    CHECK_FALSE(is_pes_acquit(""));
  }

  TEST_CASE("a refusal that tells the largest size is read") {
    CHECK(size_limit_in("Taille de fichier supérieure à la limite autorisée (128 Mo maximum).") ==
          128ULL * 1024 * 1024);
    CHECK(size_limit_in("Taille de fichier supérieure à la limite autorisée (100 Mo maximum)") ==
          100ULL * 1024 * 1024);
    for (const char* other :
         {"", "doublon détecté. Ce fichier a déjà été posté.", " Mo maximum", "( Mo maximum)",
          "(99999999999999999999999 Mo maximum)",
          "Aucune enveloppe trouvée : la taille de l'enveloppe dépasse probablement la taille "
          "maximum"}) {
      CAPTURE(other);
      CHECK_FALSE(size_limit_in(other));
    }
  }

  TEST_CASE("acquits of the field are recognised in their own encoding") {
    if (!pes::test::has_shared()) return;

    for (const char* name : {"pes_acquit.xml", "pes_acquit_not_valid.xml", "pastell_pes_acquit.xml",
                             "constructed_pes_acquit_bordereau_ko.xml"}) {
      CAPTURE(name);
      CHECK(is_pes_acquit(sample(name)));
    }
    CHECK_FALSE(is_pes_acquit(sample("pes_retour.xml")));
    CHECK_FALSE(is_pes_acquit(sample("wrong_root.xml")));
  }
}
