#pragma once

#include "pes/time.hpp"
#include "sandbox/layout.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace pes::sandbox::tdt {

/// The three servers that hosted platforms run (tdt, at its head): 4.3, 5.0 and the newest,
/// behind another firewall.
enum class Generation { v4, v5, v5_sym };

/// A time in which no more than so many bytes go to the DGFiP (tdt §7, row 14).
struct Window {
  Instant from, until;
  std::uint64_t bytes = 0;
};

/// Where flows wait before they leave; the wrong one is a fault of the platform (row 21).
enum class Queue { gateway, passtrans, wrong };

/// What the platform was told of an authority.
struct Authority {
  int id = 7;
  bool is_active = true;        // it, and its group
  bool has_module = true;       // Helios is active for it
  bool has_destination = true;  // at the DGFiP
  bool checks_nom_fic = true;
};

/// How the platform is set up.
struct Platform {
  static constexpr std::uint64_t standard_upload_limit = 134'217'728;

  Generation generation = Generation::v5;
  std::uint64_t upload_limit = standard_upload_limit;  // bytes, of HELIOS_MAX_UPLOAD_SIZE
  std::vector<Window> windows;                         // none: flows leave at once
  bool is_dgfip_reachable = true;
  Queue queue = Queue::gateway;
  bool checks_nom_fic = true;
  std::chrono::seconds acquit_delay{0};  // at least, between 3 and its answer
  /// Between an import's look for duplicates and its record, S²LOW holds no lock (tdt §11). None:
  /// there is no between.
  std::chrono::milliseconds import_gap{0};
  bool has_module = true;
  bool converts_logins = false;  // CONVERT_API_LOGINS_FROM_ISO
  /// A PES retour is given to the one authority that sent a flow of its IdColl (tdt §9.4).
  bool routes_retours = false;
  std::vector<Authority> authorities;

  /// The standard one when nothing was told of it.
  [[nodiscard]] Authority authority(int id) const;
};

/// `tdt/platform.json`, an object whose keys, all optional, are in man/pes-sandbox.1. Without
/// the file, the members above as they stand. Throws config_invalid.
Platform platform(const Layout& layout);

}  // namespace pes::sandbox::tdt
