#include "xades/returned_signature.hpp"

#include "helios/reading.hpp"
#include "pes/error.hpp"
#include "support/encoding.hpp"
#include "support/text.hpp"
#include "xades/xml_tree.hpp"
#include "xml/libxml_tree.hpp"

namespace pes::xades {

namespace {

constexpr std::string_view wrapper = "DocumentDetachedExternalSignature";

Error unreadable(std::size_t rank) {
  return {ErrorCode::input_invalid,
          say("what was returned holds no signature in place {1}", {std::to_string(rank)}),
          tr("give the text that Libersign returned, as it is: base64, joined by commas")};
}

/// By libxml2, as the platforms write it.
std::string only_child_in_ascii(std::string_view document) {
  using namespace xml;
  const LibxmlDocument tree = parse_as_libxml(document);
  const LibxmlBuffer buffer(libxml::buffer_create());
  LibxmlSaving saving(libxml::save_to_buffer(buffer.get(), "US-ASCII", XML_SAVE_NO_DECL));
  xmlNode* const root = tree ? libxml::doc_get_root_element(tree.get()) : nullptr;
  if (root == nullptr || !saving ||
      libxml::save_tree(saving.get(), libxml::first_element_child(root)) < 0) {
    throw Error(ErrorCode::internal, tr("the signature cannot be written"));
  }
  saving.reset();  // flushes into the buffer
  return reinterpret_cast<const char*>(libxml::buffer_content(buffer.get()));
}

std::string signature_in(std::string_view base64_text, std::size_t rank) {
  const std::optional<Bytes> decoded = from_base64(base64_text);
  if (!decoded) throw unreadable(rank);
  const XmlDocument document = parse_document(as_text(*decoded));
  const Element root = Element::root_of(document);
  const Element signature = root.only(helios::dsig_namespace, "Signature");
  if (root.name() != wrapper || !signature || root.children().size() != 1) throw unreadable(rank);
  return only_child_in_ascii(as_text(*decoded));
}

}  // namespace

std::vector<std::string> returned_signatures(std::string_view text) {
  std::vector<std::string> signatures;
  for (const std::string& part : split(text, ',')) {
    signatures.push_back(signature_in(part, signatures.size() + 1));
  }
  return signatures;
}

}  // namespace pes::xades
