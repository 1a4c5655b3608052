#pragma once

#include "support/owned.hpp"
#include "xml/libxml.hpp"

namespace pes::xml {

/// libxml2 keeps the entities of a DOCTYPE in a document of its own, whatever the handlers do, and
/// leaves it behind when it stops within them.
inline void free_parser(xmlParserCtxt* parser) {
  if (parser->myDoc != nullptr) libxml::free_doc(parser->myDoc);
  parser->myDoc = nullptr;
  libxml::free_parser_ctxt(parser);
}

using LibxmlDocument = Owned<xmlDoc, libxml::free_doc>;
using LibxmlUri = Owned<xmlURI, libxml::free_uri>;
using LibxmlBuffer = Owned<xmlBuffer, libxml::buffer_free>;
using LibxmlOutput = Owned<xmlOutputBuffer, libxml::output_buffer_close>;
using LibxmlEncoder = Owned<xmlCharEncodingHandler, libxml::char_enc_close_func>;
using LibxmlParser = Owned<xmlParserCtxt, free_parser>;
using LibxmlSaving = Owned<xmlSaveCtxt, libxml::save_close>;
using LibxmlSchema = Owned<xmlSchema, libxml::schema_free>;
using LibxmlSchemaParser = Owned<xmlSchemaParserCtxt, libxml::schema_free_parser_ctxt>;
using LibxmlValidation = Owned<xmlSchemaValidCtxt, libxml::schema_free_valid_ctxt>;
using LibxmlPlug = Owned<xmlSchemaSAXPlugStruct, libxml::schema_sax_unplug>;

}  // namespace pes::xml
