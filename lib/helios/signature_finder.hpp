#pragma once

#include "helios/reading.hpp"
#include "xml/document_reader.hpp"
#include "xml/events.hpp"
#include "xml/namespace_scope.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pes::helios {

/// Collects the `ds:Signature` elements of a flow, with their bytes, within the bounds of
/// ReadLimits: throws input_too_large beyond. Of a document whose markup is not ASCII, where tags
/// have no known place in the bytes, they are written anew from its events.
class SignatureFinder {
 public:
  SignatureFinder(xml::DocumentReader& document, const ReadLimits& limits,
                  std::vector<SignatureElement>& found)
      : document_(document), limits_(limits), found_(found) {}

  /// @param scope of the signature's parent
  /// @return the rank of the signature
  std::size_t open(const xml::Tag& tag, std::optional<std::size_t> parent,
                   const xml::NamespaceScope& scope);
  void close(std::size_t rank, const xml::Tag& tag);

  // Events, that of a signature's start tag after `open`, that of its end tag before `close`.
  void start_element(const xml::StartElement& element);
  void end_element(const xml::ElementName& name);
  void text(std::string_view text);
  void processing_instruction(std::string_view target, std::string_view data);

 private:
  /// That many more bytes are kept, of the signature that starts there.
  void keep(std::uint64_t bytes, const xml::Position& at);
  [[nodiscard]] bool rewrites() const;

  struct Open {
    std::size_t rank;
    std::string wrapper;          // its start tag; empty when it cannot be written
    std::size_t rewritten_begin;  // in rewritten_
  };

  xml::DocumentReader& document_;
  const ReadLimits& limits_;
  std::vector<SignatureElement>& found_;
  std::uint64_t kept_bytes_ = 0;
  std::vector<Open> open_;
  std::string rewritten_;  // from the outermost open signature on
};

}  // namespace pes::helios
