#include "helios/reading.hpp"

#include "helios/flow_reader.hpp"
#include "helios/flow_source.hpp"
#include "support/text.hpp"
#include "xml/document_reader.hpp"

namespace pes::helios {

Reading read_flow(xml::ByteSource& source, const ReadLimits& limits,
                  const std::vector<port::DigestAlgorithm>& digests) {
  MeasuredSource measured(source, limits.max_bytes);
  xml::DocumentReader document(measured);
  Reading reading;
  FlowReader reader(document, digests, reading);
  document.read(reader, limits.max_depth);
  reading.ascii_compatible = document.encoding().ascii_compatible;
  reading.flow.size = measured.size();
  reading.flow.encoding = document.encoding().declared;
  reading.flow.latin1_in_first_50 =
      contains_ignoring_case(document.head().substr(0, 50), "ISO-8859-1");
  reading.flow.c1_bytes =
      measured.has_c1_bytes() && lowered_ascii(reading.flow.encoding) == "iso-8859-1";
  return reading;
}

Reading read_flow(const std::filesystem::path& file, const ReadLimits& limits,
                  const std::vector<port::DigestAlgorithm>& digests,
                  const std::vector<Replacement>& replacements) {
  FileSource original(file);
  PatchedSource patched(original, replacements);
  return read_flow(patched, limits, digests);
}

}  // namespace pes::helios

namespace pes {

PesAller read_pes_aller(const std::filesystem::path& file, const ReadLimits& limits) {
  return helios::read_flow(file, limits, {}).flow;
}

}  // namespace pes
