#include "xml/schema.hpp"

#include "pes/error.hpp"
#include "support/text.hpp"
#include "xml/document_reader.hpp"
#include "xml/libxml_errors.hpp"
#include "xml/text_for_schema.hpp"

#include <exception>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <utility>

namespace pes::xml {

namespace {

const xmlChar* libxml_text(std::string_view text) {
  return reinterpret_cast<const xmlChar*>(text.data());
}

/// libxml2's word for no prefix and no namespace is null.
const xmlChar* text_or_null(std::string_view text) {
  return text.empty() ? nullptr : libxml_text(text);
}

std::string words_of(const xmlError& error) {
  return std::string(trimmed(error.message == nullptr ? "" : error.message));
}

/// Why a schema does not compile.
class CompileErrors {
 public:
  [[nodiscard]] const std::string& first() const { return first_; }

 private:
  static void collect(void* self, xmlErrorPtr error) {
    auto& errors = *static_cast<CompileErrors*>(self);
    // What could not be loaded is only a warning there.
    const bool counts = error->level >= XML_ERR_ERROR || error->code == XML_IO_LOAD_ERROR;
    if (!counts || !errors.first_.empty()) return;
    try {
      errors.first_ = words_of(*error);
    } catch (const std::bad_alloc&) {
      // Nothing thrown crosses C: the error is told without its cause.
    }
  }

  std::string first_;
  LibxmlErrors errors_{this, collect};
};

/// libxml2 loads what a schema includes by itself, over the network too, unless its one
/// loader of the process says no.
class WithoutNetwork {
 public:
  WithoutNetwork() : previous_(libxml::get_external_entity_loader()) {
    libxml::set_external_entity_loader(libxml::no_net_external_entity_loader());
  }
  WithoutNetwork(const WithoutNetwork&) = delete;
  WithoutNetwork& operator=(const WithoutNetwork&) = delete;
  ~WithoutNetwork() { libxml::set_external_entity_loader(previous_); }

 private:
  xmlExternalEntityLoader previous_;
};

/// Thrown when as many faults were found as were asked for.
class Enough {};

/// Hands what a parser tells to libxml2's validator. Its names are those of libxml2's
/// dictionary, so they end with a NUL and stay where they are, which the validator counts on.
class Validation final : public Events {
 public:
  Validation(xmlSchema& schema, ByteSource& document, std::size_t most);

  std::vector<SchemaFault> run();

  void start_element(const StartElement& element, const Tag& tag) override;
  void end_element(const ElementName& name, const Tag& tag) override;
  void text(std::string_view text) override { text_.append(text); }
  void processing_instruction(std::string_view /*target*/, std::string_view /*data*/) override {}
  void comment(std::string_view /*text*/) override {}

 private:
  static void collect(void* self, xmlErrorPtr error);
  static int locate(void* self, const char** file, unsigned long* line);

  void tell_text();
  void stop_when_enough();

