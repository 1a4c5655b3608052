#include "xades/canonical_form.hpp"

#include <libxml/c14n.h>
#include <libxml/xmlIO.h>
#include <libxml/xmlerror.h>

namespace pes::xades {

namespace {

using OutputBuffer = Owned<xmlOutputBuffer, xmlOutputBufferClose>;

void ignore_error(void* /*context*/, xmlError* /*error*/) {}

/// libxml2 prints its errors unless this thread has another taker for them.
class QuietLibxml {
 public:
  QuietLibxml() : taker_(xmlStructuredError), context_(xmlStructuredErrorContext) {
    xmlSetStructuredErrorFunc(nullptr, ignore_error);
  }
  QuietLibxml(const QuietLibxml&) = delete;
  QuietLibxml(QuietLibxml&&) = delete;
  QuietLibxml& operator=(const QuietLibxml&) = delete;
  QuietLibxml& operator=(QuietLibxml&&) = delete;
  ~QuietLibxml() { xmlSetStructuredErrorFunc(context_, taker_); }

 private:
  xmlStructuredErrorFunc taker_;
  void* context_;
};

/// A namespace node knows nothing of its element, which libxml2 gives as `parent`.
int is_below(void* root, xmlNode* node, xmlNode* parent) {
  const xmlNode* place = node->type == XML_NAMESPACE_DECL ? parent : node;
  while (place != nullptr && place != root) place = place->parent;
  return place == root ? 1 : 0;
}

std::optional<std::string> canonicalised(Element element, int with_comments) {
  if (!element) return std::nullopt;
  const QuietLibxml quiet;
  const OutputBuffer output(xmlAllocOutputBuffer(nullptr));
  xmlNode* const root = element.node();
  if (!output || xmlC14NExecute(root->doc, is_below, root, XML_C14N_EXCLUSIVE_1_0, nullptr,
                                with_comments, output.get()) < 0) {
    return std::nullopt;
  }
  return std::string(reinterpret_cast<const char*>(xmlOutputBufferGetContent(output.get())),
                     xmlOutputBufferGetSize(output.get()));
}

}  // namespace

std::optional<std::string> canonical_form(Element element) { return canonicalised(element, 0); }

std::optional<std::string> canonical_form_with_comments(Element element) {
  return canonicalised(element, 1);
}

}  // namespace pes::xades
