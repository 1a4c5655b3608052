#include "helios/reading.hpp"

#include "helios/flow_reader.hpp"
#include "helios/flow_source.hpp"
#include "support/text.hpp"
#include "xml/document_reader.hpp"
#include "xml/plain_parser.hpp"

namespace pes::helios {

namespace {

/// Tells two what is read.
class Both final : public xml::Events {
 public:
  Both(xml::Events& first, xml::Events& second) : first_(first), second_(second) {}

  void start_element(const xml::StartElement& element, const xml::Tag& tag) override {
    first_.start_element(element, tag);
    second_.start_element(element, tag);
  }
  void end_element(const xml::ElementName& name, const xml::Tag& tag) override {
    first_.end_element(name, tag);
    second_.end_element(name, tag);
  }
  void text(std::string_view text) override {
    first_.text(text);
    second_.text(text);
  }
  void processing_instruction(std::string_view target, std::string_view data) override {
    first_.processing_instruction(target, data);
    second_.processing_instruction(target, data);
  }
  void comment(std::string_view text) override {
    first_.comment(text);
    second_.comment(text);
  }

 private:
  xml::Events& first_;
  xml::Events& second_;
};

using Way = void (xml::DocumentReader::*)(xml::Events&, int);

/// By one of DocumentReader's two ways of reading.
Reading read_by(Way way, xml::ByteSource& source, const ReadLimits& limits, const DigestPlan& plan,
                const Watch& watch) {
  MeasuredSource measured(source, limits.max_bytes);
  xml::DocumentReader document(measured);
  Reading reading;
  FlowReader reader(document, limits, plan, reading);
  if (watch) {
    Both both(reader, watch());
    (document.*way)(both, limits.max_depth);
  } else {
    (document.*way)(reader, limits.max_depth);
  }
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
                  const ReadLimits& limits, const DigestPlan& plan, const Watch& watch) {
  try {
    return read_by(&xml::DocumentReader::read_plain, *open(), limits, plan, watch);
  } catch (const xml::NotPlain&) {
    return read_by(&xml::DocumentReader::read, *open(), limits, plan, watch);
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
