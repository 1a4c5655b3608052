#include "pes/seda.hpp"
#include "support/file.hpp"
#include "support/refusal.hpp"
#include "support/shared.hpp"

namespace {

using Kind = pes::SaeMessageContent::Kind;
using pes::SaeMessageExpected;

constexpr const char* pastell_id =
    "15ef78ef665a8777c33d1125783707f8dfb190f82869dc9248e46c5ed396d70b_1542893421";
constexpr const char* minimal_id =
    "9e6166868ff502c72feed81d110722cc5071326e6bca9c7070b375359347503c_1700000000";

struct Sample {
  const char* file;
  SaeMessageExpected expected;
  const char* sent;  // the transfer that the client knows
  Kind kind;
  const char* own_id;
  const char* transfer_id;
  const char* reply_code;
  const char* archive_id;
  const char* comment;  // its beginning
};

constexpr auto ar = SaeMessageExpected::acknowledgement;
constexpr auto reply = SaeMessageExpected::reply;

const std::vector<Sample>& samples() {
  static const std::vector<Sample> all{
      {"seda-0.2/ack.xml", ar, pastell_id, Kind::acknowledgement, "ATR_77", pastell_id, "", "",
       "Votre transfert d'archive a été pris en compte"},
      {"seda-0.2/ata_accepted.xml", reply, pastell_id, Kind::accepted, "ATA_2", pastell_id, "000",
       "62", "Votre transfert d'archive a été accepté"},
      {"seda-1.0/ack.xml", ar, pastell_id, Kind::acknowledgement, "ACK_258", pastell_id, "", "",
       "Votre transfert d'archive a été pris en compte"},
      {"seda-1.0/atr_accepted_pes.xml", reply, pastell_id, Kind::accepted, "ATR_213", pastell_id,
       "000", "160", "Votre transfert d'archive a été accepté"},
      {"seda-1.0/atr_rejected_300.xml", reply, pastell_id, Kind::rejected, "ATR_220", pastell_id,
       "300", "", "Parce que je le vaut bien"},
      {"seda-1.0/atr_rejected_300_default_comment.xml", reply, "other", Kind::rejected, "ATR_235",
       "30570de3a5e68eb730fcda72f140ff67e1d7548c2fcc9682cf528021a312ed651576140063", "300", "",
       "Votre transfert d'archive a été rejeté"},
      {"seda-2.1/ack.xml", ar, pastell_id, Kind::acknowledgement, "FRAD000_ACK_14", pastell_id, "",
       "", "Versement flux test pastell dev"},
      {"seda-2.1/atr_accepted.xml", reply, pastell_id, Kind::accepted, "FRLSADC_ATR_27", pastell_id,
       "000", "AE_2022_15", "Versement flux test pastell dev"},
      {"seda-2.1/atr_rejected_101.xml", reply, "1bc19af9-2212-4e5a-956a-36591c4ac27a",
       Kind::rejected, "FRADCH_ATR_17388", "1bc19af9-2212-4e5a-956a-36591c4ac27a", "101", "",
       "Transfert de l'acte administratif TRDYTVB"},
      {"pes-minimal/ack_seda-2.2.xml", ar, minimal_id, Kind::acknowledgement, "FRAD000_ACK_1",
       minimal_id, "", "", "Transfert d'un flux PES"},
      {"pes-minimal/atr_seda-2.2_accepted.xml", reply, minimal_id, Kind::accepted, "FRAD000_ATR_1",
       minimal_id, "000", "AE_2023_1", "Transfert d'un flux PES"},
      {"pes-minimal/atr_seda-2.2_rejected_207.xml", reply, minimal_id, Kind::rejected,
       "FRAD000_ATR_1", minimal_id, "207", "", "Transfert d'un flux PES"},
      // VITAM: the client knows either the operation or its own message.
      {"vitam/atr_ok.xml", reply, "aeeaaaaaacfdatmhaahbiamc2a76zpyaaaaq", Kind::accepted,
       "ef311f05-2a6f-40fe-b015-00b8ebeafcbd", "aeeaaaaaacfdatmhaahbiamc2a76zpyaaaaq", "OK",
       "aeaqaaaaaafdat3yadroqamc2a77c6yaaaba", ""},
      {"vitam/atr_ok.xml", reply, "ef311f05-2a6f-40fe-b015-00b8ebeafcbd", Kind::accepted,
       "aeeaaaaaacfdatmhaahbiamc2a76zpyaaaaq", "ef311f05-2a6f-40fe-b015-00b8ebeafcbd", "OK",
       "aeaqaaaaaafdat3yadroqamc2a77c6yaaaba", ""},
      {"vitam/atr_2.1_full.xml", reply, "aecaaaaaaceaaaababtjoamasqdcquqaaaaq", Kind::accepted,
       "aeaaaaaaaaeaaaababtjoamasqdatiyaaaaq", "aecaaaaaaceaaaababtjoamasqdcquqaaaaq", "OK",
       "aeaqaaaaaaeaaaababtjoamasqdc3oyaaaba", ""},
      {"vitam/atr_ko_agency.xml", reply, "aeeaaaaaachk7bs6abo3walwa3jx6vyaaaaq", Kind::rejected, "",
       "aeeaaaaaachk7bs6abo3walwa3jx6vyaaaaq", "KO", "",
       "Échec de la vérification de la présence et du contrôle des services agents"},
      {"vitam/atr_ko_profile.xml", reply, "aeeaaaaaacfdatmhabqumamcgwajmciaaaaq", Kind::rejected,
       "", "aeeaaaaaacfdatmhabqumamcgwajmciaaaaq", "KO", "",
       "Échec du contrôle de cohérence entre le profil d'archivage déclaré dans le bordereau de "
       "transfert"},
  };
  return all;
}

std::string reply_with(std::string_view code) {
  return "<ArchiveTransferReply xmlns=\"fr:gouv:culture:archivesdefrance:seda:v1.0\"><ReplyCode>" +
         std::string(code) +
         "</ReplyCode><TransferIdentifier>T</TransferIdentifier>"
         "<TransferReplyIdentifier>R</TransferReplyIdentifier></ArchiveTransferReply>";
}

pes::SaeMessageContent read(std::string_view bytes) {
  return pes::read_sae_message(bytes, reply, "T");
}

}  // namespace

