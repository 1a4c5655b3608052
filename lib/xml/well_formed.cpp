#include "xml/well_formed.hpp"

#include "xml/sax_parser.hpp"

namespace pes::xml {

namespace {

class Nothing final : public SaxHandler {
 public:
  void start_element(const StartElement&) override {}
  void end_element(const ElementName&) override {}
  void text(std::string_view) override {}
  void processing_instruction(std::string_view, std::string_view) override {}
  void comment(std::string_view) override {}
};

}  // namespace

void require_well_formed(std::string_view bytes, const std::string& name) {
  Nothing nothing;
  TextSource source(bytes, name);
  SaxParser(source, nothing).parse();
}

}  // namespace pes::xml
