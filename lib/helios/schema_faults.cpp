#include "helios/finding_rules.hpp"
#include "helios/flow_source.hpp"
#include "pes/pes_aller.hpp"
#include "support/text.hpp"
#include "xml/schema.hpp"

namespace pes {

namespace {

/// More would not be read by anybody, and the file of a wrong version has one a line.
constexpr std::size_t most_faults = 50;

}  // namespace

std::vector<Finding> schema_faults(const NamedFile& file, const std::filesystem::path& schemas) {
  if (schemas.empty()) return {};
  const xml::Schema& schema = xml::Schema::of(schemas / "PES_V2" / "Rev0" / "PES_Aller.xsd");
  helios::FileSource source(file);
  std::vector<Finding> findings;
  for (const xml::SchemaFault& fault : schema.faults(source, most_faults)) {
    findings.push_back(helios::finding("schema.invalid",
                                       say("against the schema: {1}", {fault.message}),
                                       {.line = fault.line, .column = fault.column}));
  }
  if (findings.size() == most_faults) {
    findings.push_back(helios::finding(
        "schema.invalid", tr("faults against the schema that come later are not listed")));
  }
  return findings;
}

}  // namespace pes
