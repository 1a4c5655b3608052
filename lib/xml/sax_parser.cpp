#include "xml/sax_parser.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"
#include "xml/libxml_errors.hpp"
#include "xml/libxml_handles.hpp"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace pes::xml {

namespace {

/// Names repeat, so a document of any size fills little of it. One made to fill it would
/// take all memory, and time: beyond some ten thousand names libxml2's table is a list.
constexpr std::size_t dictionary_limit = 1U << 18U;

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

/// A namespace may have any name: whether it is a URI only matters to canonicalisation.
bool is_fault(const xmlError& error) {
  return error.level >= XML_ERR_ERROR && error.code != XML_WAR_NS_URI;
}

/// libxml2 gives bytes that are no UTF-8 the code it gives to forbidden characters.
bool stands_on_broken_utf8(const xmlParserInput& input) {
  int length = static_cast<int>(std::min<std::ptrdiff_t>(4, input.end - input.cur));
  return length > 0 && libxml::get_utf8_char(input.cur, &length) < 0;
}

bool is_encoding_fault(const xmlError& error, const xmlParserInput& input) {
  switch (error.code) {
    case XML_ERR_UNKNOWN_ENCODING:
    case XML_ERR_UNSUPPORTED_ENCODING:
    case XML_ERR_INVALID_ENCODING:
    case XML_ERR_ENCODING_NAME:
    case XML_IO_ENCODER:
      return true;
    case XML_ERR_INVALID_CHAR:
      return stands_on_broken_utf8(input);
    default:
      return error.domain == XML_FROM_I18N;
  }
}

/// libxml2 knows neither line nor column of what it refuses before it reads.
FilePlace place_of(int line, int column) {
  const auto from_one = [](int number) { return static_cast<std::uint64_t>(std::max(number, 1)); };
  return {from_one(line), from_one(column)};
}

}  // namespace

class SaxParser::Session {
 public:
  Session(ByteSource& document, SaxHandler& handler);

  void parse();
  [[nodiscard]] const xmlParserInput* input() const { return context_->input; }

 private:
  static Session& from(void* user_data) { return *static_cast<Session*>(user_data); }
  static xmlSAXHandler callbacks();
  static void on_start_element(void* self, const xmlChar* local, const xmlChar* prefix,
                               const xmlChar* uri, int namespace_count, const xmlChar** namespaces,
                               int attribute_count, int defaulted, const xmlChar** attributes);

  static int on_read(void* self, char* buffer, int size);

  /// Nothing thrown crosses libxml2: it is kept, no more is read, and the parser is
  /// stopped at the next event. Not at once, for errors and reading happen in the midst of
  /// the buffers that xmlStopParser frees.
  template <typename Action>
  void keep_failure(Action action) noexcept {
    if (failure_) return;
    try {
      action();
    } catch (...) {
      failure_ = std::current_exception();
    }
  }

  template <typename Action>
  void on_event(Action action) noexcept {
    keep_failure(action);
    if (failure_) libxml::stop_parser(context_.get());
  }

  std::size_t read(std::span<char> buffer);
  void start_element(const ElementName& name, std::span<const xmlChar*> namespaces,
                     std::span<const xmlChar*> attributes);
  /// `file:line:column`
  [[nodiscard]] std::string named(FilePlace place) const;
  void refuse(const xmlError& error);
  void require_end();
  [[noreturn]] void refuse_doctype() const;

  ByteSource& document_;
  SaxHandler& handler_;
  std::string_view piece_;  // what is left of the document's current piece
  LibxmlParser context_;
  std::exception_ptr failure_;
  std::vector<NamespaceDeclaration> namespaces_;
  std::vector<Attribute> attributes_;
};

// Not the push parser: that of libxml2 2.9 leaves the CR of a CRLF in a CDATA section,
// which changes the canonical form.
SaxParser::Session::Session(ByteSource& document, SaxHandler& handler)
    : document_(document), handler_(handler) {
  xmlSAXHandler sax = callbacks();
  context_.reset(
      libxml::create_io_parser_ctxt(&sax, this, on_read, nullptr, this, XML_CHAR_ENCODING_NONE));
  if (!context_) throw Error(ErrorCode::internal, tr("libxml2 could not make a parser"));
  // NOENT concerns the predefined entities here, others cannot exist without a DOCTYPE:
  // without it libxml2 gives the & of an attribute as `&#38;`.
  libxml::ctxt_use_options(context_.get(), XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_NOENT);
  libxml::dict_set_limit(context_->dict, dictionary_limit);
}

