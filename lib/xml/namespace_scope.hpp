#pragma once

#include "xml/events.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace pes::xml {

/// The namespace declarations of the open elements.
class NamespaceScope {
 public:
  void open(std::span<const NamespaceDeclaration> declared);
  void close();
  /// Those in force, each prefix once; without an undeclared default namespace.
  [[nodiscard]] std::vector<NamespaceDeclaration> in_force() const;

 private:
  struct Declared {
    NamespaceDeclaration declaration;
    std::size_t depth;  // of its element
  };

  std::vector<Declared> declared_;
  std::size_t depth_ = 0;  // open elements
};

}  // namespace pes::xml
