#include "xml/namespace_scope.hpp"

#include <algorithm>

namespace pes::xml {

void NamespaceScope::open(std::span<const NamespaceDeclaration> declared) {
  ++depth_;
  for (const NamespaceDeclaration& one : declared) declared_.push_back({one, depth_});
}

void NamespaceScope::close() {
  while (!declared_.empty() && declared_.back().depth == depth_) declared_.pop_back();
  --depth_;
}

std::vector<NamespaceDeclaration> NamespaceScope::in_force() const {
  std::vector<NamespaceDeclaration> result;
  std::for_each(declared_.rbegin(), declared_.rend(), [&](const Declared& declared) {
    const NamespaceDeclaration& one = declared.declaration;
    const bool hidden = std::any_of(result.begin(), result.end(), [&](const auto& nearer) {
      return nearer.prefix == one.prefix;
    });
    if (!hidden) result.push_back(one);
  });
  std::erase_if(result, [](const auto& declaration) { return declaration.uri.empty(); });
  return result;
}

}  // namespace pes::xml
