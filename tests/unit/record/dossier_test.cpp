#include "record/dossier.hpp"

#include "support/file.hpp"
#include "support/refusal.hpp"
#include "support/sample_dossier.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using pes::test::refusal;
using pes::test::sample_dossier;

namespace {

std::string released() {
  return pes::read_file(std::string(PES_TEST_DATA) + "/record/dossier-1.json", 65536);
}

pes::record::Source here() {
  return {.name = [] { return "dossier.json"; }};
}

/// The released document with one piece of text replaced.
std::string with(std::string_view piece, std::string_view other) {
  std::string text = released();
  const std::size_t begin = text.find(piece);
  REQUIRE(begin != std::string::npos);
  return text.replace(begin, piece.size(), other);
}

}  // namespace

TEST_SUITE("record") {
  TEST_CASE("a state of schema 1 is read whole") {
    const pes::Dossier dossier = pes::record::read_dossier(released(), here());

    CHECK(dossier.id_d.text() == "O5uC72H");
    CHECK(dossier.id_e == "12");
    CHECK(dossier.type == "pes-avec-signature");
    CHECK(dossier.creation == pes::test::sample_instant(-3600));
    CHECK(dossier.value("objet") == "TEST-PES-0322");
    REQUIRE(dossier.file("fichier_pes") != nullptr);
    CHECK(dossier.file("fichier_pes")->name == "PESALR1-é.xml");
    CHECK(dossier.file("fichier_pes")->size == 6);
    REQUIRE(dossier.etats.size() == 2);
    CHECK(dossier.etats[1].action == pes::Action::pre_send_tdt);
    CHECK(dossier.etats[1].user == pes::automaton());
    CHECK(dossier.etats[1].id_j == 3);
    CHECK(dossier.readers == std::set<std::string, std::less<>>{"7"});
    REQUIRE(dossier.job.has_value());
    CHECK(dossier.job->etat_cible == pes::Action::send_tdt);
    CHECK(dossier.job->nb_try == 1);
    CHECK(dossier.job->last_message == "attente");
    REQUIRE(dossier.attempt.has_value());
    CHECK(dossier.attempt->kind == pes::Attempt::Kind::tdt_import);
    CHECK(dossier.attempt->nom_fic == "PESALR1-é.xml");
    CHECK(dossier.attempt->transfert_id.empty());
    CHECK(dossier.id_j == 4);
  }

  TEST_CASE("a state is written as it was released, byte for byte") {
    const pes::Dossier dossier = pes::record::read_dossier(released(), here());

    CHECK(pes::record::write_dossier(dossier) == released());
  }

  TEST_CASE("a dossier without job, attempt or event is read back") {
    pes::Dossier dossier = sample_dossier();
    dossier.id_j_sha256.clear();

    CHECK(pes::record::read_dossier(pes::record::write_dossier(dossier), here()) == dossier);
  }

  TEST_CASE("failures in a row and their reason are read back") {
    pes::Dossier dossier = sample_dossier();
    dossier.job = pes::Job{
        .next_try = pes::test::sample_instant(), .failures = 2, .reason = "service.unreachable"};

    CHECK(pes::record::read_dossier(pes::record::write_dossier(dossier), here()) == dossier);
  }

  TEST_CASE("an attempt that the TdT received under a number unknown is read back") {
    pes::Dossier dossier = sample_dossier();
    dossier.attempt = pes::Attempt{.id = "O5uC72H-1",
                                   .started = pes::test::sample_instant(),
                                   .sha256 = std::string(64, 'a'),
                                   .unknown = true,
                                   .received = true};
    CHECK(pes::record::read_dossier(pes::record::write_dossier(dossier), here()) == dossier);
  }

  TEST_CASE("keys that are not known are passed over") {
    const std::string text = with("\"id_e\"", "\"later\": {\"a\": [1]}, \"id_e\"");

    CHECK(pes::record::read_dossier(text, here()) == pes::record::read_dossier(released(), here()));
  }

  TEST_CASE("a newer schema is refused as such, whatever else the document holds") {
    const auto code = [](std::string_view text) {
      return refusal([&] { pes::record::read_dossier(text, here()); }).code();
    };

    CHECK(code(with("pes.dossier/1", "pes.dossier/2")) == pes::ErrorCode::state_newer);
    CHECK(code(R"({"schema": "pes.dossier/12"})") == pes::ErrorCode::state_newer);
  }

  TEST_CASE("what is not a state is told with its file and key") {
    const std::vector<std::pair<std::string, std::string>> faults = {
        {"", "not JSON"},
        {released().substr(0, released().size() / 2), "not JSON"},
        {"[]", "not a JSON object"},
        {"{}", "schema"},
        {with("pes.dossier/1", "pes.event/1"), "schema"},
        {with("pes.dossier/1", "pes.dossier/0"), "schema"},
        {with("pes.dossier/1", "pes.dossier/01x"), "schema"},
        {with("pes.dossier/1", "pes.dossier"), "schema"},
        {with("\"O5uC72H\"", "\"O5uC72\""), "id_d"},
        {with("\"12\"", "12"), "id_e"},
        {with("2022-03-02T14:48:08Z", "2022-03-02"), "creation"},
        {with("\"1\"", "true"), "data.envoi_sae"},
        {with("fichier_pes-", "../fichier_pes-"), "files.fichier_pes.path"},
        {with(": 6", ": -6"), "files.fichier_pes.size"},
        {with(": 6", ": \"6\""), "files.fichier_pes.size"},
        {with("\"pre-send-tdt\"", "\"pre-send\""), "etats[1].action"},
        {with("\"send-tdt\"", "null"), "job.etat_cible"},
        {with("\"nb_try\": 1", "\"nb_try\": 3000000000"), "job.nb_try"},
        {with("\"is_lock\": false", "\"is_lock\": 0"), "job.is_lock"},
        {with("tdt-import", "tdt"), "attempt.kind"},
        {with("\"unknown\"", "\"unknow\""), "attempt.unknown"},
        {with("\"id_j\": 4", "\"id_j\": 4.5"), "id_j"},
        {with("48d1e1d0", "48D1E1D0"), "id_j_sha256"},
    };
    for (const auto& fault : faults) {
      CAPTURE(fault.second);
      const pes::Error error = refusal([&] { pes::record::read_dossier(fault.first, here()); });

      CHECK(error.code() == pes::ErrorCode::state_damaged);
      CHECK(error.message().find("dossier.json") == 0);
      CHECK(error.message().find(fault.second) != std::string::npos);
    }
  }

  TEST_CASE("a dossier without any row is damaged") {
    pes::Dossier dossier = sample_dossier();
    dossier.etats.clear();
    const std::string text = pes::record::write_dossier(dossier);

    const pes::Error error = refusal([&] { pes::record::read_dossier(text, here()); });

    CHECK(error.code() == pes::ErrorCode::state_damaged);
    CHECK(error.message().find("etats") != std::string::npos);
  }
}