TEST_SUITE("seda") {
  TEST_CASE("every real message is read for what it says") {
    if (!pes::test::has_shared()) return;
    for (const Sample& sample : samples()) {
      CAPTURE(sample.file);
      CAPTURE(sample.sent);
      const std::string bytes =
          pes::read_file(pes::test::shared() / "samples/sae" / sample.file, 1U << 20U);

      const pes::SaeMessageContent content =
          pes::read_sae_message(bytes, sample.expected, sample.sent);

      CHECK(content.kind == sample.kind);
      CHECK(content.own_id == sample.own_id);
      CHECK(content.transfer_id == sample.transfer_id);
      CHECK(content.reply_code == sample.reply_code);
      CHECK(content.archive_id == sample.archive_id);
      CHECK(content.comment.starts_with(sample.comment));
      CHECK(content.comment.empty() == (sample.comment[0] == '\0'));
      CHECK(content.comment.find('\n') == std::string::npos);
      CHECK_FALSE(content.with_reservation);
    }
  }

  TEST_CASE("no sample of a message is left out") {
    if (!pes::test::has_shared()) return;
    int messages = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(pes::test::shared() / "samples/sae")) {
      const std::string name = entry.path().filename().native();
      if (entry.path().extension() != ".xml") continue;
      if (name.starts_with("ack") || name.starts_with("atr") || name.starts_with("ata")) ++messages;
    }

    CHECK(messages == static_cast<int>(samples().size()) - 1);  // atr_ok.xml is read twice
  }

  TEST_CASE("codes 001, 002 and WARNING keep the archive, with a reservation") {
    for (const char* code : {"001", "002", "WARNING"}) {
      CAPTURE(code);
      CHECK(read(reply_with(code)).kind == Kind::accepted);
      CHECK(read(reply_with(code)).with_reservation);
    }
    for (const char* code : {"000", "OK"}) {
      CAPTURE(code);
      CHECK(read(reply_with(code)).kind == Kind::accepted);
      CHECK_FALSE(read(reply_with(code)).with_reservation);
    }
    for (const char* code : {"101", "300", "KO", "FATAL", "Test OK", "0", "00", "ok"}) {
      CAPTURE(code);
      CHECK(read(reply_with(code)).kind == Kind::rejected);
    }
  }

  TEST_CASE("a refusal is not passed over because an acceptance stands before it") {
    const std::string twice = reply_with("000</ReplyCode><ReplyCode>300");

    CHECK(read(twice).kind == Kind::rejected);
    CHECK(read(twice).reply_code == "300");
  }

  TEST_CASE("in SEDA 0.2 only the question tells an acknowledgement from a reply") {
    const auto message = [](std::string_view code) {
      return "<ArchiveTransferReply xmlns=\"fr:gouv:ae:archive:draft:standard_echange_v0.2\">"
             "<ReplyCode>" +
             std::string(code) +
             "</ReplyCode><TransferIdentifier>T</TransferIdentifier>"
             "<TransferReplyIdentifier>ATR_1</TransferReplyIdentifier></ArchiveTransferReply>";
    };

    CHECK(pes::read_sae_message(message("000"), ar, "T").kind == Kind::acknowledgement);
    CHECK(pes::read_sae_message(message("000"), reply, "T").kind == Kind::accepted);
    CHECK(pes::read_sae_message(message("101"), ar, "T").kind == Kind::rejected);
    CHECK(pes::read_sae_message(message("101"), reply, "T").kind == Kind::rejected);
    CHECK(pes::read_sae_message(message("101"), reply, "T").own_id == "ATR_1");
    CHECK(pes::read_sae_message(reply_with("000"), ar, "T").kind == Kind::accepted);
  }

  TEST_CASE("prefixed names and other encodings are read alike") {
    const auto content = pes::read_sae_message(
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"
        "<s:Acknowledgement xmlns:s=\"fr:gouv:culture:archivesdefrance:seda:v2.2\">"
        "<s:Comment>re\xE7u</s:Comment><s:Comment>merci</s:Comment>"
        "<s:MessageIdentifier>A</s:MessageIdentifier>"
        "<s:MessageReceivedIdentifier>T</s:MessageReceivedIdentifier></s:Acknowledgement>",
        ar, "T");

    CHECK(content.kind == Kind::acknowledgement);
    CHECK(content.own_id == "A");
    CHECK(content.transfer_id == "T");
    CHECK(content.comment == "reçu merci");
  }

  TEST_CASE("what is no message of the SAE is refused, never taken for a decision") {
    const auto code = [](std::string_view bytes) {
      return pes::test::refusal([&] { read(bytes); }).code();
    };

    CHECK(code("") == pes::ErrorCode::input_not_xml);
    CHECK(code("Transfert en cours de traitement") == pes::ErrorCode::input_not_xml);
    CHECK(code("<ArchiveTransferReply><ReplyCode>000") == pes::ErrorCode::input_not_xml);
    CHECK(code("<html><body/></html>") == pes::ErrorCode::input_not_pes);
    CHECK(code("<ArchiveTransfer/>") == pes::ErrorCode::input_not_pes);
    CHECK(code("<Acknowledgement><MessageReceivedIdentifier>T</MessageReceivedIdentifier>"
               "</Acknowledgement>") == pes::ErrorCode::input_not_pes);
    CHECK(code("<ArchiveTransferReply/>") == pes::ErrorCode::input_not_pes);
    CHECK(code(reply_with("")) == pes::ErrorCode::input_not_pes);
  }

  TEST_CASE("a message that is not XML is told with its line") {
    const pes::Error error = pes::test::refusal([] { read("<a>\n<b>\n</a>"); });

    CHECK(error.message() == "the message of the SAE is not XML (line 3)");
    CHECK_FALSE(error.cause().empty());
  }
}
