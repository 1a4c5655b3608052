#include "unit/sandbox/deposits.hpp"

#include "crypto/digest.hpp"
#include "support/owned.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>

namespace pes::test {
namespace {

using ArchiveWriter = Owned<::archive, archive_write_free>;
using ArchiveEntry = Owned<archive_entry, archive_entry_free>;

std::string written(::archive& writer, const Files& files) {
  std::string bytes(1U << 20U, '\0');
  std::size_t used = 0;
  REQUIRE(archive_write_open_memory(&writer, bytes.data(), bytes.size(), &used) == ARCHIVE_OK);
  for (const auto& [name, content] : files) {
    const ArchiveEntry entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    REQUIRE(archive_write_header(&writer, entry.get()) == ARCHIVE_OK);
    REQUIRE(archive_write_data(&writer, content.data(), content.size()) ==
            static_cast<la_ssize_t>(content.size()));
  }
  REQUIRE(archive_write_close(&writer) == ARCHIVE_OK);
  bytes.resize(used);
  return bytes;
}

std::string read_target(const std::string& message, const std::string& id,
                        const std::string& agency) {
  return "/restservices/sedaMessages/sequence:ArchiveTransfer/message:" + message +
         "/originOrganizationIdentification:" + agency + "/originMessageIdentifier:" + id;
}

}  // namespace

std::string tar_gz(const Files& files) {
  const ArchiveWriter writer(archive_write_new());
  archive_write_set_format_ustar(writer.get());
  archive_write_add_filter_gzip(writer.get());
  return written(*writer, files);
}

std::string zip(const Files& files) {
  const ArchiveWriter writer(archive_write_new());
  archive_write_set_format_zip(writer.get());
  return written(*writer, files);
}

std::string BordereauText::bytes() const {
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<ArchiveTransfer xmlns=\"fr:gouv:culture:archivesdefrance:seda:v1.0\">"
      "<Comment>Essai</Comment><Date>2026-01-05T10:00:00+00:00</Date><TransferIdentifier>" +
      id +
      "</TransferIdentifier><ArchivalAgency><Identification>FRAD000</Identification>"
      "<Name>Archives départementales</Name></ArchivalAgency>"
      "<TransferringAgency><Identification>VERSANT</Identification></TransferringAgency>"
      "<Archive><ArchivalAgreement>ACCORD_PES</ArchivalAgreement>"
      "<DescriptionLanguage>fra</DescriptionLanguage><Name>Flux comptable</Name>"
      "<OriginatingAgencyArchiveIdentifier>" +
      nom_fic +
      "</OriginatingAgencyArchiveIdentifier>"
      "<ContentDescription><DescriptionLevel>file</DescriptionLevel><Language>fra</Language>"
      "<Keyword><KeywordContent>IdBord 1</KeywordContent></Keyword>"
      "<OriginatingAgency><Identification>PRODUCTEUR</Identification></OriginatingAgency>"
      "</ContentDescription><AccessRestrictionRule><Code>AR048</Code>"
      "<StartDate>2026-01-05</StartDate></AccessRestrictionRule>"
      "<AppraisalRule><Code>detruire</Code><Duration>P10Y</Duration>"
      "<StartDate>2026-01-05</StartDate></AppraisalRule>";
  for (const auto& [name, content] : files) {
    text += "<ArchiveObject><Name>" + name +
            "</Name><Document><Attachment mimeCode=\"application/xml\" filename=\"" + name +
            "\"/><Integrity algorithme=\"http://www.w3.org/2001/04/xmlenc#sha256\">" +
            crypto::sha256_hex(content) + "</Integrity><Type>CDO</Type></Document></ArchiveObject>";
  }
  return text + "</Archive></ArchiveTransfer>";
}

SaeBench::SaeBench(sandbox::Options options)
    : Bench(std::move(options)), sae(server->tdt_url(), identities) {
  sae.log_in(depositor(identities));
}

httplib::Response SaeBench::deposit(const std::string& bordereau, const std::string& archive) {
  return sae.post("/restservices/sedaMessages",
                  {{"seda_message", bordereau, "bordereau.xml", "application/octet-stream"},
                   {"attachments", archive, "archive.tar.gz", "application/octet-stream"}});
}

httplib::Response SaeBench::acknowledgement(const std::string& id, const std::string& agency) {
  return sae.get(read_target("Acknowledgement", id, agency));
}

httplib::Response SaeBench::reply(const std::string& id, const std::string& agency) {
  return sae.get(read_target("ArchiveTransferReply", id, agency));
}

std::string SaeBench::code_for(const std::string& bordereau, const std::string& archive) {
  const httplib::Response taken = deposit(bordereau, archive);
  REQUIRE_MESSAGE(taken.status == 200, taken.body);
  REQUIRE(acknowledgement().status == 200);
  const std::string message = reply().body;
  const std::size_t begin = message.find("<ReplyCode");
  REQUIRE(begin != std::string::npos);
  return message.substr(message.find('>', begin) + 1, 3);
}

}  // namespace pes::test
