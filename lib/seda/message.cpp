#include "pes/error.hpp"
#include "pes/seda.hpp"
#include "support/text.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cstring>

namespace pes {

namespace {

using pugi::xml_node;
using Kind = SaeMessageContent::Kind;

// Servers send messages that break their own schema, with or without a prefix, in five
// namespaces (sae §2.6, §3.5): names alone are read.
std::string_view local_name(xml_node node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);
}

xml_node child(xml_node parent, std::string_view name) {
  return parent.find_child([&](xml_node node) { return local_name(node) == name; });
}

/// The text on one line.
std::string text_of(xml_node node) {
  std::string text;
  for (const std::string& word : split(node.text().get(), '\n')) {
    if (trimmed(word).empty()) continue;
    if (!text.empty()) text += ' ';
    text += trimmed(word);
  }
  return text;
}

std::string text(xml_node parent, std::string_view name) { return text_of(child(parent, name)); }

xml_node descend(xml_node from, std::initializer_list<std::string_view> path) {
  for (const std::string_view name : path) from = child(from, name);
  return from;
}

bool is_one_of(std::string_view code, std::initializer_list<std::string_view> codes) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

/// `001`, `002` and VITAM's `WARNING` keep the archive all the same (sae §2.7, §3.5).
bool has_reservation(std::string_view code) { return is_one_of(code, {"001", "002", "WARNING"}); }

bool is_acceptance(std::string_view code) {
  return is_one_of(code, {"000", "OK"}) || has_reservation(code);
}

bool is_seda_0_2(xml_node root) {
  return std::any_of(root.attributes_begin(), root.attributes_end(), [](pugi::xml_attribute it) {
    return std::strcmp(it.value(), "fr:gouv:ae:archive:draft:standard_echange_v0.2") == 0;
  });
}

/// VITAM says why in its last event that failed, and has no comment.
std::string last_failure(xml_node root) {
  std::string reason;
  for (const xml_node event : child(root, "Operation").children()) {
    if (!is_one_of(text(event, "Outcome"), {"KO", "FATAL"})) continue;
    const std::string message = text(event, "OutcomeDetailMessage");
    reason = message.empty() ? text(event, "OutcomeDetail") : message;
  }
  return reason;
}

std::string comment_of(xml_node root) {
  std::vector<std::string> comments;
  for (const xml_node node : root.children()) {
    if (local_name(node) == "Comment") comments.push_back(text_of(node));
  }
  const std::string comment = join(comments, " ");
  return comment.empty() ? last_failure(root) : comment;
}

std::string archive_id_of(xml_node root) {
  const xml_node archive = child(root, "Archive");
  if (archive) return text(archive, "ArchivalAgencyArchiveIdentifier");

  const xml_node content =
      descend(root, {"DataObjectPackage", "DescriptiveMetadata", "ArchiveUnit", "Content"});
  const std::string cote = text(content, "ArchivalAgencyArchiveUnitIdentifier");
  return cote.empty() ? text(content, "SystemId") : cote;
}

void read_acknowledgement(xml_node root, SaeMessageContent& content) {
  const std::string own = text(root, "AcknowledgementIdentifier");
  content.kind = Kind::acknowledgement;
  content.own_id = own.empty() ? text(root, "MessageIdentifier") : own;
  content.transfer_id = text(root, "MessageReceivedIdentifier");
}

/// The two identifiers of a reply of SEDA 2.x, whose order depends on the SAE.
void read_swapped_ids(xml_node root, std::string_view sent_transfer_id,
                      SaeMessageContent& content) {
  content.transfer_id = text(root, "MessageIdentifier");
  content.own_id = text(root, "MessageRequestIdentifier");
  if (content.own_id == sent_transfer_id && content.transfer_id != sent_transfer_id) {
    std::swap(content.transfer_id, content.own_id);
  }
}

void read_reply_ids(xml_node root, std::string_view sent_transfer_id, SaeMessageContent& content) {
  if (!child(root, "TransferIdentifier")) {
    read_swapped_ids(root, sent_transfer_id, content);
    return;
  }
  const std::string acceptance = text(root, "TransferAcceptanceIdentifier");
  content.transfer_id = text(root, "TransferIdentifier");
  content.own_id = acceptance.empty() ? text(root, "TransferReplyIdentifier") : acceptance;
}

/// The schema has one code; of several, one that refuses is not passed over.
std::string reply_code_of(xml_node root) {
  for (const xml_node node : root.children()) {
    if (local_name(node) != "ReplyCode") continue;
    if (std::string code = text_of(node); !code.empty() && !is_acceptance(code)) return code;
  }
  return text(root, "ReplyCode");
}

void read_reply(xml_node root, std::string_view sent_transfer_id, SaeMessageContent& content) {
  read_reply_ids(root, sent_transfer_id, content);
  content.reply_code = reply_code_of(root);
  const bool accepts_by_name = local_name(root) == "ArchiveTransferAcceptance";
  if (content.reply_code.empty() && !accepts_by_name) {
    throw Error(ErrorCode::input_not_pes, tr("the reply of the SAE has no code"),
                tr("ask again later, then ask the SAE"));
  }
  const bool accepted = accepts_by_name || is_acceptance(content.reply_code);
  content.kind = accepted ? Kind::accepted : Kind::rejected;
  content.with_reservation = has_reservation(content.reply_code);
  if (accepted) content.archive_id = archive_id_of(root);
}

pugi::xml_document parse(std::string_view bytes) {
  pugi::xml_document document;
  const pugi::xml_parse_result result = document.load_buffer(bytes.data(), bytes.size());
  if (!result) {
    const auto until = bytes.substr(0, static_cast<std::size_t>(result.offset));
    const auto line = 1 + std::count(until.begin(), until.end(), '\n');
    throw Error(ErrorCode::input_not_xml,
                say("the message of the SAE is not XML (line {1})", {std::to_string(line)}),
                tr("ask again later, then ask the SAE"), result.description());
  }
  return document;
}

}  // namespace

SaeMessageContent read_sae_message(std::string_view bytes, SaeMessageExpected expected,
                                   std::string_view sent_transfer_id) {
  const pugi::xml_document document = parse(bytes);
  const xml_node root = document.document_element();
  const std::string_view name = local_name(root);
  SaeMessageContent content;
  content.comment = comment_of(root);

  const bool is_acknowledgement = name == "Acknowledgement";
  if (is_acknowledgement && expected == SaeMessageExpected::acknowledgement) {
    read_acknowledgement(root, content);
    return content;
  }
  if (!is_one_of(name, {"ArchiveTransferReply", "ArchiveTransferAcceptance"})) {
    throw Error(ErrorCode::input_not_pes,
                say("the SAE sent a message « {1} », not its answer to a transfer", {name}),
                tr("check sae.url; ask again later, then ask the SAE"));
  }
  read_reply(root, sent_transfer_id, content);
  // The AR of 0.2 looks like a reply that accepts: only the question tells them apart.
  const bool is_ar_of_0_2 = expected == SaeMessageExpected::acknowledgement &&
                            name == "ArchiveTransferReply" && is_seda_0_2(root) &&
                            content.kind == Kind::accepted;
  if (is_ar_of_0_2) {
    content.kind = Kind::acknowledgement;
    content.reply_code.clear();
    content.with_reservation = false;
  }
  return content;
}

}  // namespace pes
