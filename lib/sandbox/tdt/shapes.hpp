#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The bodies of S²LOW's answers, byte for byte as generation v5 sends them.
namespace pes::sandbox::tdt {

/// « KO », LF, the text with its characters escaped, LF; ISO-8859-1 (tdt §2.3).
std::string login_refusal(std::string_view message);

/// tdt §4.2
std::string import_accepted(std::string_view id);
std::string import_refused(std::string_view message);

/// tdt §5.1: the prolog says ISO-8859-1, the bytes are UTF-8.
/// @param status empty on failure
std::string status_answer(std::string_view id, std::string_view result, std::string_view message,
                          std::string_view status);

/// tdt §9.1
struct RetourEntry {
  std::string id, name, date;
};
std::string retour_list(std::string_view date_demande, const std::vector<RetourEntry>& retours);
std::string retour_list_refused(std::string_view message);

/// tdt §9.2
std::string retour_refused(std::string_view id, std::string_view message);

/// tdt §9.3
std::string retour_marked(std::string_view id, std::string_view result, std::string_view message);

/// As PHP's htmlspecialchars with ENT_QUOTES.
std::string html_escaped(std::string_view text);

}  // namespace pes::sandbox::tdt
