#pragma once

#include "net/http_answer.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace pes::sae {

/// The content of a success, which is HTTP 200 with JSON that is not empty in PHP's sense:
/// not "", "0", 0, false, null, [] or {} (sae §2.1); nullopt for any other answer.
std::optional<nlohmann::json> success(const net::HttpAnswer& answer);

/// A member that is a text or a number, as text; empty when there is none.
std::string member_text(const nlohmann::json& object, std::string_view name);

}  // namespace pes::sae
