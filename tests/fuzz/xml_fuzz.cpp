// Whatever the bytes, our own parser, libxml2's SAX parser and libxml2's canonical form say
// the same, or the one that may leave a document to libxml2 does.

#include "unit/xml/transcript.hpp"

#include <libxml/xmlerror.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

/// What libxml2's canonical form says of itself would fill the terminal.
// NOLINTNEXTLINE(cert-dcl50-cpp): libxml2's own signature.
void say_nothing(void* /*context*/, const char* /*format*/, ...) {}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*count*/, char*** /*arguments*/) {
  xmlSetGenericErrorFunc(nullptr, say_nothing);
  return 0;
}

/// @param data the size of the pieces in which the document comes, then the document
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece_size = 1U + data[0];
  const std::string_view document(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string found = pes::test::disagreement(document, piece_size);
  if (found.empty()) return 0;
  std::fprintf(stderr, "%s\n", found.c_str());
  std::abort();
}
