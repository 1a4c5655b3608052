// Whatever the bytes, reading them as a PES Aller gives a flow or a refusal, always the same, and
// what is said of the flow stands in the file.

#include "fuzz/memory_file.hpp"
#include "fuzz/place_in.hpp"
#include "fuzz/property.hpp"
#include "pes/preflight.hpp"

#include <optional>

namespace {

using namespace pes;
using namespace pes::fuzz;

struct Outcome {
  std::optional<PesAller> flow;
  std::string refusal;
  bool operator==(const Outcome&) const = default;
};

Outcome read(const MemoryFile& file) {
  Outcome outcome;
  outcome.refusal = refusal_of([&] { outcome.flow = read_pes_aller(file.path()); });
  return outcome;
}

void require_places(const MemoryFile& file, const PesAller& flow, std::string_view document) {
  for (const Bordereau& bordereau : flow.bordereaux) {
    require(bordereau.line > 0 && is_place_in(document, bordereau.line, 0),
            "a Bordereau begins in a line of the file", std::to_string(bordereau.line));
  }
  constexpr std::uint64_t most = 1000;
  const PreflightReport report =
      check_flow(file.path(), {.limits = {}, .tdt_max_bytes = most, .schemas = {}, .now = {}});
  for (const Finding& finding : report.findings) {
    require(is_place_in(document, finding.line, finding.column),
            "a finding has a place in the file, or none", finding.message);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const MemoryFile file;
  const std::string_view document = as_text(data, size);
  file.hold(document);
  const Outcome outcome = read(file);
  require(outcome == read(file), "reading twice gives the same", outcome.refusal);
  if (!outcome.flow) return 0;
  require(outcome.flow->size == size, "the whole file was read");
  require_places(file, *outcome.flow, document);
  return 0;
}
