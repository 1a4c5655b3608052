#pragma once

#include "pes/sandbox.hpp"
#include "sandbox/layout.hpp"
#include "sandbox/staging.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pes::sandbox::sae {

/// How far the SAE is with a transfer.
enum class Stage { deposited, acknowledged, replied };

struct State {
  std::string agency;  // identification of the transferring agency
  std::string id;      // of the transfer; with the agency, the only key of the reads
  Stage stage = Stage::deposited;
  Scenario scenario = Scenario::accepted;
  Instant received;
  std::string reply_code;  // once replied
};

/// Name of the folder of a transfer.
std::string key_of(const std::string& agency, const std::string& id);
/// `bordereau.xml`, `archive`, `ar.xml`, `reply.xml`
std::filesystem::path file_of(const Layout& layout, const std::string& key, std::string_view name);

/// None when the SAE knows no such transfer. Throws state_damaged.
std::optional<State> find(const Layout& layout, const std::string& key);
void save(const Layout& layout, const State& state);

/// Makes a deposit visible, at once and durably. False when this agency has already
/// deposited a transfer of this identifier: the first one stays as it is.
/// @param received its folder, which holds `bordereau.xml` and `archive`
[[nodiscard]] bool enter(const Layout& layout, Staging& received, const State& state);

/// Keys of all transfers, in no order.
std::vector<std::string> all_keys(const Layout& layout);
/// Keys of the transfers whose reply is not made.
std::vector<std::string> pending_keys(const Layout& layout);
void forget_pending(const Layout& layout, const std::string& key);

}  // namespace pes::sandbox::sae
