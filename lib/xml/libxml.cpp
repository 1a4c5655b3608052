#include "xml/libxml.hpp"

#include <cstdlib>

namespace pes::xml::libxml {

/// It gives 2.9.14 as 20914, with the name of the build behind.
std::string version() {
  const int number = std::atoi(*static_cast<const char**>(library.symbol("xmlParserVersion")));
  return std::to_string(number / 10000) + "." + std::to_string(number / 100 % 100) + "." +
         std::to_string(number % 100);
}

}  // namespace pes::xml::libxml
