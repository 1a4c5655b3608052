#include "flow/proof.hpp"

#include "record/event.hpp"

namespace pes::flow {

namespace {
constexpr std::size_t most_events = 10'000;
}

std::string proof_bundle(const port::Journal& journal, const DossierId& id) {
  std::string bundle = "[";
  std::size_t count = 0;
  journal.visit(0, [&](const Event& event) {
    if (event.id_d != id) return true;
    bundle += count == 0 ? "\n" : ",\n";
    bundle += record::write_event(event);
    return ++count < most_events;
  });
  return bundle + "\n]\n";
}

}  // namespace pes::flow
