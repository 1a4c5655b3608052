#pragma once

#include <string_view>

namespace pes::preflight {

/// Whether the two digits of control are those of the account (ISO 13616, ISO 7064 mod 97-10).
/// @param iban without blanks
bool has_right_iban_key(std::string_view iban);

/// Whether the key is that of the account (Banque de France, mod 97; letters count as the digits
/// of an old telephone keypad).
bool has_right_rib_key(std::string_view code_etab, std::string_view code_guic,
                       std::string_view id_cpte, std::string_view cle_rib);

}  // namespace pes::preflight
