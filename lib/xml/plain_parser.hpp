#pragma once

#include "xml/byte_source.hpp"
#include "xml/document_events.hpp"
#include "xml/encoding.hpp"
#include "xml/name_table.hpp"
#include "xml/place.hpp"
#include "xml/raw_window.hpp"
#include "xml/tag.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace pes::xml {

/// Thrown by PlainParser: whether the document is well-formed, and what is wrong with it if
/// it is not, is for libxml2 to tell. What the events told until then counts for nothing.
class NotPlain {};

/// Reads plain documents several times faster than libxml2: UTF-8, ISO-8859-1 or US-ASCII,
/// no DOCTYPE, ASCII names, no prefix `xml`, tags below 1 MiB… It goes on only as long as
/// there is no doubt: it never tells events of a document that libxml2 refuses to the end,
/// and tells the same events as libxml2 of the others (lib/design/0004-plain-parser.md).
class PlainParser final : private Positions {
 public:
  /// @param source what follows the bytes that the window has
  PlainParser(ByteSource& source, RawWindow& window, const Encoding& encoding, Events& events,
              int max_depth);

  /// Whether a document in this encoding may be plain.
  static bool reads(const Encoding& encoding);

  /// Parses the whole document, once. Throws NotPlain, and what the source and the events do.
  void parse();

 private:
  struct Binding {
    std::string_view prefix;
    std::string_view uri;
  };
  struct Open {
    const Name* name;
    std::string_view uri;
    std::size_t bindings;  // in force around it
  };
  /// An attribute before namespaces are resolved.
  struct RawAttribute {
    Name* name = nullptr;
    std::string_view value;
  };

  // Each consumes something at `at_`; false when more bytes are needed first.
  bool outside_root();
  bool content();
  bool cdata();
  bool markup();
  bool reference();
  bool carriage_return();
  bool text();
  bool cdata_start();
  bool comment();
  void tell_comment(std::string_view written);
  bool processing_instruction();
  bool start_tag();
  bool end_tag();

  // Inside a tag, from a byte to the one after what they read; nullptr when more bytes are
  // needed.
  const char* name(const char* from, Name*& expected);
  const char* attribute(const char* from, Name*& expected);
  const char* attribute_value(const char* open, std::string_view& value);
  const char* decoded_value(const char* begin, char quote, std::string_view& value);
  const char* decoded_character(const char* from, std::string& text);

  void open_element(const Name& name, std::string_view spelled, const Tag& tag);
  void resolve_attributes();
  void bind(std::string_view prefix, std::string_view uri);
  [[nodiscard]] std::string_view uri_of(std::string_view prefix) const;
  void require_distinct_attributes() const;
  void close_element(const Tag& tag);

  /// Past the text from `from` on, to what is none or cannot be told yet.
  const char* text_end(const char* from) const;
  void require_characters(std::string_view bytes) const;

  /// More bytes after those at hand; false at the end of the document.
  bool refill();
  void look_at_window(std::uint64_t at);
  /// nullptr: the end of the bytes at hand, which looks like a byte that no document has.
  /// Anywhere else it is one, or something unexpected stands there, and it throws.
  const char* cut_at(const char* at) const;
  [[nodiscard]] std::uint64_t offset(const char* at) const;
  void count_to(const char* at);
  Tag tag_at(const char* end, Tag::Kind kind);
  Position of(const Tag& tag) override;

  ByteSource& source_;
  RawWindow& window_;
  Events& events_;
  std::size_t max_depth_;
  bool utf8_;
  bool latin1_;

  const char* begin_ = nullptr;  // of the window
  const char* at_ = nullptr;     // first byte not consumed
  const char* end_ = nullptr;    // of the bytes at hand; a NUL stands there
  Place place_;
  std::uint64_t counted_ = 0;  // offset up to which `place_` has counted
  bool in_cdata_ = false;
  bool root_seen_ = false;

  NameTable names_;
  std::vector<Binding> bindings_;
  std::string_view default_uri_;
  std::vector<Open> open_;

  Name nothing_;              // before the first element
  Name* opened_ = &nothing_;  // the element opened last

  // Of the current tag.
  bool canonical_ = false;  // as far as it is read
  std::vector<RawAttribute> raw_attributes_;
  std::vector<NamespaceDeclaration> namespaces_;
  std::vector<Attribute> attributes_;
  std::deque<std::string> decoded_;  // values that do not stand as they are in the document
  std::size_t decoded_count_ = 0;
};

}  // namespace pes::xml