  std::size_t most_;
  DocumentReader document_;
  LibxmlValidation context_;
  xmlSAXHandlerPtr validator_ = nullptr;
  void* validator_data_ = nullptr;
  TextForSchema text_;
  std::vector<Position> open_;  // start tags of the open elements
  Position at_;                 // of the element that is judged
  std::vector<const xmlChar*> namespaces_;
  std::vector<const xmlChar*> attributes_;
  std::vector<SchemaFault> faults_;
  std::exception_ptr failure_;
  LibxmlPlug plug_;  // last: undoing it uses all of the others
};

Validation::Validation(xmlSchema& schema, ByteSource& document, std::size_t most)
    : most_(most), document_(document), context_(libxml::schema_new_valid_ctxt(&schema)) {
  if (!context_) throw std::bad_alloc();
  libxml::schema_set_valid_structured_errors(context_.get(), collect, this);
  libxml::schema_validate_set_locator(context_.get(), locate, this);
  plug_.reset(libxml::schema_sax_plug(context_.get(), &validator_, &validator_data_));
  if (!plug_) throw std::bad_alloc();
}

std::vector<SchemaFault> Validation::run() {
  try {
    document_.read(*this, std::numeric_limits<int>::max());
    if (libxml::schema_is_valid(context_.get()) != 1 && faults_.empty()) {
      throw Error(ErrorCode::internal, tr("libxml2 could not validate a document"));
    }
  } catch (const Enough&) {
    // The faults that were found are those that were asked for.
  }
  return std::move(faults_);
}

void Validation::start_element(const StartElement& element, const Tag& tag) {
  tell_text();
  at_ = tag.at();
  open_.push_back(at_);
  namespaces_.clear();
  for (const NamespaceDeclaration& declaration : element.namespaces) {
    namespaces_.push_back(text_or_null(declaration.prefix));
    namespaces_.push_back(libxml_text(declaration.uri));
  }
  attributes_.clear();
  for (const Attribute& attribute : element.attributes) {
    const xmlChar* const value = libxml_text(attribute.value);
    attributes_.insert(attributes_.end(),
                       {libxml_text(attribute.local), text_or_null(attribute.prefix),
                        text_or_null(attribute.uri), value, value + attribute.value.size()});
  }
  validator_->startElementNs(validator_data_, libxml_text(element.name.local),
                             text_or_null(element.name.prefix), text_or_null(element.name.uri),
                             static_cast<int>(element.namespaces.size()), namespaces_.data(),
                             static_cast<int>(element.attributes.size()), 0, attributes_.data());
  stop_when_enough();
}

void Validation::end_element(const ElementName& name, const Tag& /*tag*/) {
  tell_text();
  at_ = open_.back();
  open_.pop_back();
  validator_->endElementNs(validator_data_, libxml_text(name.local), text_or_null(name.prefix),
                           text_or_null(name.uri));
  stop_when_enough();
}

void Validation::tell_text() {
  const std::string text = text_.take();
  if (text.empty()) return;
  if (!open_.empty()) at_ = open_.back();
  validator_->characters(validator_data_, libxml_text(text), static_cast<int>(text.size()));
}

void Validation::stop_when_enough() {
  if (failure_) std::rethrow_exception(failure_);
  if (faults_.size() >= most_) throw Enough();
}

// Nothing thrown crosses C: it is kept.
void Validation::collect(void* self, xmlErrorPtr error) {
  auto& validation = *static_cast<Validation*>(self);
  if (error->level < XML_ERR_ERROR || validation.faults_.size() >= validation.most_) return;
  try {
    validation.faults_.push_back({words_of(*error), validation.at_.line, validation.at_.column});
  } catch (...) {
    validation.failure_ = std::current_exception();
  }
}

int Validation::locate(void* self, const char** file, unsigned long* line) {
  if (file != nullptr) *file = nullptr;
  if (line != nullptr) *line = static_cast<Validation*>(self)->at_.line;
  return 0;
}

}  // namespace

Schema::Schema(const std::filesystem::path& file) {
  const WithoutNetwork without_network;
  const LibxmlSchemaParser parser(libxml::schema_new_parser_ctxt(file.c_str()));
  if (!parser) throw std::bad_alloc();
  const CompileErrors errors;
  compiled_.reset(libxml::schema_parse(parser.get()));
  if (!compiled_) {
    throw Error(ErrorCode::config_invalid, say("{1} is no usable XML schema", {file.native()}),
                tr("see schemas.pes and schemas.seda in man pes-config"), errors.first());
  }
}

const Schema& Schema::of(const std::filesystem::path& file) {
  static std::mutex mutex;
  static std::map<std::filesystem::path, std::unique_ptr<const Schema>> compiled;
  const std::lock_guard lock(mutex);
  std::unique_ptr<const Schema>& schema =
      compiled[std::filesystem::absolute(file).lexically_normal()];
  if (!schema) schema = std::make_unique<const Schema>(file);
  return *schema;
}

std::vector<SchemaFault> Schema::faults(ByteSource& document, std::size_t most) const {
  return Validation(*compiled_, document, most).run();
}

}  // namespace pes::xml
