#include "sandbox/tdt/flow.hpp"

#include "pes/error.hpp"
#include "support/file.hpp"
#include "support/owned.hpp"
#include "support/text.hpp"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>

namespace pes::sandbox::tdt {
namespace {

using PushParser = Owned<xmlParserCtxt, [](xmlParserCtxt* parser) {
  if (parser->myDoc != nullptr) xmlFreeDoc(parser->myDoc);
  xmlFreeParserCtxt(parser);
}>;

constexpr std::string_view signature_namespace = "http://www.w3.org/2000/09/xmldsig#";
constexpr std::size_t piece_of_file = 65536;

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

/// Builds a `Flow` from the start and end tags. Paths are those of un-namespaced elements
/// under the root: an element of a namespace, and all below it, are not the flow's.
class FlowReader {
 public:
  void start(std::string_view name, std::string_view uri, const Value& v) {
    if (uri == signature_namespace && name == "Signature") ++flow_.signatures;
    if (depth_++ == 0) {
      flow_.root = name;
      return;
    }
    if (foreign_depth_ != 0 || !uri.empty()) {
      ++foreign_depth_;
      return;
    }
    path_ += '/';
    path_ += name;
    open_element(name);
    take_value(v);
  }

  void end() {
    --depth_;
    if (foreign_depth_ != 0) {
      --foreign_depth_;
    } else if (!path_.empty()) {
      path_.erase(path_.rfind('/'));
    }
  }

  [[nodiscard]] Flow finish() { return std::move(flow_); }

 private:
  void open_element(std::string_view name) {
    if (depth_ == 2 && name != "Enveloppe" && name != "EnTetePES") flow_.has_content = true;
    if (path_ == "/EnTetePES") flow_.has_en_tete = true;
    if (path_ == "/PES_DepenseAller/Bordereau") add(FlowElement::Kind::depense);
    if (path_ == "/PES_RecetteAller/Bordereau") add(FlowElement::Kind::recette);
    if (path_ == "/PES_PJ/PJ") add(FlowElement::Kind::piece_jointe);
    if (path_ == "/PES_Marche/Marches/Marche") add(FlowElement::Kind::marche);
    if (path_ == "/PES_Marche/Concessions/Concession") add(FlowElement::Kind::marche);
    if (path_ == "/PES_Facture") add(FlowElement::Kind::facture);
  }

  void add(FlowElement::Kind kind) { flow_.elements.push_back({.kind = kind}); }

  void take_value(const Value& v) {
    if (!v) return;
    take_header(*v);
    if (!flow_.elements.empty()) take_element(*v, flow_.elements.back());
  }

  /// The first element of a path counts, as for S²LOW's SimpleXML.
  void take_header(const std::string& v) {
    const std::array<std::pair<std::string_view, Value*>, 8> headers{
        {{"/Enveloppe/Parametres/NomFic", &flow_.nom_fic},
         {"/EnTetePES/DteStr", &flow_.dte_str},
         {"/EnTetePES/IdPost", &flow_.id_post},
         {"/EnTetePES/IdColl", &flow_.id_coll},
         {"/EnTetePES/CodCol", &flow_.cod_col},
         {"/EnTetePES/CodColl", &flow_.cod_coll},
         {"/EnTetePES/CodBud", &flow_.cod_bud},
         {"/EnTetePES/LibelleColBud", &flow_.libelle_col_bud}}};
    for (const auto& [path, value] : headers) {
      if (path_ == path && !*value) *value = v;
    }
  }

  void take_element(const std::string& v, FlowElement& element) {
    const auto below = [&](std::string_view end) { return path_.ends_with(end); };
    switch (element.kind) {
      case FlowElement::Kind::depense:
      case FlowElement::Kind::recette:
        if (below("/Bordereau/BlocBordereau/IdBord")) element.number = v;
        if (below("/Bordereau/BlocBordereau/Exer")) element.exercice = v;
        if (below("/BlocPiece/InfoPce/IdPce") || below("/BlocPiece/IdPce")) {
          element.last_piece = {.number = v, .last_line = {}};
        }
        if (below("/InfoLignePce/IdLigne") || below("/InfoLignePiece/IdLigne")) {
          element.last_piece.last_line = v;
        }
        break;
      case FlowElement::Kind::piece_jointe:
        if (below("/PJ/IdUnique")) element.number = v;
        break;
      case FlowElement::Kind::marche:
        if (below("/IdContrat")) element.number = v;
        break;
      case FlowElement::Kind::facture:
        break;
    }
  }