xmlSAXHandler SaxParser::Session::callbacks() {
  xmlSAXHandler sax{};
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = on_start_element;
  sax.endElementNs = [](void* self, const xmlChar* local, const xmlChar* prefix,
                        const xmlChar* uri) {
    Session& session = from(self);
    session.on_event([&] { session.handler_.end_element({view(prefix), view(local), view(uri)}); });
  };
  sax.characters = [](void* self, const xmlChar* text, int length) {
    Session& session = from(self);
    session.on_event([&] {
      session.handler_.text(
          {reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
    });
  };
  sax.ignorableWhitespace = sax.characters;
  sax.cdataBlock = sax.characters;
  sax.processingInstruction = [](void* self, const xmlChar* target, const xmlChar* data) {
    Session& session = from(self);
    session.on_event([&] { session.handler_.processing_instruction(view(target), view(data)); });
  };
  sax.comment = [](void* self, const xmlChar* text) {
    Session& session = from(self);
    session.on_event([&] { session.handler_.comment(view(text)); });
  };
  sax.internalSubset = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
    Session& session = from(self);
    session.on_event([&] { session.refuse_doctype(); });
  };
  return sax;
}

void SaxParser::Session::on_start_element(void* self, const xmlChar* local, const xmlChar* prefix,
                                          const xmlChar* uri, int namespace_count,
                                          const xmlChar** namespaces, int attribute_count,
                                          int /*defaulted*/, const xmlChar** attributes) {
  Session& session = from(self);
  session.on_event([&] {
    session.start_element({view(prefix), view(local), view(uri)},
                          {namespaces, 2 * static_cast<std::size_t>(namespace_count)},
                          {attributes, 5 * static_cast<std::size_t>(attribute_count)});
  });
}

/// libxml2 gives namespaces by pairs (prefix, URI) and attributes by fives (local name,
/// prefix, URI, begin and end of the value).
void SaxParser::Session::start_element(const ElementName& name,
                                       std::span<const xmlChar*> namespaces,
                                       std::span<const xmlChar*> attributes) {
  namespaces_.clear();
  for (std::size_t i = 0; i < namespaces.size(); i += 2) {
    namespaces_.push_back({view(namespaces[i]), view(namespaces[i + 1])});
  }
  attributes_.clear();
  for (std::size_t i = 0; i < attributes.size(); i += 5) {
    const auto* begin = reinterpret_cast<const char*>(attributes[i + 3]);
    const auto* end = reinterpret_cast<const char*>(attributes[i + 4]);
    attributes_.push_back({view(attributes[i + 1]),
                           view(attributes[i]),
                           view(attributes[i + 2]),
                           {begin, static_cast<std::size_t>(end - begin)}});
  }
  handler_.start_element({name, namespaces_, attributes_});
}

void SaxParser::Session::parse() {
  const LibxmlErrors errors(this, [](void* self, auto* error) {
    Session& session = from(self);
    if (is_fault(*error)) session.keep_failure([&] { session.refuse(*error); });
  });
  libxml::parse_document(context_.get());
  if (failure_) std::rethrow_exception(failure_);
  require_end();
}

std::string SaxParser::Session::named(FilePlace place) const {
  return fill("{1}:{2}:{3}",
              {document_.name(), std::to_string(place.line), std::to_string(place.column)});
}

/// libxml2 takes a NUL after the root element for the end of the document, and says nothing of
/// what follows it.
void SaxParser::Session::require_end() {
  const bool at_end = input()->cur >= input()->end && piece_.empty() && document_.next().empty();
  if (at_end) return;
  const FilePlace place = place_of(input()->line, input()->col);
  throw Error(ErrorCode::input_not_xml, say("{1}: not well-formed XML", {named(place)}),
              tr("the file may be cut short or have been edited: export it again"),
              tr("something stands after the end of the document"))
      .at(place);
}

int SaxParser::Session::on_read(void* self, char* buffer, int size) {
  Session& session = from(self);
  std::size_t count = 0;
  session.keep_failure([&] { count = session.read({buffer, static_cast<std::size_t>(size)}); });
  return static_cast<int>(count);  // 0 ends the document
}

/// Fills the buffer unless the document ends: libxml2 guesses the encoding from what it
/// gets first.
std::size_t SaxParser::Session::read(std::span<char> buffer) {
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    if (piece_.empty()) piece_ = document_.next();
    if (piece_.empty()) break;
    const std::size_t count = piece_.copy(buffer.data() + filled, buffer.size() - filled);
    piece_.remove_prefix(count);
    filled += count;
  }
  return filled;
}

/// Namespace faults are refused as well: what is not namespace-well-formed has no
/// canonical form.
void SaxParser::Session::refuse(const xmlError& error) {
  const std::string words(trimmed(view(reinterpret_cast<const xmlChar*>(error.message))));
  const FilePlace place = place_of(error.line, error.int2);
  const std::string at = named(place);
  if (is_encoding_fault(error, *input())) {
    throw Error(ErrorCode::input_encoding,
                say("{1}: the text cannot be decoded in its declared encoding", {at}),
                tr("the XML declaration must name the encoding the file is written in, for a "
                   "PES ISO-8859-1"),
                words)
        .at(place);
  }
  if (error.code == XML_ERR_NO_MEMORY) {
    throw Error(ErrorCode::input_too_large,
                say("{1}: more different names than are kept in memory", {at}), {}, words)
        .at(place);
  }
  throw Error(ErrorCode::input_not_xml, say("{1}: not well-formed XML", {at}),
              tr("the file may be cut short or have been edited: export it again"), words)
      .at(place);
}

void SaxParser::Session::refuse_doctype() const {
  const FilePlace place = place_of(input()->line, input()->col);
  throw Error(ErrorCode::input_doctype, say("{1}: a DOCTYPE is not accepted", {named(place)}),
              tr("a PES never has one: export the file again"))
      .at(place);
}

SaxParser::SaxParser(ByteSource& document, SaxHandler& handler)
    : session_(std::make_unique<Session>(document, handler)) {}

SaxParser::~SaxParser() = default;

void SaxParser::parse() { session_->parse(); }

std::uint64_t SaxParser::line() const {
  return static_cast<std::uint64_t>(session_->input()->line);
}

std::uint64_t SaxParser::column() const {
  return static_cast<std::uint64_t>(session_->input()->col);
}

}  // namespace pes::xml
