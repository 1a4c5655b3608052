#include "xades/returned_signature.hpp"

#include "helios/reading.hpp"
#include "pes/error.hpp"
#include "support/encoding.hpp"
#include "support/text.hpp"
#include "xades/xml_tree.hpp"

#include <libxml/tree.h>
#include <libxml/xmlsave.h>

namespace pes::xades {

namespace {

constexpr std::string_view wrapper = "DocumentDetachedExternalSignature";

using Buffer = Owned<xmlBuffer, xmlBufferFree>;
using SaveContext = Owned<xmlSaveCtxt, xmlSaveClose>;

Error unreadable(std::size_t rank) {
  return {ErrorCode::input_invalid,
          say("what was returned holds no signature in place {1}", {std::to_string(rank)}),
          tr("give the text that Libersign returned, as it is: base64, joined by commas")};
}

std::string written_in_ascii(Element element) {
  const Buffer buffer(xmlBufferCreate());
  SaveContext context(xmlSaveToBuffer(buffer.get(), "US-ASCII", XML_SAVE_NO_DECL));
  if (!context || xmlSaveTree(context.get(), element.node()) < 0) {
    throw Error(ErrorCode::internal, tr("the signature cannot be written"));
  }
  context.reset();  // flushes into the buffer
  return reinterpret_cast<const char*>(xmlBufferContent(buffer.get()));
}

std::string signature_in(std::string_view base64_text, std::size_t rank) {
  const std::optional<Bytes> decoded = from_base64(base64_text);
  if (!decoded) throw unreadable(rank);
  const XmlDocument document = parse_small_document(as_text(*decoded));
  const Element root = Element::root_of(document);
  const Element signature = root.only(helios::dsig_namespace, "Signature");
  if (root.name() != wrapper || !signature || root.children().size() != 1) throw unreadable(rank);
  return written_in_ascii(signature);
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
