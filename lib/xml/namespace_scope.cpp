#include "xml/namespace_scope.hpp"

#include <algorithm>

namespace pes::xml {

void NamespaceScope::open(std::span<const NamespaceDeclaration> declared) {
  declared_.insert(declared_.end(), declared.begin(), declared.end());
  counts_.push_back(declared.size());
}

void NamespaceScope::close() {
  declared_.resize(declared_.size() - counts_.back());
  counts_.pop_back();
}

std::vector<NamespaceDeclaration> NamespaceScope::in_force() const {
  std::vector<NamespaceDeclaration> result;
  std::for_each(declared_.rbegin(), declared_.rend(), [&](const NamespaceDeclaration& one) {
    const bool hidden = std::any_of(result.begin(), result.end(), [&](const auto& nearer) {
      return nearer.prefix == one.prefix;
    });
    if (!hidden) result.push_back(one);
  });
  std::erase_if(result, [](const auto& declaration) { return declaration.uri.empty(); });
  return result;
}

}  // namespace pes::xml
