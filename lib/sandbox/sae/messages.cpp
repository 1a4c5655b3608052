#include "sandbox/sae/messages.hpp"

#include "pes/time.hpp"
#include "sandbox/sae/echo.hpp"
#include "support/text.hpp"

#include <sstream>

namespace pes::sandbox::sae {
namespace {

/// as@lae writes an offset, never `Z`.
std::string date_text(Instant date) {
  std::string text = iso8601(date);
  text.pop_back();
  return text + "+00:00";
}

pugi::xml_node add(pugi::xml_node parent, const char* name, const std::string& text = {}) {
  pugi::xml_node child = parent.append_child(name);
  if (!text.empty()) child.text().set(text.c_str());
  return child;
}

void add_agency(pugi::xml_node message, const char* name, const Agency& agency, Version version) {
  const pugi::xml_node node = add(message, name);
  add(node, is_2(version) ? "Identifier" : "Identification", agency.identification);
  if (!agency.name.empty() && !is_2(version)) add(node, "Name", agency.name);
}

void add_code(pugi::xml_node message, const std::string& code) {
  add(message, "ReplyCode", code).append_attribute("listVersionID").set_value("edition 2009");
}

pugi::xml_node begin(pugi::xml_document& document, const char* root, Version version) {
  pugi::xml_node prolog = document.append_child(pugi::node_declaration);
  prolog.append_attribute("version").set_value("1.0");
  prolog.append_attribute("encoding").set_value("UTF-8");
  pugi::xml_node node = document.append_child(root);
  node.append_attribute("xmlns").set_value(std::string(namespace_of(version)).c_str());
  return node;
}

std::string written(const pugi::xml_document& document) {
  std::ostringstream bytes;
  document.save(bytes, "  ");
  return std::move(bytes).str();
}

/// In 2.x as@lae repeats the comment of the transfer, else it has texts of its own.
std::string comment(const Transfer& transfer, const char* verb, const std::string& reason) {
  const std::string stock =
      fill("Votre transfert d'archive a été {1} par la plate-forme as@lae", {verb});
  const std::string text =
      is_2(transfer.version) && !transfer.comment.empty() ? transfer.comment : stock;
  return text + " (TEST, bac à sable de pes)" + (reason.empty() ? "" : " : " + reason);
}

std::string own_id(const Transfer& transfer, const char* kind, std::uint64_t number) {
  const std::string id = std::string(kind) + "_" + std::to_string(number);
  return is_2(transfer.version) ? transfer.archival.identification + "_" + id : id;
}

void fill_acknowledgement_0_2(pugi::xml_node message, const Transfer& transfer,
                              std::uint64_t number) {
  add_code(message, "000");
  add(message, "TransferIdentifier", transfer.id);
  add(message, "TransferReplyIdentifier", own_id(transfer, "ATR", number));
  add_agency(message, "TransferringAgency", transfer.transferring, transfer.version);
  add_agency(message, "ArchivalAgency", transfer.archival, transfer.version);
}

/// Sender and Receiver are those of the transfer, not of the AR.
void fill_acknowledgement_1_0(pugi::xml_node message, const Transfer& transfer,
                              std::uint64_t number) {
  add(message, "AcknowledgementIdentifier", own_id(transfer, "ACK", number));
  add(message, "MessageReceivedIdentifier", transfer.id);
  add_agency(message, "Receiver", transfer.archival, transfer.version);
  add_agency(message, "Sender", transfer.transferring, transfer.version);
}

void fill_acknowledgement_2(pugi::xml_node message, const Transfer& transfer,
                            std::uint64_t number) {
  add(message, "MessageIdentifier", own_id(transfer, "ACK", number));
  add(message, "MessageReceivedIdentifier", transfer.id);
  add_agency(message, "Sender", transfer.transferring, transfer.version);
  add_agency(message, "Receiver", transfer.archival, transfer.version);
}

void fill_reply_0_2(pugi::xml_node message, const Transfer& transfer, const Verdict& verdict,
                    const pugi::xml_document& bordereau, std::uint64_t number) {
  add_code(message, verdict.code);
  if (verdict.is_acceptance()) {
    add(message, "TransferAcceptanceIdentifier", own_id(transfer, "ATA", number));
    add(message, "TransferIdentifier", transfer.id);
  } else {
    add(message, "TransferIdentifier", transfer.id);
    add(message, "TransferReplyIdentifier", own_id(transfer, "ATR", number));
  }
  add_agency(message, "TransferringAgency", transfer.transferring, transfer.version);
  add_agency(message, "ArchivalAgency", transfer.archival, transfer.version);
  if (verdict.is_acceptance()) echo_0_2(message, bordereau, number);
}

void fill_reply_1_0(pugi::xml_node message, const Transfer& transfer, const Verdict& verdict,
                    const pugi::xml_document& bordereau, std::uint64_t number, Instant date) {
  add(message, "GrantDate", date_text(date));
  add_code(message, verdict.code);
  add(message, "TransferIdentifier", transfer.id);
  add(message, "TransferReplyIdentifier", own_id(transfer, "ATR", number));
  add_agency(message, "ArchivalAgency", transfer.archival, transfer.version);
  add_agency(message, "TransferringAgency", transfer.transferring, transfer.version);
  if (verdict.is_acceptance()) echo_1_0(message, bordereau, transfer, verdict.sizes, number);
}

/// The two identifiers stand in each other's place.
void fill_reply_2(pugi::xml_node message, const Transfer& transfer, const Verdict& verdict,
                  const pugi::xml_document& bordereau, std::uint64_t number, Instant date) {
  add(message, "MessageIdentifier", transfer.id);
  if (!transfer.agreement.empty()) add(message, "ArchivalAgreement", transfer.agreement);
  add(message, "CodeListVersions");
  if (verdict.is_acceptance()) echo_2(message, bordereau, number, date);
  add(message, "ReplyCode", verdict.code);
  add(message, "MessageRequestIdentifier", own_id(transfer, "ATR", number));
  add(message, "GrantDate", date_text(date));
  add_agency(message, "ArchivalAgency", transfer.archival, transfer.version);
  add_agency(message, "TransferringAgency", transfer.transferring, transfer.version);
}

}  // namespace

std::string acknowledgement(const Transfer& transfer, std::uint64_t number, Instant date) {
  pugi::xml_document document;
  const char* root = transfer.version == Version::v0_2 ? "ArchiveTransferReply" : "Acknowledgement";
  const pugi::xml_node message = begin(document, root, transfer.version);
  add(message, "Comment", comment(transfer, "pris en compte", {}));
  add(message, "Date", date_text(date));
  switch (transfer.version) {
    case Version::v0_2:
      fill_acknowledgement_0_2(message, transfer, number);
      break;
    case Version::v1_0:
      fill_acknowledgement_1_0(message, transfer, number);
      break;
    case Version::v2_1:
    case Version::v2_2:
      fill_acknowledgement_2(message, transfer, number);
      break;
  }
  return written(document);
}

std::string reply(const Transfer& transfer, const Verdict& verdict,
                  const pugi::xml_document& bordereau, std::uint64_t number, Instant date) {
  pugi::xml_document document;
  const bool is_acceptance_0_2 = transfer.version == Version::v0_2 && verdict.is_acceptance();
  const pugi::xml_node message =
      begin(document, is_acceptance_0_2 ? "ArchiveTransferAcceptance" : "ArchiveTransferReply",
            transfer.version);
  const char* verb = verdict.is_acceptance() ? "accepté" : "rejeté";
  add(message, "Comment", comment(transfer, verb, verdict.reason));
  add(message, "Date", date_text(date));
  switch (transfer.version) {
    case Version::v0_2:
      fill_reply_0_2(message, transfer, verdict, bordereau, number);
      break;
    case Version::v1_0:
      fill_reply_1_0(message, transfer, verdict, bordereau, number, date);
      break;
    case Version::v2_1:
    case Version::v2_2:
      fill_reply_2(message, transfer, verdict, bordereau, number, date);
      break;
  }
  return written(document);
}

}  // namespace pes::sandbox::sae
