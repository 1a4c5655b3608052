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
  std::vector<NamespaceDeclaration> declared_;
  std::vector<std::size_t> counts_;  // by open element
};

}  // namespace pes::xml
