#include "support/scratch.hpp"
#include "unit/sandbox/deposits.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace pes::test {
namespace {

constexpr const char* pending = "Transfert en cours de traitement";

TEST_SUITE("sandbox") {
  TEST_CASE("the SAE says that it can be reached, and to whom it knows its version") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    Client stranger(bench.server->tdt_url(), bench.identities);

    CHECK(stranger.get("/restservices/ping").body == "\"webservices as@lae accessibles\"");
    CHECK(stranger.get("/restservices/versions").status == 401);
    const nlohmann::json versions =
        nlohmann::json::parse(bench.sae.get("/restservices/versions").body);
    CHECK(versions.at("application") == "as@lae");
    CHECK(versions.at("version") == "V1.6.3");
    CHECK(versions.at("denomination") == "bac à sable de pes (TEST)");
  }

  TEST_CASE("the password itself is refused where its SHA-256 is wanted") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    bench.sae.log_in({bench.identities.sae_login, content_of(bench.identities.sae_password_file)});

    CHECK(bench.sae.get("/restservices/versions").status == 401);
  }

  TEST_CASE("a deposit is answered with its date, then acknowledged and accepted") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    const BordereauText bordereau;

    const httplib::Response deposited = bench.deposit(bordereau.bytes(), tar_gz(bordereau.files));
    const httplib::Response acknowledged = bench.acknowledgement();
    const httplib::Response replied = bench.reply();

    CHECK(deposited.status == 200);
    CHECK(nlohmann::ordered_json::parse(deposited.body).begin().key() == "date_du_depot");
    CHECK(element(acknowledged.body, "AcknowledgementIdentifier") == "ACK_1");
    CHECK(element(acknowledged.body, "MessageReceivedIdentifier") == "transfert_1");
    CHECK(replied.body.find(">000</ReplyCode>") != std::string::npos);
    CHECK(element(replied.body, "TransferReplyIdentifier") == "ATR_2");
    CHECK(element(replied.body, "ArchivalAgencyArchiveIdentifier") == "2");
    CHECK(element(replied.body, "Comment").find("TEST") != std::string::npos);
  }

  TEST_CASE("the reply is not there before the AR") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    const BordereauText bordereau;
    bench.deposit(bordereau.bytes(), tar_gz(bordereau.files));

    const httplib::Response early = bench.reply();

    CHECK(early.status == 500);
    CHECK(early.body == pending);
    CHECK(bench.reply().status == 200);
  }

  TEST_CASE("an acceptance repeats the archive, numbered and completed") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    const BordereauText bordereau;
    bench.deposit(bordereau.bytes(), tar_gz(bordereau.files));
    bench.acknowledgement();

    const std::string reply = bench.reply().body;

    CHECK(reply.find("<ArchivalAgencyObjectIdentifier>2_002</") != std::string::npos);
    CHECK(reply.find("<ArchivalAgencyDocumentIdentifier>2_002_001</") != std::string::npos);
    CHECK(reply.find("cryptographicHashFunctions/sha-256") != std::string::npos);
    CHECK(reply.find("<Size unitCode=\"AD\">7</Size>") != std::string::npos);
    CHECK(reply.find("<Control>false</Control>") != std::string::npos);
    CHECK(reply.find("AR038") != std::string::npos);
  }

  TEST_CASE("messages can be asked for in the query string, in any order") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    BordereauText bordereau;
    bordereau.id = "mon transfert/1";
    bench.sae.http().set_url_encode(false);  // sent as it stands here
    bench.deposit(bordereau.bytes(), tar_gz(bordereau.files));

    CHECK(bench.sae
              .get("/restservices/sedaMessages?originMessageIdentifier=mon+transfert%2F1&message="
                   "Acknowledgement&originOrganizationIdentification=VERSANT&sequence="
                   "ArchiveTransfer")
              .status == 200);
    CHECK(bench.sae
              .get("/restservices/sedaMessages/originMessageIdentifier:mon+transfert%2F1/"
                   "originOrganizationIdentification:VERSANT/message:ArchiveTransferReply/"
                   "sequence:ArchiveTransfer")
              .status == 200);
  }

  TEST_CASE("a transfer that nobody deposited is not found") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    const BordereauText bordereau;
    bench.deposit(bordereau.bytes(), tar_gz(bordereau.files));

    const httplib::Response other_id = bench.acknowledgement("transfert_2");
    const httplib::Response other_agency = bench.acknowledgement("transfert_1", "AUTRE");

    CHECK(other_id.status == 500);
    CHECK(other_id.body ==
          "Transfert d'archive à l'origine de la séquence non trouvé : transfert_2");
    CHECK(other_agency.status == 500);
  }

  TEST_CASE("the same transfer twice is refused and leaves the first as it is") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    const BordereauText bordereau;
    bench.deposit(bordereau.bytes(), tar_gz(bordereau.files));

    const httplib::Response twice = bench.deposit(bordereau.bytes(), tar_gz({}));

    CHECK(twice.status == 400);
    bench.acknowledgement();
    CHECK(bench.reply().body.find(">000</ReplyCode>") != std::string::npos);
  }

  TEST_CASE("a form without what a deposit needs is refused at once") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    const BordereauText bordereau;
    const std::string path = "/restservices/sedaMessages";

    CHECK(bench.sae.post(path, {{"attachments", "x", "a.tgz", ""}}).status == 400);
    CHECK(bench.sae.post(path, {{"seda_message", bordereau.bytes(), "b.xml", ""}}).status == 400);
    CHECK(bench.deposit("", "x").body ==
          "Erreur de donnée du formulaire : la taille du fichier transmis \"bordereau.xml\" est "
          "nulle");
    CHECK(bench.deposit("ceci n'est pas du XML", "x").status == 400);
    CHECK(bench.deposit("<a/>", "x").status == 400);
    CHECK(bench.acknowledgement().status == 500);
  }

  TEST_CASE("a scenario refuses the deposit with the words of the connecteur bouchon") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    BordereauText bordereau;
    bordereau.nom_fic = "FLUX-SCENARIO-sae-refuse";

    const httplib::Response refused = bench.deposit(bordereau.bytes(), tar_gz(bordereau.files));

    CHECK(refused.status == 500);
    CHECK(refused.body == "Ce connecteur bouchon est configuré pour renvoyer une erreur");
    CHECK(bench.acknowledgement().body.find("non trouvé") != std::string::npos);
  }

  TEST_CASE("a scenario rejects the transfer with an archivist's comment") {
    const Scratch scratch;
    sandbox::Options options = options_in(scratch.path());
    options.scenario = sandbox::Scenario::sae_rejects;
    SaeBench bench(options);
    const BordereauText bordereau;

    CHECK(bench.code_for(bordereau.bytes(), tar_gz(bordereau.files)) == "300");
    CHECK(element(bench.reply().body, "Comment").find("l'archiviste du bac à sable refuse") !=
          std::string::npos);
    CHECK(bench.reply().body.find("<Archive>") == std::string::npos);
  }

  TEST_CASE("a SAE may not understand pieces, and take small parts only") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    const BordereauText bordereau;
    const httplib::MultipartFormData message{"seda_message", bordereau.bytes(), "bordereau.xml",
                                             "application/octet-stream"};

    write(scratch.path() / "sae/agreement.json", R"({"pieces": false})");
    const std::string opening = bench.sae
                                    .post("/restservices/sedaMessages",
                                          {message, {"send_chunked_attachments", "true", "", ""}})
                                    .body;
    CHECK(opening.starts_with("{"));
    CHECK(opening.find("chunk_session_identifier") == std::string::npos);

    write(scratch.path() / "sae/agreement.json", R"({"max_part_bytes": 100})");
    const httplib::Response refused = bench.deposit(bordereau.bytes(), tar_gz(bordereau.files));
    CHECK(refused.status == 400);
    CHECK(refused.body.starts_with("Erreur de donnée du formulaire"));
    CHECK(std::filesystem::is_empty(scratch.path() / "sae/transfers"));
  }

  TEST_CASE("a NomFic may ask for any code of the reply") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    BordereauText bordereau;
    const auto replied = [&](const std::string& code) {
      bordereau.id = "t" + code;
      bordereau.nom_fic = "FLUX-SCENARIO-sae-rejette-" + code;
      bench.deposit(bordereau.bytes(), tar_gz(bordereau.files));
      bench.acknowledgement(bordereau.id);
      return bench.reply(bordereau.id).body;
    };

    const auto has_code = [](const std::string& message, const std::string& code) {
      return message.find(">" + code + "</ReplyCode>") != std::string::npos;
    };
    for (const char* code : {"101", "102", "200", "203", "207", "211", "301", "312"}) {
      const std::string rejection = replied(code);
      CHECK(has_code(rejection, code));
      CHECK(rejection.find("<Archive>") == std::string::npos);
    }
    for (const char* code : {"001", "002"}) {
      const std::string acceptance = replied(code);
      CHECK(has_code(acceptance, code));
      CHECK(acceptance.find("<Archive>") != std::string::npos);
    }
  }

  TEST_CASE("a scenario makes AR and reply wait for explicit ticks") {
    const Scratch scratch;
    const sandbox::Options options = options_in(scratch.path());
    SaeBench bench(options);
    BordereauText bordereau;
    bordereau.nom_fic = "FLUX-SCENARIO-sae-plus-tard";
    bench.deposit(bordereau.bytes(), tar_gz(bordereau.files));
    CHECK(bench.acknowledgement().body == pending);

    CHECK(sandbox::tick(options).archived == 1);
    CHECK(bench.acknowledgement().status == 200);
    CHECK(bench.reply().body == pending);
    CHECK(sandbox::tick(options).archived == 1);
    CHECK(bench.reply().status == 200);
    CHECK(sandbox::tick(options).archived == 0);
  }
}

