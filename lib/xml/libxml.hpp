#pragma once

#include "support/loaded.hpp"

#include <libxml/c14n.h>
#include <libxml/encoding.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/uri.h>
#include <libxml/xmlIO.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlsave.h>
#include <libxml/xmlschemas.h>

#include <string>

/// libxml2's functions, without their prefix.
namespace pes::xml::libxml {

// Its structures are read as its headers have them, so these must be of the library that is opened.
static_assert(LIBXML_VERSION < 21400, "from 2.14 on it is libxml2.so.16");

inline constexpr LoadedLibrary library{"libxml2.so.2", "libxml2", "xmlInitParser"};

inline constexpr Loaded<library, "xmlAllocOutputBuffer", decltype(xmlAllocOutputBuffer)>
    alloc_output_buffer;
inline constexpr Loaded<library, "xmlBufferAdd", decltype(xmlBufferAdd)> buffer_add;
inline constexpr Loaded<library, "xmlBufferContent", decltype(xmlBufferContent)> buffer_content;
inline constexpr Loaded<library, "xmlBufferCreate", decltype(xmlBufferCreate)> buffer_create;
inline constexpr Loaded<library, "xmlBufferFree", decltype(xmlBufferFree)> buffer_free;
inline constexpr Loaded<library, "xmlBufferLength", decltype(xmlBufferLength)> buffer_length;
inline constexpr Loaded<library, "xmlC14NExecute", decltype(xmlC14NExecute)> c14n_execute;
inline constexpr Loaded<library, "xmlCharEncCloseFunc", decltype(xmlCharEncCloseFunc)>
    char_enc_close_func;
inline constexpr Loaded<library, "xmlCharEncOutFunc", decltype(xmlCharEncOutFunc)>
    char_enc_out_func;
inline constexpr Loaded<library, "xmlCreateIOParserCtxt", decltype(xmlCreateIOParserCtxt)>
    create_io_parser_ctxt;
inline constexpr Loaded<library, "xmlCtxtUseOptions", decltype(xmlCtxtUseOptions)> ctxt_use_options;
inline constexpr Loaded<library, "xmlDictSetLimit", decltype(xmlDictSetLimit)> dict_set_limit;
inline constexpr Loaded<library, "xmlDocGetRootElement", decltype(xmlDocGetRootElement)>
    doc_get_root_element;
inline constexpr Loaded<library, "xmlFindCharEncodingHandler", decltype(xmlFindCharEncodingHandler)>
    find_char_encoding_handler;
inline constexpr Loaded<library, "xmlFirstElementChild", decltype(xmlFirstElementChild)>
    first_element_child;
inline constexpr Loaded<library, "xmlFreeDoc", decltype(xmlFreeDoc)> free_doc;
inline constexpr Loaded<library, "xmlFreeParserCtxt", decltype(xmlFreeParserCtxt)> free_parser_ctxt;
inline constexpr Loaded<library, "xmlFreeURI", decltype(xmlFreeURI)> free_uri;
inline constexpr Loaded<library, "xmlGetExternalEntityLoader", decltype(xmlGetExternalEntityLoader)>
    get_external_entity_loader;
inline constexpr Loaded<library, "xmlGetIntSubset", decltype(xmlGetIntSubset)> get_int_subset;
inline constexpr Loaded<library, "xmlGetUTF8Char", decltype(xmlGetUTF8Char)> get_utf8_char;
inline constexpr Loaded<library, "xmlNextElementSibling", decltype(xmlNextElementSibling)>
    next_element_sibling;
inline constexpr Loaded<library, "xmlOutputBufferClose", decltype(xmlOutputBufferClose)>
    output_buffer_close;
inline constexpr Loaded<library, "xmlOutputBufferGetContent", decltype(xmlOutputBufferGetContent)>
    output_buffer_get_content;
inline constexpr Loaded<library, "xmlOutputBufferGetSize", decltype(xmlOutputBufferGetSize)>
    output_buffer_get_size;
inline constexpr Loaded<library, "xmlParseDocument", decltype(xmlParseDocument)> parse_document;
inline constexpr Loaded<library, "xmlParseURI", decltype(xmlParseURI)> parse_uri;
inline constexpr Loaded<library, "xmlReadMemory", decltype(xmlReadMemory)> read_memory;
inline constexpr Loaded<library, "xmlSaveClose", decltype(xmlSaveClose)> save_close;
inline constexpr Loaded<library, "xmlSaveToBuffer", decltype(xmlSaveToBuffer)> save_to_buffer;
inline constexpr Loaded<library, "xmlSaveTree", decltype(xmlSaveTree)> save_tree;
inline constexpr Loaded<library, "xmlSchemaFree", decltype(xmlSchemaFree)> schema_free;
inline constexpr Loaded<library, "xmlSchemaFreeParserCtxt", decltype(xmlSchemaFreeParserCtxt)>
    schema_free_parser_ctxt;
inline constexpr Loaded<library, "xmlSchemaFreeValidCtxt", decltype(xmlSchemaFreeValidCtxt)>
    schema_free_valid_ctxt;
inline constexpr Loaded<library, "xmlSchemaIsValid", decltype(xmlSchemaIsValid)> schema_is_valid;
inline constexpr Loaded<library, "xmlSchemaNewParserCtxt", decltype(xmlSchemaNewParserCtxt)>
    schema_new_parser_ctxt;
inline constexpr Loaded<library, "xmlSchemaNewValidCtxt", decltype(xmlSchemaNewValidCtxt)>
    schema_new_valid_ctxt;
inline constexpr Loaded<library, "xmlSchemaParse", decltype(xmlSchemaParse)> schema_parse;
inline constexpr Loaded<library, "xmlSchemaSAXPlug", decltype(xmlSchemaSAXPlug)> schema_sax_plug;
inline constexpr Loaded<library, "xmlSchemaSAXUnplug", decltype(xmlSchemaSAXUnplug)>
    schema_sax_unplug;
inline constexpr Loaded<library, "xmlSchemaSetValidStructuredErrors",
                        decltype(xmlSchemaSetValidStructuredErrors)>
    schema_set_valid_structured_errors;
inline constexpr Loaded<library, "xmlSchemaValidateSetLocator",
                        decltype(xmlSchemaValidateSetLocator)>
    schema_validate_set_locator;
inline constexpr Loaded<library, "xmlSetExternalEntityLoader", decltype(xmlSetExternalEntityLoader)>
    set_external_entity_loader;
inline constexpr Loaded<library, "xmlSetStructuredErrorFunc", decltype(xmlSetStructuredErrorFunc)>
    set_structured_error_func;
inline constexpr Loaded<library, "xmlStopParser", decltype(xmlStopParser)> stop_parser;
inline constexpr Loaded<library, "xmlValidateNCName", decltype(xmlValidateNCName)> validate_ncname;
inline constexpr Loaded<library, "__xmlStructuredError", decltype(__xmlStructuredError)>
    structured_error;
inline constexpr Loaded<library, "__xmlStructuredErrorContext",
                        decltype(__xmlStructuredErrorContext)>
    structured_error_context;

/// A function of it, to be handed back to it.
inline auto* no_net_external_entity_loader() {
  return loaded<library, "xmlNoNetExternalEntityLoader", decltype(xmlNoNetExternalEntityLoader)>();
}

/// As 2.9.14.
std::string version();

}  // namespace pes::xml::libxml
