#include "adapter/sae/asalae_json.hpp"

#include <nlohmann/json.hpp>

namespace pes::sae {

namespace {

bool is_empty_in_php(const nlohmann::json& value) {
  return value.empty() || value == 0 || value == false || value == "" || value == "0";
}

}  // namespace

std::optional<nlohmann::json> success(const net::HttpAnswer& answer) {
  if (answer.status != 200) return std::nullopt;
  nlohmann::json value = nlohmann::json::parse(answer.body, nullptr, false);
  if (value.is_discarded() || is_empty_in_php(value)) return std::nullopt;
  return value;
}

std::string member_text(const nlohmann::json& object, std::string_view name) {
  if (!object.is_object()) return {};
  const auto member = object.find(name);
  if (member == object.end()) return {};
  if (member->is_string()) return member->get<std::string>();
  return member->is_number() ? member->dump() : std::string();
}

}  // namespace pes::sae
