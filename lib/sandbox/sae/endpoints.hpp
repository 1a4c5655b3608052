#pragma once

#include "sandbox/context.hpp"
#include "sandbox/routes.hpp"

/// as@lae's REST service, under /restservices (sae §2).
namespace pes::sandbox::sae {

inline constexpr const char* base_path = "/restservices";

void add_endpoints(Routes& routes, const Context& context);

// The parts of it, each in a file of its name.
void add_deposit_endpoints(Routes& routes, const Context& context);
void add_message_endpoint(Routes& routes, const Context& context);

/// The user and the SHA-256 of his password (sae §2.1). False: `response` is a refusal.
[[nodiscard]] bool is_logged_in(const Context& context, const httplib::Request& request,
                                httplib::Response& response);

/// Errors are texts, in French, whatever the client accepts (sae §2.8).
void answer_text(httplib::Response& response, int status, const std::string& text);

}  // namespace pes::sandbox::sae
