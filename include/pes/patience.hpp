#pragma once

#include "pes/export.hpp"
#include "pes/port/clock.hpp"
#include "pes/port/sae.hpp"
#include "pes/port/tdt.hpp"
#include "pes/port/tsa.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

/// What is done about a service that does not answer (lib/design/0008).
namespace pes {

/// Each pause is lengthened at random by up to its half, so that those who failed together do not
/// come back together.
struct Patience {
  int tries = 3;                        // of one question, the first included
  std::chrono::seconds first_pause{1};  // before the second; then twice as long each time
  std::chrono::seconds longest{60};     // from the first try to the beginning of the last
  int failures = 3;  // in a row, of any request: then nothing is asked for a while
  std::chrono::seconds first_rest{60};  // that while; then twice as long each time
  std::chrono::seconds longest_rest{900};
};

/// Numbers from 0, included, to 1, excluded.
using Chance = std::function<double()>;
/// Unforeseeable ones.
PES_EXPORT Chance make_chance();

/// What this process knows of one service: how often it failed in a row, and until when it is left
/// alone. Shared by all that speak to it, in whatever thread.
class Circuit;

/// What a circuit has seen since it was made.
struct ServiceFigures {
  /// Upper bounds, in seconds, of the durations that `within` counts.
  static constexpr std::array<double, 7> bounds{0.05, 0.1, 0.5, 1, 5, 30, 120};
  std::uint64_t requests = 0;
  std::uint64_t failures = 0;  // of these, those that no usable answer came to
  double seconds = 0;          // of all of them together
  std::array<std::uint64_t, bounds.size()> within{};  // how many lasted no longer than each bound
  std::optional<Instant> rests_until;                 // it is left alone until then
};
PES_EXPORT ServiceFigures figures_of(const Circuit& circuit);

/// @param clock outlives it
/// @param told of each pause before a question is asked again; may be empty
PES_EXPORT std::shared_ptr<Circuit> make_circuit(const Patience& patience, port::Clock& clock,
                                                 Chance chance,
                                                 std::function<void(const std::string&)> told);

/// The same service, asked with patience: what its port calls repeatable is asked again after
/// service_unreachable. Nothing else ever is. After too many failures in a row, or while the
/// service itself asks for a pause, every request throws service_unreachable at once, with
/// `Error::retry_after`.
PES_EXPORT std::unique_ptr<port::Tdt> make_patient_tdt(std::unique_ptr<port::Tdt> tdt,
                                                       std::shared_ptr<Circuit> circuit);
PES_EXPORT std::unique_ptr<port::Sae> make_patient_sae(std::unique_ptr<port::Sae> sae,
                                                       std::shared_ptr<Circuit> circuit);
PES_EXPORT std::unique_ptr<port::Tsa> make_patient_tsa(std::unique_ptr<port::Tsa> tsa,
                                                       std::shared_ptr<Circuit> circuit);

}  // namespace pes
