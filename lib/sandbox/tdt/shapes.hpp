#pragma once

#include "sandbox/tdt/platform.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The bodies of S²LOW's answers, byte for byte as its generations send them.
namespace pes::sandbox::tdt {

/// « KO », LF, the text with its characters escaped, LF; ISO-8859-1 (tdt §2.3).
std::string login_refusal(std::string_view message);
/// The one refusal of the newest firewall, whose accents were lost in its source (tdt §2.3).
inline constexpr const char* connection_refusal_v5_sym =
    "KO\nLa connexion n&#039;a pas pu ?tre ?tablie\n";

/// « KO » and a message, before the script has anything to do with XML (tdt §4.2).
std::string plain_refusal(Generation generation, std::string_view message);

/// A text in the encoding of a generation's strings: ISO-8859-1, then UTF-8.
std::string encoded(Generation generation, std::string_view utf8);

/// tdt §4.2
std::string import_accepted(Generation generation, std::string_view id);
std::string import_refused(Generation generation, std::string_view message);

/// tdt §5.1: the prolog says ISO-8859-1, the bytes are UTF-8 since v5. The message is cut at
/// 512 characters.
/// @param status empty on failure
std::string status_answer(Generation generation, std::string_view id, std::string_view result,
                          std::string_view message, std::string_view status);

/// tdt §9.1
struct RetourEntry {
  std::string id, name, date;
};
/// @param authority its number inside the TdT
std::string retour_list(int authority, std::string_view date_demande,
                        const std::vector<RetourEntry>& retours);
std::string retour_list_refused(std::string_view message);

/// tdt §9.2
std::string retour_refused(std::string_view id, std::string_view message);
/// Of a file that is not where it should be: no XML, since words come before it.
std::string retour_lost(std::string_view id, std::string_view path);

/// tdt §9.3
std::string retour_marked(std::string_view id, std::string_view result, std::string_view message);

/// As PHP's htmlspecialchars with ENT_QUOTES.
std::string html_escaped(std::string_view text);

}  // namespace pes::sandbox::tdt
