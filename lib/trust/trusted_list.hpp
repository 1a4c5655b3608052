#pragma once

#include "pes/time.hpp"
#include "pes/trust.hpp"
#include "trust/trust_handles.hpp"

#include <string_view>
#include <vector>

namespace pes::trust {

/// A service that issues qualified certificates for electronic signatures (ETSI TS 119 612
/// §5.5.1.1, CA/QC), by one of the certificates that stand for it.
struct ListedService {
  X509Certificate certificate;
  struct Period {
    Instant from;
    bool granted = false;
  };
  std::vector<Period> periods;  // latest first

  [[nodiscard]] bool is_granted(Instant at) const;
};

struct ListContent {
  TrustedList list;  // without its file, nor how many services are granted
  std::vector<ListedService> services;
};

/// Reads a list of ETSI TS 119 612. Throws input_doctype, input_not_xml and input_encoding (both
/// with line and column), input_invalid.
/// @param name of the file, for messages
ListContent read_trusted_list(std::string_view xml, std::string_view name);

std::size_t count_granted(const std::vector<ListedService>& services, Instant at);

/// Bound of a list's file; the largest published ones have some MiB.
inline constexpr std::size_t largest_list = 64U << 20U;

/// The files of the imported lists in a folder.
std::vector<std::filesystem::path> list_files(const std::filesystem::path& folder);

}  // namespace pes::trust
