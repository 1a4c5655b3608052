#pragma once

#include "support/owned.hpp"

#include <libxml/parser.h>

namespace pes::xml {

using ParserContext = Owned<xmlParserCtxt, xmlFreeParserCtxt>;

}  // namespace pes::xml