/// Sends one chunk of an archive; the answer.
httplib::Response send_chunk(SaeBench& bench, const nlohmann::json& session,
                             const std::string& chunk, int index, int count) {
  return bench.sae.post(
      "/restservices/sedaAttachmentsChunkFiles",
      {{"chunk_content", chunk, "chunk", "application/octet-stream"},
       {"session_identifier", session.at("chunk_session_identifier").dump(), "", ""},
       {"security_identifier", session.at("chunk_security_identifier"), "", ""},
       {"number_of_files", "1", "", ""},
       {"file_index", "1", "", ""},
       {"file_name", "archive.tar.gz", "", ""},
       {"compression_algorithm", "TARGZ", "", ""},
       {"number_of_chunks", std::to_string(count), "", ""},
       {"chunk_index", std::to_string(index), "", ""}});
}

nlohmann::json open_session(SaeBench& bench, const std::string& bordereau) {
  const httplib::Response opened =
      bench.sae.post("/restservices/sedaMessages",
                     {{"seda_message", bordereau, "bordereau.xml", "application/octet-stream"},
                      {"send_chunked_attachments", "true", "", ""}});
  REQUIRE(opened.status == 200);
  return nlohmann::json::parse(opened.body);
}

TEST_SUITE("sandbox") {
  TEST_CASE("an archive sent in chunks is a transfer once the last one is there") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    const BordereauText bordereau;
    const std::string archive = tar_gz(bordereau.files);
    const std::size_t half = archive.size() / 2;
    const nlohmann::json session = open_session(bench, bordereau.bytes());

    CHECK(send_chunk(bench, session, archive.substr(half), 2, 2).status == 200);
    CHECK(bench.acknowledgement().body.find("non trouvé") != std::string::npos);
    CHECK(send_chunk(bench, session, archive.substr(0, half), 1, 2).status == 200);

    CHECK(bench.acknowledgement().status == 200);
    CHECK(bench.reply().body.find(">000</ReplyCode>") != std::string::npos);
    CHECK(std::filesystem::is_empty(scratch.path() / "sae/sessions"));
  }

  TEST_CASE("a chunk needs both identifiers of its session and a number among the chunks") {
    const Scratch scratch;
    SaeBench bench(options_in(scratch.path()));
    const nlohmann::json session = open_session(bench, BordereauText().bytes());
    nlohmann::json forged = session;
    forged["chunk_security_identifier"] = "00";
    nlohmann::json unknown = session;
    unknown["chunk_session_identifier"] = 99;

    CHECK(send_chunk(bench, forged, "x", 1, 1).status == 400);
    CHECK(send_chunk(bench, unknown, "x", 1, 1).status == 400);
    CHECK(send_chunk(bench, session, "x", 0, 1).status == 400);
    CHECK(send_chunk(bench, session, "x", 3, 2).status == 400);
  }
}

}  // namespace
}  // namespace pes::test
