#pragma once

#include "helios/reading.hpp"
#include "xml/document_reader.hpp"
#include "xml/namespace_scope.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pes::helios {

/// Collects the `ds:Signature` elements of a flow, with their bytes.
class SignatureFinder {
 public:
  SignatureFinder(xml::DocumentReader& document, std::vector<SignatureElement>& found)
      : document_(document), found_(found) {}

  /// @param scope of the signature's parent
  /// @return the rank of the signature
  std::size_t open(const xml::Tag& tag, std::optional<std::size_t> parent,
                   const xml::NamespaceScope& scope);
  void close(std::size_t rank, const xml::Tag& tag);

 private:
  struct Open {
    std::size_t rank;
    std::string wrapper;  // its start tag; empty when it cannot be written
  };

  xml::DocumentReader& document_;
  std::vector<SignatureElement>& found_;
  std::vector<Open> open_;
};

}  // namespace pes::helios