  Flow flow_;
  std::string path_;
  int depth_ = 0;
  int foreign_depth_ = 0;
};

/// What libxml2's callbacks see. They are called from C: nothing may be thrown through it.
struct Parsing {
  FlowReader reader;
  bool has_doctype = false;
};

Parsing& parsing_of(void* context) {
  return *static_cast<Parsing*>(static_cast<xmlParserCtxt*>(context)->_private);
}

/// The attribute `V`, among libxml2's arrays of five pointers an attribute.
Value v_attribute(int count, const xmlChar** attributes) {
  for (int i = 0; i < count; ++i) {
    const xmlChar** attribute = attributes + std::ptrdiff_t{5} * i;
    if (attribute[1] != nullptr || view(attribute[0]) != "V") continue;
    return std::string(reinterpret_cast<const char*>(attribute[3]),
                       reinterpret_cast<const char*>(attribute[4]));
  }
  return std::nullopt;
}

void on_start(void* context, const xmlChar* name, const xmlChar* /*prefix*/, const xmlChar* uri,
              int /*namespaces*/, const xmlChar** /*declared*/, int attributes, int /*defaulted*/,
              const xmlChar** values) noexcept {
  parsing_of(context).reader.start(view(name), view(uri), v_attribute(attributes, values));
}

void on_end(void* context, const xmlChar* /*name*/, const xmlChar* /*prefix*/,
            const xmlChar* /*uri*/) noexcept {
  parsing_of(context).reader.end();
}

void on_doctype(void* context, const xmlChar* /*name*/, const xmlChar* /*id*/,
                const xmlChar* /*system*/) noexcept {
  parsing_of(context).has_doctype = true;
  xmlStopParser(static_cast<xmlParserCtxt*>(context));
}

xmlSAXHandler callbacks() {
  xmlSAXHandler handler{};
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = on_start;
  handler.endElementNs = on_end;
  handler.internalSubset = on_doctype;
  return handler;
}

bool feed(xmlParserCtxt* parser, const std::filesystem::path& file) {
  const FileDescriptor descriptor = open_for_reading(file);
  const auto buffer = std::make_unique<std::array<char, piece_of_file>>();
  while (true) {
    const ssize_t count = ::read(descriptor.get(), buffer->data(), buffer->size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_io(tr("cannot read"), file, errno);
    if (count == 0) break;
    if (xmlParseChunk(parser, buffer->data(), static_cast<int>(count), 0) != XML_ERR_OK) {
      return false;
    }
  }
  return xmlParseChunk(parser, nullptr, 0, 1) == XML_ERR_OK;
}

}  // namespace

std::optional<Flow> read_flow(const std::filesystem::path& file) {
  Parsing parsing;
  xmlSAXHandler handler = callbacks();
  const PushParser parser(xmlCreatePushParserCtxt(&handler, nullptr, nullptr, 0, nullptr));
  if (parser == nullptr) throw std::bad_alloc();
  parser->_private = &parsing;
  xmlCtxtUseOptions(parser.get(), XML_PARSE_NONET | XML_PARSE_HUGE);
  if (!feed(parser.get(), file) || parsing.has_doctype) return std::nullopt;
  return parsing.reader.finish();
}

Flow read_sound_flow(const std::filesystem::path& file) {
  std::optional<Flow> flow = read_flow(file);
  if (!flow) throw Error(ErrorCode::state_damaged, say("{1} is damaged", {file.native()}));
  return *std::move(flow);
}

}  // namespace pes::sandbox::tdt
