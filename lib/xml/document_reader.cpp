#include "xml/document_reader.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"
#include "xml/plain_parser.hpp"
#include "xml/sax_parser.hpp"
#include "xml/tag_scanner.hpp"

#include <optional>

namespace pes::xml {

namespace {

constexpr std::size_t head_size = 1024;
/// libxml2 holds a tag, a comment, an instruction and a CDATA section whole in memory, and
/// has no bound of its own with XML_PARSE_HUGE, without which no large PJ can be read.
constexpr std::uint64_t markup_limit = 32U << 20U;

}  // namespace

/// Stands between source and parser, so that the scanner sees the bytes first and knows a
/// tag's place when the parser tells it.
class DocumentReader::Pass final : public ByteSource, public SaxHandler, public Positions {
 public:
  Pass(DocumentReader& reader, Events& events, int max_depth)
      : reader_(reader),
        events_(events),
        max_depth_(max_depth),
        scanner_(reader.encoding_.utf8, reader.encoding_.byte_order_mark ? 0 : 1) {}

  void parse();

  std::string_view next() override;
  [[nodiscard]] std::string name() const override { return reader_.name(); }

  void start_element(const StartElement& element) override;
  void end_element(const ElementName& name) override;
  void text(std::string_view text) override;
  void processing_instruction(std::string_view target, std::string_view data) override;
  void comment(std::string_view text) override;

  Position of(const Tag& /*told*/) override { return at_; }

 private:
  /// The place of the tag that the parser tells; nothing when the scanner has not seen that
  /// tag. libxml2 tells a start tag cut by the end of the file before it refuses the file, so
  /// only a document that it accepts to the end is truly out of step.
  /// @param closing an end tag is expected
  std::optional<Tag> take_tag(bool closing);

  DocumentReader& reader_;
  Events& events_;
  int max_depth_;
  int depth_ = 0;
  TagScanner scanner_;
  SaxParser parser_{*this, *this};
  Position at_;               // of the tag told last
  std::optional<Tag> empty_;  // that tag, when it is a start tag and its own end
  bool out_of_step_ = false;
  std::uint64_t read_ = 0;
  std::uint64_t told_at_ = 0;  // bytes read when the parser last told something
};

void DocumentReader::Pass::parse() {
  parser_.parse();
  if (out_of_step_) {
    throw Error(ErrorCode::internal, say("{1}: the places of its tags were lost", {name()}));
  }
}

std::string_view DocumentReader::Pass::next() {
  if (read_ - told_at_ > markup_limit) {
    throw Error(ErrorCode::input_too_large,
                say("{1}: a tag, comment, instruction or CDATA section is longer than {2} bytes",
                    {name(), std::to_string(markup_limit)}));
  }
  const std::string_view piece = read_ == 0 ? reader_.head_ : reader_.source_.next();
  if (reader_.encoding_.ascii_compatible) {
    reader_.raw_.append(piece, scanner_.oldest_needed());
    scanner_.scan(piece);
  }
  read_ += piece.size();
  return piece;
}

void DocumentReader::Pass::start_element(const StartElement& element) {
  told_at_ = read_;
  const std::optional<Tag> tag = take_tag(false);
  if (!tag) return;
  if (++depth_ > max_depth_) {
    throw Error(ErrorCode::input_too_large,
                say("{1}:{2}:{3}: elements are nested more than {4} deep",
                    {reader_.name(), std::to_string(at_.line), std::to_string(at_.column),
                     std::to_string(max_depth_)}))
        .at({at_.line, at_.column});
  }
  if (tag->kind == Tag::Kind::empty) empty_ = tag;
  events_.start_element(element, *tag);
}

void DocumentReader::Pass::end_element(const ElementName& name) {
  told_at_ = read_;
  const std::optional<Tag> tag = empty_ ? empty_ : take_tag(true);
  empty_.reset();
  if (!tag) return;
  --depth_;
  events_.end_element(name, *tag);
}

void DocumentReader::Pass::text(std::string_view text) {
  told_at_ = read_;
  events_.text(text);
}

void DocumentReader::Pass::processing_instruction(std::string_view target, std::string_view data) {
  told_at_ = read_;
  events_.processing_instruction(target, data);
}

void DocumentReader::Pass::comment(std::string_view text) {
  told_at_ = read_;
  events_.comment(text);
}

std::optional<Tag> DocumentReader::Pass::take_tag(bool closing) {
  if (!reader_.encoding_.ascii_compatible) {
    at_ = {parser_.line(), parser_.column()};
    return Tag{.positions = this};
  }
  if (out_of_step_) return std::nullopt;
  std::optional<TagScanner::Found> found = scanner_.take();
  out_of_step_ = !found || (found->tag.kind == Tag::Kind::end) != closing;
  if (out_of_step_) return std::nullopt;
  at_ = found->at;
  found->tag.positions = this;
  return found->tag;
}

DocumentReader::DocumentReader(ByteSource& source) : source_(source) {
  while (head_.size() < head_size) {
    const std::string_view piece = source_.next();
    if (piece.empty()) break;
    head_ += piece;
  }
  if (head_.empty()) {
    throw Error(ErrorCode::input_empty, say("{1} is empty", {source_.name()}),
                tr("check what wrote it, then give the whole file"));
  }
  encoding_ = sniff_encoding(head_);
}

DocumentReader::~DocumentReader() = default;

void DocumentReader::read(Events& events, int max_depth) { Pass(*this, events, max_depth).parse(); }

void DocumentReader::read_plain(Events& events, int max_depth) {
  if (!PlainParser::reads(encoding_)) throw NotPlain();
  raw_.append(head_, 0);
  PlainParser(source_, raw_, encoding_, events, max_depth).parse();
}

}  // namespace pes::xml
