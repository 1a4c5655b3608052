#pragma once

#include <string>
#include <string_view>

namespace pes::net {

/// The key of one of a service's settings, for hints: `tdt.certificate`.
/// @param settings the table of the service, "tdt"; or, for one whose settings stand in a table
///        with others, the key of its address, "journal.tsa": then `journal.tsa_ca`
/// @param name "url", "ca", "login"…
std::string setting_key(std::string_view settings, std::string_view name);

}  // namespace pes::net
