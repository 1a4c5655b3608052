#include "helios/reading.hpp"

#include "helios/flow_reader.hpp"
#include "helios/flow_source.hpp"
#include "support/text.hpp"
#include "xml/document_reader.hpp"
#include "xml/plain_parser.hpp"

namespace pes::helios {

namespace {

/// By one of DocumentReader's two ways of reading.
Reading read_by(void (xml::DocumentReader::*way)(xml::Events&, int), xml::ByteSource& source,
                const ReadLimits& limits, const DigestPlan& plan) {
  MeasuredSource measured(source, limits.max_bytes);
  xml::DocumentReader document(measured);
  Reading reading;
  FlowReader reader(document, limits, plan, reading);
  (document.*way)(reader, limits.max_depth);
  reader.finish();
  reading.ascii_compatible = document.encoding().ascii_compatible;
  reading.flow.size = measured.size();
  reading.flow.encoding = document.encoding().declared;
  reading.flow.latin1_in_first_50 =
      contains_ignoring_case(document.head().substr(0, 50), "ISO-8859-1");
  reading.flow.c1_bytes =
      measured.has_c1_bytes() && lowered_ascii(reading.flow.encoding) == "iso-8859-1";
  return reading;
}

/// A file, as it will be.
class ChangedFile final : public xml::ByteSource {
 public:
  ChangedFile(const NamedFile& file, const std::vector<Replacement>& replacements)
      : original_(file), patched_(original_, replacements) {}

  std::string_view next() override { return patched_.next(); }
  [[nodiscard]] std::string name() const override { return patched_.name(); }

 private:
  FileSource original_;
  PatchedSource patched_;
};

}  // namespace

Reading read_flow(const std::function<std::unique_ptr<xml::ByteSource>()>& open,
                  const ReadLimits& limits, const DigestPlan& plan) {
  try {
    return read_by(&xml::DocumentReader::read_plain, *open(), limits, plan);
  } catch (const xml::NotPlain&) {
    return read_by(&xml::DocumentReader::read, *open(), limits, plan);
  }
}

Reading read_flow(const NamedFile& file, const ReadLimits& limits, const DigestPlan& plan,
                  const std::vector<Replacement>& replacements) {
  return read_flow([&] { return std::make_unique<ChangedFile>(file, replacements); }, limits, plan);
}

}  // namespace pes::helios

namespace pes {

PesAller read_pes_aller(const NamedFile& file, const ReadLimits& limits) {
  return helios::read_flow(file, limits, {}).flow;
}

}  // namespace pes
