#include "xades/returned_signature.hpp"

#include "helios/reading.hpp"
#include "pes/error.hpp"
#include "support/encoding.hpp"
#include "support/text.hpp"
#include "xades/xml_tree.hpp"
#include "xml/libxml_tree.hpp"

#include <optional>
#include <utility>

namespace pes::xades {

namespace {

constexpr std::string_view wrapper = "DocumentDetachedExternalSignature";

Error unreadable(const std::string& name, std::size_t rank) {
  return {ErrorCode::input_invalid,
          say("{1} holds no signature in place {2}", {name, std::to_string(rank)}),
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

/// The text that stands there; nothing when it is none.
std::optional<std::string> signature_in(std::string_view base64_text) {
  const std::optional<Bytes> decoded = from_base64(base64_text);
  if (!decoded) return std::nullopt;
  const XmlDocument document = parse_document(as_text(*decoded));
  const Element root = Element::root_of(document);
  const Element signature = root.only(helios::dsig_namespace, "Signature");
  if (root.name() != wrapper || !signature || root.children().size() != 1) return std::nullopt;
  return only_child_in_ascii(as_text(*decoded));
}

}  // namespace

std::vector<std::string> returned_signatures(std::string_view text, const std::string& name) {
  std::vector<std::string> signatures;
  for (const std::string& part : split(text, ',')) {
    std::optional<std::string> signature = signature_in(part);
    if (!signature) throw unreadable(name, signatures.size() + 1);
    signatures.push_back(std::move(*signature));
  }
  return signatures;
}

}  // namespace pes::xades
