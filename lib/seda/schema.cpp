#include "pes/error.hpp"
#include "pes/seda.hpp"
#include "support/owned.hpp"
#include "support/text.hpp"

#include <libxml/parser.h>
#include <libxml/xmlIO.h>
#include <libxml/xmlschemas.h>

#include <exception>
#include <limits>
#include <map>
#include <memory>
#include <mutex>

namespace pes {

namespace {

using Document = Owned<xmlDoc, xmlFreeDoc>;
using Schema = Owned<xmlSchema, xmlSchemaFree>;
using SchemaParser = Owned<xmlSchemaParserCtxt, xmlSchemaFreeParserCtxt>;
using Validation = Owned<xmlSchemaValidCtxt, xmlSchemaFreeValidCtxt>;

/// Takes what libxml2 finds wrong in this thread, and keeps it from going to stderr.
class Faults {
 public:
  Faults() : previous_(xmlStructuredError), previous_data_(xmlStructuredErrorContext) {
    xmlSetStructuredErrorFunc(this, collect);
  }
  Faults(const Faults&) = delete;
  Faults(Faults&&) = delete;
  Faults& operator=(const Faults&) = delete;
  Faults& operator=(Faults&&) = delete;
  ~Faults() { xmlSetStructuredErrorFunc(previous_data_, previous_); }

  std::vector<Finding> take() {
    if (thrown_) std::rethrow_exception(thrown_);
    return std::move(found_);
  }

 private:
  // Nothing thrown crosses C: it is kept.
  static void collect(void* self, xmlErrorPtr error) {
    auto& faults = *static_cast<Faults*>(self);
    if (error->level < XML_ERR_ERROR && error->code != XML_IO_LOAD_ERROR) return;
    try {
      faults.found_.push_back(finding(*error));
    } catch (...) {
      faults.thrown_ = std::current_exception();
    }
  }

  static Finding finding(const xmlError& error) {
    return {.code = error.domain == XML_FROM_SCHEMASV ? "schema.invalid" : "xml.malformed",
            .message = std::string(trimmed(error.message == nullptr ? "" : error.message)),
            .line = error.line > 0 ? static_cast<std::uint64_t>(error.line) : 0};
  }

  std::vector<Finding> found_;
  std::exception_ptr thrown_;
  xmlStructuredErrorFunc previous_;
  void* previous_data_;
};

/// libxml2 loads what a schema includes by itself, over the network too, unless its one
/// loader of the process says no.
class WithoutNetwork {
 public:
  WithoutNetwork() : previous_(xmlGetExternalEntityLoader()) {
    xmlSetExternalEntityLoader(xmlNoNetExternalEntityLoader);
  }
  WithoutNetwork(const WithoutNetwork&) = delete;
  WithoutNetwork(WithoutNetwork&&) = delete;
  WithoutNetwork& operator=(const WithoutNetwork&) = delete;
  WithoutNetwork& operator=(WithoutNetwork&&) = delete;
  ~WithoutNetwork() { xmlSetExternalEntityLoader(previous_); }

 private:
  xmlExternalEntityLoader previous_;
};

Schema compile(const std::filesystem::path& file) {
  const WithoutNetwork without_network;
  const SchemaParser parser(xmlSchemaNewParserCtxt(file.c_str()));
  if (parser == nullptr) throw std::bad_alloc();
  Faults faults;
  Schema schema(xmlSchemaParse(parser.get()));
  const std::vector<Finding> found = faults.take();
  if (schema == nullptr) {
    throw Error(ErrorCode::config_invalid, say("{1} is no usable XML schema", {file.native()}),
                tr("see schemas.seda in man pes-config"),
                found.empty() ? std::string() : found.front().message);
  }
  return schema;
}

/// Schemas of this process: compiling that of SEDA 1.0 takes many times longer
/// than validating a bordereau. A compiled schema can be used by several threads.
class Schemas {
 public:
  xmlSchema* get(const std::filesystem::path& file) {
    const std::lock_guard lock(mutex_);
    Schema& schema = compiled_[std::filesystem::absolute(file).lexically_normal()];
    if (schema == nullptr) schema = compile(file);
    return schema.get();
  }

 private:
  std::mutex mutex_;
  std::map<std::filesystem::path, Schema> compiled_;
};

xmlSchema* compiled(const std::filesystem::path& file) {
  static Schemas schemas;
  return schemas.get(file);
}

/// Nothing when the text is not well-formed.
Document parse(std::string_view xml) {
  if (xml.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw Error(ErrorCode::input_too_large, tr("the document is too large to be validated"));
  }
  return Document(xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr,
                                XML_PARSE_NONET | XML_PARSE_BIG_LINES));
}

}  // namespace

std::vector<Finding> validate_against_schema(std::string_view xml,
                                             const std::filesystem::path& schema) {
  const Validation validation(xmlSchemaNewValidCtxt(compiled(schema)));
  if (validation == nullptr) throw std::bad_alloc();
  Faults faults;
  const Document document = parse(xml);
  if (document == nullptr) {
    std::vector<Finding> why = faults.take();
    // libxml2 has no word for a text of no byte.
    if (why.empty()) why.push_back({.code = "xml.malformed", .message = tr("it is empty")});
    return why;
  }
  if (xmlSchemaValidateDoc(validation.get(), document.get()) < 0) {
    throw Error(ErrorCode::internal, say("libxml2 cannot validate with {1}", {schema.native()}));
  }
  return faults.take();
}

}  // namespace pes
