#include "xml/names.hpp"

#include <libxml/tree.h>

namespace pes::xml {

bool is_ncname(const std::string& utf8) {
  return xmlValidateNCName(reinterpret_cast<const xmlChar*>(utf8.c_str()), 0) == 0;
}

}  // namespace pes::xml
