#pragma once

#include "sandbox/context.hpp"
#include "sandbox/routes.hpp"

/// S²LOW's Helios module and the scripts around it (tdt §3).
namespace pes::sandbox::tdt {

void add_endpoints(Routes& routes, const Context& context);

// The parts of it, each in a file of its name.
void add_connection_endpoints(Routes& routes, const Context& context);
void add_import_endpoint(Routes& routes, const Context& context);
void add_follow_endpoints(Routes& routes, const Context& context);
void add_retour_endpoints(Routes& routes, const Context& context);
void add_archivist_endpoints(Routes& routes, const Context& context);

/// Sends a file as S²LOW's scripts do: the charset is theirs, not the file's (tdt §3).
void send_file(httplib::Response& response, std::string content, const std::string& name);
void send_xml(httplib::Response& response, std::string content);
// Messages that several scripts share.
inline constexpr std::string_view login_failed = "Échec de l'authentification";
inline constexpr std::string_view access_refused = "Accès refusé";
inline constexpr std::string_view no_module = "Erreur d'initialisation du module";

}  // namespace pes::sandbox::tdt
