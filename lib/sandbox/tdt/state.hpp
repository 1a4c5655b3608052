#pragma once

#include "pes/sandbox.hpp"
#include "sandbox/layout.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pes::sandbox::tdt {

/// Status numbers (tdt §6), those that the sandbox gives or is asked to give.
namespace status {
inline constexpr int error = -1;
inline constexpr int cancelled = 0;
inline constexpr int posted = 1;
inline constexpr int waiting = 2;
inline constexpr int transmitted = 3;
inline constexpr int information_available = 8;
inline constexpr int sent_to_sae = 9;
inline constexpr int accepted_by_sae = 10;
inline constexpr int to_be_signed = 13;
inline constexpr int to_be_posted = 14;
inline constexpr int waiting_for_sae = 19;
inline constexpr int sae_error = 20;
inline constexpr int to_be_destroyed = 21;
inline constexpr int unavailable_for_sae = 23;
inline constexpr int no_acquit_expected = 24;
}  // namespace status

/// A line of the transaction's workflow; the last one is its state.
struct Entry {
  int status = 0;
  std::string message;
  Instant date;
};

struct State {
  std::string id;
  std::string file_name;
  std::string sha1;
  std::uint64_t size = 0;
  Instant received;
  Scenario scenario = Scenario::accepted;
  int authority = 7;             // whose account sent it
  std::string nom_fic, cod_col;  // known once validated
  std::string acquit_name;       // as the DGFiP names the file; empty: there is none
  std::vector<Entry> workflow;   // never empty

  [[nodiscard]] int status() const { return workflow.back().status; }
};

/// The folder of a transaction: `pes.xml`, `acquit.xml`, `state.json`.
std::filesystem::path folder_of(const Layout& layout, const std::string& id);
std::filesystem::path flow_of(const Layout& layout, const std::string& id);
std::filesystem::path acquit_of(const Layout& layout, const std::string& id);

/// None when the TdT knows no such transaction. Throws state_damaged.
std::optional<State> find(const Layout& layout, const std::string& id);
/// Replaces the state of a transaction that exists, durably.
void save(const Layout& layout, const State& state);
/// What a state file says, for one that is being made.
std::string written(const State& state);

/// Every transaction, by number.
std::vector<std::string> all_ids(const Layout& layout);
/// Those that a worker may still move, by number.
std::vector<std::string> pending_ids(const Layout& layout);
/// Not durable: lost with the machine's power, a status request still moves the transaction.
void mark_pending(const Layout& layout, const std::string& id);
void forget_pending(const Layout& layout, const std::string& id);

/// A number as the TdT writes it; empty when the text is none, or is 0.
std::string parse_id(const std::string& text);

}  // namespace pes::sandbox::tdt
