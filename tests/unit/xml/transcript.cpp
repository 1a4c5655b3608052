#include "unit/xml/transcript.hpp"

#include "pes/error.hpp"
#include "unit/xml/memory_source.hpp"
#include "unit/xml/reference_canonical.hpp"
#include "xml/canonical_writer.hpp"
#include "xml/document_reader.hpp"
#include "xml/plain_parser.hpp"

#include <array>

namespace pes::test {

namespace {

constexpr int max_depth = 256;

class Transcript final : public xml::Events {
 public:
  void start_element(const xml::StartElement& element, const xml::Tag& tag) override {
    begin("start", element.name, tag);
    for (const xml::NamespaceDeclaration& declared : element.namespaces) {
      add({" [", declared.prefix, "=", declared.uri, "]"});
    }
    for (const xml::Attribute& attribute : element.attributes) {
      add({" (", attribute.prefix, "|", attribute.uri, "|", attribute.local, "=", attribute.value,
           ")"});
    }
  }
  void end_element(const xml::ElementName& name, const xml::Tag& tag) override {
    begin("end", name, tag);
  }
  void text(std::string_view text) override {
    if (text.empty()) return;         // libxml2 tells of an empty CDATA section
    if (!in_text_) add({"\ntext "});  // it may come in pieces
    in_text_ = true;
    add({text});
  }
  void processing_instruction(std::string_view target, std::string_view data) override {
    in_text_ = false;
    add({"\ninstruction ", target, " ", data});
  }
  void comment(std::string_view text) override {
    in_text_ = false;
    add({"\ncomment ", text});
  }

  std::string told;

 private:
  void begin(std::string_view what, const xml::ElementName& name, const xml::Tag& tag) {
    in_text_ = false;
    const std::string place = std::to_string(tag.begin) + "-" + std::to_string(tag.end) + " " +
                              std::to_string(tag.at().line) + ":" + std::to_string(tag.at().column);
    add({"\n", what, " ", name.prefix, "|", name.uri, "|", name.local, " ", place});
    if (tag.kind == xml::Tag::Kind::empty) add({" empty"});
  }
  void add(std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) told += word;
  }

  bool in_text_ = false;
};

/// The canonical form of the root.
class CanonicalForm final : public xml::Events, private xml::ByteSink {
 public:
  void start_element(const xml::StartElement& element, const xml::Tag&) override {
    for (const xml::NamespaceDeclaration& declared : element.namespaces) {
      if (declared.uri.find_first_of("&<\"\t\n\r") != std::string_view::npos) comparable = false;
    }
    writer_.start_element(element);
    ++depth_;
  }
  void end_element(const xml::ElementName& name, const xml::Tag&) override {
    writer_.end_element(name);
    if (--depth_ == 0) writer_.flush();
  }
  void text(std::string_view text) override { writer_.text(text); }
  void processing_instruction(std::string_view target, std::string_view data) override {
    if (depth_ > 0) writer_.processing_instruction(target, data);
  }
  void comment(std::string_view) override {}

  std::string bytes;
  /// libxml2 2.9 does not escape what must be in a namespace, so its form is no canonical one.
  bool comparable = true;

 private:
  std::span<char> room() override { return room_; }
  void written(std::size_t count) override { bytes.append(room_.data(), count); }

  std::array<char, 61> room_{};  // small and odd, so that everything gets to straddle it
  xml::CanonicalWriter writer_{*this};
  std::size_t depth_ = 0;
};

void read_into(xml::Events& events, std::string_view document, std::size_t piece_size) {
  MemorySource source(std::string(document), piece_size);
  xml::DocumentReader(source).read(events, max_depth);
}

/// What is wrong with our canonical form of a document that is well-formed; empty when
/// nothing is.
std::string canonical_disagreement(std::string_view document, std::size_t piece_size) {
  const auto theirs = reference_canonical_form(std::string(document));
  if (!theirs) return "libxml2's tree refuses what its SAX parser accepts";
  CanonicalForm ours;
  try {
    read_into(ours, document, piece_size);
  } catch (const Error&) {
    const bool both = !ours.comparable || *theirs == refused_canonical_form;
    return both ? "" : "only we refuse to canonicalise:\n" + *theirs;
  }
  if (!ours.comparable || ours.bytes == *theirs) return {};
  return "our canonical form:\n" + ours.bytes + "\nlibxml2's:\n" + *theirs;
}

}  // namespace

std::optional<std::string> transcript(std::string_view document, std::size_t piece_size) {
  Transcript transcript;
  try {
    read_into(transcript, document, piece_size);
  } catch (const Error&) {
    return std::nullopt;
  }
  return transcript.told;
}

std::optional<std::string> plain_transcript(std::string_view document, std::size_t piece_size) {
  if (document.empty()) return std::nullopt;
  MemorySource source(std::string(document), piece_size);
  Transcript transcript;
  try {
    xml::DocumentReader(source).read_plain(transcript, max_depth);
  } catch (const xml::NotPlain&) {
    return std::nullopt;
  }
  return transcript.told;
}

std::string disagreement(std::string_view document, std::size_t piece_size) {
  const auto plain = plain_transcript(document, piece_size);
  const auto told = transcript(document, piece_size);
  if (plain && !told) return "our parser accepts what libxml2 refuses:" + *plain;
  if (plain && *plain != *told) return "our parser tells:" + *plain + "\nlibxml2:" + *told;
  return told ? canonical_disagreement(document, piece_size) : std::string();
}

}  // namespace pes::test
