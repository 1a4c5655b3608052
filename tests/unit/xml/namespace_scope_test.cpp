#include "xml/namespace_scope.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

namespace pes::xml {

namespace {

std::map<std::string, std::string> in_force(const NamespaceScope& scope) {
  std::map<std::string, std::string> found;
  for (const NamespaceDeclaration& declaration : scope.in_force()) {
    const bool once = found.emplace(declaration.prefix, declaration.uri).second;
    CHECK(once);
  }
  return found;
}

using Found = std::map<std::string, std::string>;

}  // namespace

TEST_SUITE("xml") {
  TEST_CASE("the nearest declaration of a prefix is in force") {
    NamespaceScope scope;
    const std::vector<NamespaceDeclaration> outer = {{"a", "urn:1"}, {"", "urn:d"}};
    const std::vector<NamespaceDeclaration> inner = {{"a", "urn:2"}, {"b", "urn:b"}};
    scope.open(outer);
    scope.open({});
    scope.open(inner);
    CHECK(in_force(scope) == Found{{"a", "urn:2"}, {"b", "urn:b"}, {"", "urn:d"}});

    scope.close();

    CHECK(in_force(scope) == Found{{"a", "urn:1"}, {"", "urn:d"}});
  }

  TEST_CASE("an undeclared default namespace hides the outer one") {
    NamespaceScope scope;
    const std::vector<NamespaceDeclaration> outer = {{"", "urn:d"}};
    const std::vector<NamespaceDeclaration> inner = {{"", ""}};
    scope.open(outer);
    scope.open(inner);

    CHECK(in_force(scope).empty());
  }
}

}  // namespace pes::xml
